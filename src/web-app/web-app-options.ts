import type { Duration, RemovalPolicy, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, aws_logs as logs } from 'aws-cdk-lib';
import type { SharedFileSystem } from '../files/shared-file-system';
import type { FrontendHealthCheck } from '../frontend/alb-frontend';
import type { WebAppProxyOptions } from './sidecar-options';

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
}

/**
 * Which requests of a frontend reach an application, and how.
 */
export interface WebAppRoutingOptions {
  /**
   * The host names whose requests the application answers.
   *
   * @default - those of the frontend
   */
  readonly hostHeaders?: string[];

  /**
   * The paths whose requests the application answers, such as `/api/*`.
   *
   * @default - every path
   */
  readonly pathPatterns?: string[];

  /**
   * The priority of the listener rule; the lowest number that matches a request wins.
   *
   * @default - the frontend picks one that is free
   */
  readonly priority?: number;

  /**
   * How long one visitor is sent to the same task. A web application should not need it: tasks come and go.
   *
   * @default - every request may go to another task
   */
  readonly stickiness?: Duration;

  /**
   * How long a new task gets a growing share of requests instead of a full one.
   *
   * @default - a full share at once
   */
  readonly slowStart?: Duration;

  /**
   * How long a task that is to be stopped may go on answering the requests it has.
   *
   * @default Duration.seconds(30)
   */
  readonly deregistrationDelay?: Duration;

  /**
   * How the frontend judges the answers at the health check path. The path itself is the prop `healthCheckPath`.
   *
   * @default - every 15 seconds; 2 good answers with status 200 make a task healthy, 3 bad ones unhealthy
   */
  readonly healthCheck?: FrontendHealthCheck;

  /**
   * How long ECS ignores failing health checks of a task that has just started.
   *
   * @default Duration.seconds(120)
   */
  readonly healthCheckGracePeriod?: Duration;

  /**
   * A container that receives the requests and hands them to the application, such as NGINX.
   *
   * @default - the application's container receives the requests itself
   */
  readonly proxy?: WebAppProxyOptions;
}

/**
 * What makes the number of tasks follow the load. Each measure that is set is kept at its target; the one that asks for most tasks wins.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
 */
export interface WebAppScalingOptions {
  /**
   * The mean CPU use to keep, in percent of what the tasks reserve.
   *
   * @default 70
   */
  readonly cpuTargetPercent?: number;

  /**
   * The mean memory use to keep, in percent of what the tasks may use.
   *
   * @default - memory does not scale the application
   */
  readonly memoryTargetPercent?: number;

  /**
   * The number of requests in a minute that one task is to answer. Needs a frontend.
   *
   * @default - requests do not scale the application
   */
  readonly requestsPerTarget?: number;

  /**
   * The time between two steps up.
   *
   * @default Duration.seconds(60)
   */
  readonly scaleOutCooldown?: Duration;

  /**
   * The time between two steps down.
   *
   * @default Duration.seconds(300)
   */
  readonly scaleInCooldown?: Duration;
}

/**
 * Where the output of all containers of an application goes.
 */
export interface WebAppLogOptions {
  /**
   * A log group that exists or is defined elsewhere. The other props of a log group cannot be set beside it.
   *
   * @default - a log group of its own
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * The name of the log group.
   *
   * @default - CloudFormation names it
   */
  readonly logGroupName?: string;

  /**
   * How long log events are kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly retention?: logs.RetentionDays;

  /**
   * What becomes of the log group when the application is removed.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether a container drops log lines instead of standing still when CloudWatch Logs cannot take them.
   *
   * @default true
   */
  readonly nonBlocking?: boolean;
}

/**
 * A shared file system, and where the application's container sees it.
 */
export interface WebAppSharedFiles {
  /** The file system. All tasks see the same files. */
  readonly files: SharedFileSystem;

  /** The absolute path of the directory in the container. */
  readonly containerPath: string;

  /**
   * Whether the application may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
