import type {
  Duration, aws_cloudwatch as cloudwatch, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2, aws_iam as iam,
} from 'aws-cdk-lib';

/**
 * How a deployment shifts traffic from the tasks of the old version to those of the new one.
 */
export interface TrafficShiftOptions {
  /**
   * How long both versions run on after the new one has all traffic, 0 to 1440 minutes. Until then a fault takes the traffic back
   * at once. The alarms need about six minutes to notice one.
   *
   * @default Duration.minutes(10)
   */
  readonly bakeTime?: Duration;

  /**
   * The listener on which testers and hooks reach the new version before visitors do; `SecureAlbFrontend.addTestListener` makes one.
   *
   * @default - no test traffic
   */
  readonly testListener?: elbv2.IApplicationListener;

  /**
   * Functions that ECS asks at stages of a deployment whether it may go on, such as `ecs.DeploymentLifecycleLambdaTarget`.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
   * @default - none
   */
  readonly lifecycleHooks?: ecs.IDeploymentLifecycleHookTarget[];

  /**
   * The role by which ECS changes listener rules and registers targets.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
   * @default - a role of its own with the AWS-managed policy for this
   */
  readonly infrastructureRole?: iam.IRole;

  /**
   * Fixes what the template says of the listener rules. ECS keeps the weights of the rules; a change of a rule in the template would
   * reset them, and might send all requests to the target group that is empty. With a pin, synthesis throws for such a change.
   *
   * Synthesis without a pin warns and tells the text to set. How to make a change all the same is in the page below.
   *
   * @see https://github.com/cdk-ha-ecs/cdk-ha-ecs/blob/main/docs/deployments.md
   * @default - a warning instead of a guard
   */
  readonly listenerRulePin?: string;

  /**
   * Whether a deployment is rolled back when the tasks of either target group answer with server errors or fail their health checks.
   *
   * @default true
   */
  readonly rollBackOnAlarms?: boolean;

  /**
   * More alarms that roll a deployment back, whether or not `rollBackOnAlarms` is on. None of them may watch a metric of the service itself.
   *
   * @default - no further alarms
   */
  readonly extraAlarms?: cloudwatch.IAlarm[];

  /**
   * How many tasks must fail to start before the circuit breaker gives a deployment up and rolls it back.
   *
   * @default - ECS decides: half of the wanted tasks, at least 3 and at most 200
   */
  readonly failureThreshold?: number;
}

/**
 * How a deployment tries a new version on a small share of the traffic first.
 */
export interface CanaryDeploymentOptions extends TrafficShiftOptions {
  /**
   * The share of the traffic that the new version gets first, 0.1 to 100 percent in steps of 0.1.
   *
   * @default 5
   */
  readonly canaryPercent?: number;

  /**
   * How long it has that share before it gets the rest, 0 to 1440 minutes.
   *
   * @default Duration.minutes(10)
   */
  readonly canaryBakeTime?: Duration;
}

/**
 * How a deployment gives a new version more and more of the traffic.
 */
export interface LinearDeploymentOptions extends TrafficShiftOptions {
  /**
   * The share of the traffic that moves in each step, 3 to 100 percent in steps of 0.1.
   *
   * @default 10
   */
  readonly stepPercent?: number;

  /**
   * The time between two steps, 0 to 1440 minutes.
   *
   * @default Duration.minutes(6)
   */
  readonly stepBakeTime?: Duration;
}
