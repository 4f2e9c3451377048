import type { Duration, RemovalPolicy, aws_logs as logs } from 'aws-cdk-lib';
import type { SidecarOptions } from './sidecar-options';
import type { FrontendHealthCheck } from '../frontend/alb-frontend';

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
   * A sidecar that receives the requests in place of the application and hands them on, such as NGINX. It needs a `containerPort`, which the target group
   * sends requests to.
   *
   * It reaches the application at `127.0.0.1` in `awsvpc` mode and under the host name `app` in `bridge` mode, on the application's `containerPort`. It
   * starts after the application, and waits for it to be healthy when the application has a health check.
   *
   * @default - the application's container receives the requests itself
   */
  readonly proxy?: SidecarOptions;
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
