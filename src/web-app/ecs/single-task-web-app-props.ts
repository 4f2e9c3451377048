import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { WebAppSharedFiles } from '../shared-files-options';
import type { WebAppRoutingOptions } from '../web-app-options';
import type { WebAppTaskOptions } from './web-app-task-options';
import type { IHaEcsCluster } from '../../cluster/cluster-interface';
import type { IAlbFrontend } from '../../frontend/alb-frontend';

/**
 * Properties of a `SingleTaskWebApp`.
 */
export interface SingleTaskWebAppProps {
  /** The cluster to run on; never on its Spot capacity. */
  readonly cluster: IHaEcsCluster;

  /** The image of the application. Pin it to a version or a digest. */
  readonly image: ecs.ContainerImage;

  /**
   * Why one task is enough; it becomes part of a warning.
   */
  readonly reason: string;

  /**
   * The load balancer the application is reached through.
   *
   * @default - no requests reach the application
   */
  readonly frontend?: IAlbFrontend;

  /**
   * The TCP port the application listens on.
   *
   * @default 80
   */
  readonly containerPort?: number;

  /**
   * The path at which the application answers that it can take requests.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * Plain environment variables. Credentials belong in `secrets`.
   *
   * @default - none
   */
  readonly environment?: Record<string, string>;

  /**
   * Environment variables whose values ECS reads from Secrets Manager or the SSM Parameter Store when it starts the task.
   *
   * @default - none
   */
  readonly secrets?: Record<string, ecs.Secret>;

  /**
   * File systems that the application's container mounts. On EC2 a directory that the image has already and root owns is
   * refused by the file system when the container starts, since Docker copies the owner (amazon-ecs-agent issue 4702): leave the directory out
   * of the image, or give it to the files' owner there.
   *
   * @default - none
   */
  readonly sharedFiles?: WebAppSharedFiles[];

  /**
   * Size, network, roles, container settings and logs of the task. `distinctInstances` and `databaseEnvironment` have no meaning here.
   *
   * @default - 256 CPU units and 512 MiB, in `awsvpc` mode, with roles and a log group of its own
   */
  readonly task?: WebAppTaskOptions;

  /**
   * Which requests of the frontend reach the application, and how.
   *
   * @default - all requests to the host names of the frontend; 10 minutes of grace, since a database may take as long for its first start
   */
  readonly routing?: WebAppRoutingOptions;
}
