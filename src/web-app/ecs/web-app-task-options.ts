import type { Duration, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam } from 'aws-cdk-lib';
import type { DatabaseEnvironment } from '../database-environment';
import type { WebAppLogOptions } from '../web-app-options';

/**
 * What each task of a web application is given, and how its container runs.
 */
export interface WebAppTaskOptions {
  /**
   * CPU units of the whole task; 1024 are one vCPU. The application's container has what sidecars and proxy leave of them.
   *
   * Automatic scaling by CPU measures use against this figure.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * Memory of the whole task in MiB. The application's container has what sidecars and proxy leave of it.
   *
   * @default 512
   */
  readonly memoryMiB?: number;

  /**
   * How tasks are connected to the network. `BRIDGE` runs on EC2 instances only.
   *
   * With `BRIDGE` several tasks share the network interface of their instance: they are reached at a port that ECS picks, and
   * have the rights of the instances' security groups.
   *
   * @default ecs.NetworkMode.AWS_VPC
   */
  readonly networkMode?: ecs.NetworkMode;

  /**
   * The subnets tasks run in. Not for `BRIDGE`, where tasks run where their instances are.
   *
   * @default - the private subnets with a route out
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Whether no two tasks may share an EC2 instance. Without effect where there are no instances to choose.
   *
   * @default true
   */
  readonly distinctInstances?: boolean;

  /**
   * What the application may do in AWS.
   *
   * @default - a role that may do nothing but what the props ask for
   */
  readonly taskRole?: iam.IRole;

  /**
   * What ECS may do to start a task: pull the image, read the secrets, write the logs. A role that cannot be changed must
   * allow all three already.
   *
   * @default - a role that may do just that
   */
  readonly executionRole?: iam.IRole;

  /**
   * The names under which the application expects the address and the credentials of its `database`.
   *
   * @default DatabaseEnvironment.standard()
   */
  readonly databaseEnvironment?: DatabaseEnvironment;

  /**
   * The command, in place of the image's own.
   *
   * @default - the image's own
   */
  readonly command?: string[];

  /**
   * The user the container runs as (`uid` or `uid:gid`).
   *
   * @default - the image's own
   */
  readonly user?: string;

  /**
   * How ECS itself finds out that the container works, beside the frontend's health check. ECS ignores a health check that is
   * written into the image.
   *
   * @default - none
   */
  readonly healthCheck?: ecs.HealthCheck;

  /**
   * How long the application may take to finish its requests after SIGTERM before it is killed. On Fargate at most 2 minutes.
   *
   * @default Duration.seconds(60)
   */
  readonly stopTimeout?: Duration;

  /**
   * Whether the container's root file system is read-only.
   *
   * @default false
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * Whether people who may can open a shell in a running container (ECS Exec).
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   */
  readonly enableExecuteCommand?: boolean;

  /**
   * Where the output of the containers goes.
   *
   * @default - a log group of its own, kept for one month
   */
  readonly logs?: WebAppLogOptions;
}
