import type { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Ec2ComposeOptions, Ec2InstanceOptions } from './ec2-web-app-options';
import type { IMysqlDatabase } from '../../database/mysql-database';
import type { IAlbFrontend } from '../../frontend/alb-frontend';
import type { ISharedFiles } from '../../storage/shared-files';
import type { WebAppRoutingOptions } from '../web-app-options';

/**
 * Properties of a `HaEc2WebApp`.
 */
export interface HaEc2WebAppProps {
  /** The network, with private subnets in two or more zones. */
  readonly vpc: ec2.IVpc;

  /**
   * The path of the compose file, relative to where the CDK app runs. Services name their `image`; nothing is built on an instance, and no
   * file beside the compose file comes along. Variables such as `${APP_IMAGE}` are replaced by those of `environment`.
   *
   * Give either this or `composeText`.
   *
   * @default - `composeText` is used
   */
  readonly composeFile?: string;

  /**
   * The compose file itself. It may hold tokens, such as the address of a repository.
   *
   * @default - `composeFile` is read
   */
  readonly composeText?: string;

  /**
   * The load balancer the application is reached through.
   *
   * @default - no requests reach the application; it works on its own, or is reached by what you allow on `connections`
   */
  readonly frontend?: IAlbFrontend;

  /**
   * The database. The application may connect to it, and is told its address and credentials in `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER` and
   * `DB_PASSWORD`, or as `compose.databaseEnvironment` says.
   *
   * @default - no database
   */
  readonly database?: IMysqlDatabase;

  /**
   * Files that all instances share, mounted at `compose.sharedFilesDirectory`.
   *
   * @default - instances share no files
   */
  readonly sharedFiles?: ISharedFiles;

  /**
   * The fewest instances that run. At least 2, so that one zone can be lost; an update keeps this number in service.
   *
   * @default 2
   */
  readonly minInstances?: number;

  /**
   * The most instances that run. More than `minInstances`: an update starts a new instance before it stops an old one.
   *
   * @default - twice `minInstances`
   */
  readonly maxInstances?: number;

  /**
   * The path at which the application answers that it can take requests. It must not ask the database: when the database
   * falters, every instance would be terminated at once.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * Plain environment variables, also for use in the compose file. Anybody who may read the launch template can read them: credentials belong
   * in `secrets`.
   *
   * @default - only those of the database
   */
  readonly environment?: Record<string, string>;

  /**
   * Environment variables whose values an instance reads from Secrets Manager (also single JSON fields) or the SSM Parameter Store when it
   * starts, and keeps in memory only. A changed value reaches the application when its instance starts again.
   *
   * @default - only those of the database
   */
  readonly secrets?: Record<string, ecs.Secret>;

  /**
   * How the compose file is run.
   *
   * @default - the service `app`, which listens on port 80, behind NGINX
   */
  readonly compose?: Ec2ComposeOptions;

  /**
   * Type, image, network and life of the instances.
   *
   * @default - t3.small with Amazon Linux 2023 in the private subnets
   */
  readonly instances?: Ec2InstanceOptions;

  /**
   * Which requests of the frontend reach the application, and how. `healthCheckGracePeriod` is how long a new instance is not judged by the load
   * balancer, 300 seconds by default; `proxy` belongs to tasks of ECS, here it is `compose.proxy`.
   *
   * @default - all requests to the host names of the frontend
   */
  readonly routing?: WebAppRoutingOptions;
}
