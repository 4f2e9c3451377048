import type { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { DeploymentBinding, DeploymentFacts } from './deployment-binding';
import { requireSetting } from './deployment-checks';
import { blueGreen, canary, linear } from './traffic-shift';
import type { CanaryDeploymentOptions, LinearDeploymentOptions, TrafficShiftOptions } from './traffic-shift-options';
import { canRoll } from '../../private/aws/rolling-update';
import { failAt, isKnown } from '../../private/errors';
import { requireOptions } from '../../private/input/require-input';
import { requireOwnKind } from '../../private/sealed';

/**
 * How a rolling deployment replaces tasks.
 */
export interface RollingDeploymentOptions {
  /**
   * The share of the wanted tasks that must stay healthy during a deployment, in percent.
   *
   * Less than 100 gives up capacity while a deployment runs.
   *
   * @default 100
   */
  readonly minHealthyPercent?: number;

  /**
   * The share of the wanted tasks that may run at once during a deployment, old and new together, in percent.
   *
   * @default - 150 on EC2 instances that hold one task each, because each task more wants an instance more; 200 elsewhere
   */
  readonly maxHealthyPercent?: number;

  /**
   * Whether a deployment is rolled back when the new tasks answer with server errors or fail their health checks.
   *
   * The alarms watch the target group alone, so they exist only for an application that has a frontend.
   *
   * @default true
   */
  readonly rollBackOnAlarms?: boolean;

  /**
   * More alarms that roll a deployment back, whether or not `rollBackOnAlarms` is on.
   *
   * None of them may watch a metric of the service itself (its CPU, for instance): the service would then wait for the alarm
   * and the alarm for the service, which CloudFormation refuses as a circular dependency.
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
 * How a new version of a web application takes the place of the old one.
 *
 * Every kind of deployment has the circuit breaker with rollback, so that a version that never starts ends in minutes
 * instead of hours.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-types.html
 */
export class WebAppDeployment {
  /**
   * Replaces tasks a few at a time behind the same target group.
   *
   * Throws when a percentage is not a whole number, out of bounds, or when the two leave no room to move.
   *
   * @param options - how fast it goes, and what rolls it back.
   */
  public static rolling(options: RollingDeploymentOptions = {}): WebAppDeployment {
    requireOptions('WebAppDeployment.rolling', 'RollingDeploymentOptions', options);
    requireRolling(options);
    return new WebAppDeployment((facts) => rolling(options, facts));
  }

  /**
   * Starts all tasks of the new version beside those of the old one, and then moves all traffic at once. Needs a frontend.
   *
   * Between deployments ECS alone knows which of two target groups has the traffic. Read https://github.com/cdk-ha-ecs/cdk-ha-ecs/blob/main/docs/deployments.md before you choose it, and
   * set `listenerRulePin`. On EC2 instances there must be room for twice the tasks. Not for `bridge` mode.
   *
   * Throws for times and numbers that ECS refuses.
   *
   * @param options - how long both versions run, how the new one is tested, and what takes the traffic back.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html
   */
  public static blueGreen(options: TrafficShiftOptions = {}): WebAppDeployment {
    const shifting = blueGreen(options);
    return new WebAppDeployment(() => shifting);
  }

  /**
   * Like `blueGreen()`, but a small share of the traffic moves first, and the rest when nothing spoke against it.
   *
   * @param options - how much moves first and for how long, and what takes the traffic back.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment.html
   */
  public static canary(options: CanaryDeploymentOptions = {}): WebAppDeployment {
    const shifting = canary(options);
    return new WebAppDeployment(() => shifting);
  }

  /**
   * Like `blueGreen()`, but traffic moves in equal steps.
   *
   * @param options - how large the steps are and how long they last, and what takes the traffic back.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-linear.html
   */
  public static linear(options: LinearDeploymentOptions = {}): WebAppDeployment {
    const shifting = linear(options);
    return new WebAppDeployment(() => shifting);
  }

  /**
   * Decides what depends on where the tasks run.
   *
   * @internal
   */
  public readonly _bind: (facts: DeploymentFacts) => DeploymentBinding;

  private constructor(bind: (facts: DeploymentFacts) => DeploymentBinding) {
    requireOwnKind(bind, 'WebAppDeployment', 'WebAppDeployment.rolling(), blueGreen() and the like');
    this._bind = bind;
  }
}

function rolling(options: RollingDeploymentOptions, facts: DeploymentFacts): DeploymentBinding {
  return {
    minHealthyPercent: options.minHealthyPercent ?? 100,
    maxHealthyPercent: options.maxHealthyPercent ?? (facts.distinctInstances ? 150 : 200),
    targetAlarms: options.rollBackOnAlarms ?? true,
    extraAlarms: options.extraAlarms ?? [],
    failureThreshold: options.failureThreshold,
  };
}

function requireRolling(options: RollingDeploymentOptions): void {
  requireSetting('WebAppDeployment.rolling', 'minHealthyPercent', options.minHealthyPercent, 0, 100);
  requireSetting('WebAppDeployment.rolling', 'maxHealthyPercent', options.maxHealthyPercent, 100, 200);
  requireSetting('WebAppDeployment.rolling', 'failureThreshold', options.failureThreshold, 1, 200);
  requireRoom(options);
}

/** With 100 and 100 no number of tasks can ever be replaced; whether less extreme pairs move depends on the number of tasks. */
function requireRoom(options: RollingDeploymentOptions): void {
  const { minHealthyPercent = 100, maxHealthyPercent } = options;
  if (isKnown(maxHealthyPercent) && isKnown(minHealthyPercent) && !canRoll(100, { minHealthyPercent, maxHealthyPercent })) {
    failAt('WebAppDeployment.rolling', {
      got: `minHealthyPercent ${minHealthyPercent} with maxHealthyPercent ${maxHealthyPercent}`,
      allowed: 'a pair that lets a deployment start a task more, or stop one',
      fix: 'raise maxHealthyPercent above 100 (150 or 200), or lower minHealthyPercent',
    });
  }
}
