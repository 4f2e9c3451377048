import { Duration, aws_ecs as ecs } from 'aws-cdk-lib';
import type { DeploymentBinding } from './deployment-binding';
import { requireSetting } from './deployment-checks';
import type { CanaryDeploymentOptions, LinearDeploymentOptions, TrafficShiftOptions } from './traffic-shift-options';
import type { TrafficShiftProps } from '../../ecs/define-service';
import { failAt, isKnown } from '../../private/errors';
import { requireOptions } from '../../private/input/require-input';
import { isWhole } from '../../private/numbers';

/** All traffic moves at once. */
export function blueGreen(options: TrafficShiftOptions): DeploymentBinding {
  requireOptions('WebAppDeployment.blueGreen', 'TrafficShiftOptions', options);
  return shift('WebAppDeployment.blueGreen', options, { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN });
}

/** A small share of the traffic moves first, the rest follows. */
export function canary(options: CanaryDeploymentOptions): DeploymentBinding {
  const subject = 'WebAppDeployment.canary';
  requireOptions(subject, 'CanaryDeploymentOptions', options);
  const stepPercent = options.canaryPercent ?? 5;
  const stepBakeTime = options.canaryBakeTime ?? Duration.minutes(10);
  requirePercent(subject, 'canaryPercent', stepPercent, 0.1);
  requireMinutes(subject, 'canaryBakeTime', stepBakeTime);
  return shift(subject, options, { deploymentStrategy: ecs.DeploymentStrategy.CANARY, canaryConfiguration: { stepPercent, stepBakeTime } });
}

/** Traffic moves in equal steps. */
export function linear(options: LinearDeploymentOptions): DeploymentBinding {
  const subject = 'WebAppDeployment.linear';
  requireOptions(subject, 'LinearDeploymentOptions', options);
  const stepPercent = options.stepPercent ?? 10;
  const stepBakeTime = options.stepBakeTime ?? Duration.minutes(6);
  requirePercent(subject, 'stepPercent', stepPercent, 3);
  requireMinutes(subject, 'stepBakeTime', stepBakeTime);
  return shift(subject, options, { deploymentStrategy: ecs.DeploymentStrategy.LINEAR, linearConfiguration: { stepPercent, stepBakeTime } });
}

function shift(subject: string, options: TrafficShiftOptions, strategy: TrafficShiftProps): DeploymentBinding {
  const bakeTime = options.bakeTime ?? Duration.minutes(10);
  requireMinutes(subject, 'bakeTime', bakeTime);
  requireSetting(subject, 'failureThreshold', options.failureThreshold, 1, 200);
  return {
    // The new version starts with as many tasks as the old one has, and none of the old stop before the end.
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    targetAlarms: options.rollBackOnAlarms ?? true,
    extraAlarms: options.extraAlarms ?? [],
    failureThreshold: options.failureThreshold,
    shift: {
      subject,
      service: { ...strategy, bakeTime, lifecycleHooks: options.lifecycleHooks },
      testListener: options.testListener,
      infrastructureRole: options.infrastructureRole,
      listenerRulePin: options.listenerRulePin,
    },
  };
}

function requirePercent(subject: string, name: string, value: number, lowest: number): void {
  const tenths = value * 10;
  if (!isKnown(value) || (value >= lowest && value <= 100 && Math.abs(tenths - Math.round(tenths)) < 1e-9)) return;
  failAt(subject, {
    got: `${name} is ${value}`,
    allowed: `a percentage from ${lowest} to 100 in steps of 0.1`,
    fix: `set ${name} within these bounds, or leave it out for the default`,
  });
}

function requireMinutes(subject: string, name: string, value: Duration): void {
  if (value.isUnresolved()) {
    if (value.unitLabel() === 'minutes') return;
    failAt(subject, {
      got: `${name} is in ${value.unitLabel()}, and only known at deployment`,
      allowed: 'minutes, for nothing can be converted that is not known',
      fix: `write Duration.minutes(…) for ${name}`,
    });
  }
  const minutes = value.toMinutes({ integral: false });
  if (isWhole(minutes, 0, 1440)) return;
  failAt(subject, {
    got: `${name} is ${minutes} minutes`,
    allowed: '0 to 1440 whole minutes',
    fix: `set ${name} to Duration.minutes(${Math.min(1440, Math.max(0, Math.round(minutes)))})`,
  });
}
