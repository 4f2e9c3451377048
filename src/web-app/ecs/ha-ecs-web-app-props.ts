import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { WebAppDeployment } from '../deployment/web-app-deployment';
import type { WebAppSharedFiles } from '../shared-files-options';
import type { WebAppRoutingOptions, WebAppScalingOptions } from '../web-app-options';
import type { WebAppTaskOptions } from './web-app-task-options';
import type { IHaEcsCluster } from '../../cluster/cluster-interface';
import type { IMysqlDatabase } from '../../database/mysql-database';
import type { IAlbFrontend } from '../../frontend/alb-frontend';

/**
 * Properties of a `HaEcsWebApp`.
 */
export interface HaEcsWebAppProps {
  /** The cluster to run on; its capacity decides between EC2 instances and Fargate. */
  readonly cluster: IHaEcsCluster;

  /**
   * The image of the application. Pin it to a version or a digest: with a tag that moves, two tasks may run different code.
   */
  readonly image: ecs.ContainerImage;

  /**
   * The load balancer the application is reached through.
   *
   * @default - no requests reach the application; it works on its own, or is reached by what you allow on `connections`
   */
  readonly frontend?: IAlbFrontend;

  /**
   * The database. The application may connect to it, and is told its address and credentials as `task.databaseEnvironment` says.
   *
   * Where the database has no user for the application yet, a container of the task named `database-user` defines it before the
   * others start; it alone is given the administrator's password.
   *
   * @default - no database
   */
  readonly database?: IMysqlDatabase;

  /**
   * The TCP port the application listens on.
   *
   * @default 80
   */
  readonly containerPort?: number;

  /**
   * The fewest tasks that run. At least 2, so that one zone can be lost.
   *
   * @default 2
   */
  readonly minTasks?: number;

  /**
   * The most tasks that run.
   *
   * @default - 10; fewer, with a warning, where EC2 instances hold one task each and a rolling update of 10 would not fit on them
   */
  readonly maxTasks?: number;

  /**
   * How a new version takes the place of the old one.
   *
   * All kinds but `rolling()` leave it to ECS which of two target groups has the traffic; the page below says what follows from that.
   *
   * @see https://github.com/cdk-ha-ecs/cdk-ha-ecs/blob/main/docs/deployments.md
   * @default WebAppDeployment.rolling()
   */
  readonly deployment?: WebAppDeployment;

  /**
   * The path at which the application answers that it can take requests. It should not ask the database: when the database
   * falters, every task would be taken out of service at once.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * Plain environment variables. Anybody who may read the task definition can read them: credentials belong in `secrets`.
   *
   * @default - only those of the database
   */
  readonly environment?: Record<string, string>;

  /**
   * Environment variables whose values ECS reads from Secrets Manager (also single JSON fields) or the SSM Parameter Store when it starts
   * a task. A changed value reaches the application with its next deployment.
   *
   * @default - only those of the database
   */
  readonly secrets?: Record<string, ecs.Secret>;

  /**
   * File systems that all tasks share, such as one for uploads. On EC2 a directory that the image has already and root owns is
   * refused by the file system when the container starts, since Docker copies the owner (amazon-ecs-agent issue 4702): leave the directory out
   * of the image, or give it to the files' owner there.
   *
   * @default - tasks share no files
   */
  readonly sharedFiles?: WebAppSharedFiles[];

  /**
   * Size, network, roles, container settings and logs of a task.
   *
   * @default - 256 CPU units and 512 MiB, in `awsvpc` mode, with roles and a log group of its own
   */
  readonly task?: WebAppTaskOptions;

  /**
   * Which requests of the frontend reach the application, and how.
   *
   * @default - all requests to the host names of the frontend
   */
  readonly routing?: WebAppRoutingOptions;

  /**
   * What makes the number of tasks follow the load.
   *
   * @default - 70 % mean CPU use
   */
  readonly scaling?: WebAppScalingOptions;
}
