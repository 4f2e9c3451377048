import type { Duration, Size } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail, isKnown } from '../../private/errors';
import { requireWholeDuration, requireWholeSize } from '../../private/numbers';
import type { WebAppRoutingOptions } from '../web-app-options';

/** What is judged here of the settings of an application on instances. */
export interface Ec2Ranges {
  readonly rootVolumeSize: Size;
  readonly startTimeout: Duration;
  readonly maxInstanceLifetime: Duration;
  readonly cpuTargetPercent: number;
  readonly routing: WebAppRoutingOptions;
}

/** Throws for sizes, times and a share that EC2 or CloudFormation would refuse. */
export function requireRanges(scope: Construct, settings: Ec2Ranges): void {
  const { rootVolumeSize, startTimeout, maxInstanceLifetime, cpuTargetPercent } = settings;
  const fix = 'set instances.rootVolumeSize within that range';
  requireWholeSize(scope, { name: 'instances.rootVolumeSize', value: rootVolumeSize, min: 8, max: 16384, fix });
  const numbers: Array<[string, number | undefined, number, number, string]> = [
    ['instances.startTimeout', startTimeout.isUnresolved() ? undefined : startTimeout.toMinutes({ integral: false }), 5, 60, 'minutes'],
    [
      'instances.maxInstanceLifetime',
      maxInstanceLifetime.isUnresolved() ? undefined : maxInstanceLifetime.toDays({ integral: false }),
      1,
      365,
      'days',
    ],
    ['instances.cpuTargetPercent', isKnown(cpuTargetPercent) ? cpuTargetPercent : undefined, 1, 100, 'percent'],
  ];
  for (const [name, value, lowest, highest, unit] of numbers) {
    if (value === undefined || (value >= lowest && value <= highest)) continue;
    fail(scope, { got: `${name} is ${value} ${unit}`, allowed: `${lowest} to ${highest} ${unit}`, fix: `set ${name} within that range` });
  }
  const { healthCheckGracePeriod } = settings.routing;
  requireWholeDuration(scope, { name: 'instances.startTimeout', value: startTimeout, min: 300, max: 3600, unit: 'seconds' });
  requireWholeDuration(scope, { name: 'instances.maxInstanceLifetime', value: maxInstanceLifetime, min: 86400, max: 31536000, unit: 'seconds' });
  requireWholeDuration(scope, { name: 'routing.healthCheckGracePeriod', value: healthCheckGracePeriod, min: 0, max: 7200, unit: 'seconds' });
}
