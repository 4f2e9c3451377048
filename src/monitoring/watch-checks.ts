import type { Construct } from 'constructs';
import type { WatchOptions } from './watch-options';
import { fail } from '../private/errors';
import { requireArgument, requireOptions } from '../private/input/require-input';
import { requireBetween, requireWhole } from '../private/numbers';

const PERCENT = ['cpuPercent', 'memoryPercent', 'errorPercent', 'throughputPercent', 'operationsPercent'] as const;
const COUNTS = ['connections', 'errorsPerMinute', 'rejectedConnectionsPerMinute', 'tlsErrorsPerMinute'] as const;
const WHOLE = ['minHealthyTargets', 'minInstances'] as const;
const AMOUNTS = ['latency', 'minBurstCredits', 'minFreeStorage', 'minFreeableMemory', 'replicaLag'] as const;

/** Throws for a thing that cannot be watched as `type`, and for thresholds that no measurement could cross, or that all do. */
export function requireWatch(scope: Construct, name: string, type: string, target: unknown, options?: WatchOptions): void {
  requireArgument(scope, name, type, target);
  requireOptions(scope, 'WatchOptions', options);
  if (options === undefined) return;
  PERCENT.forEach((each) => requireBetween(scope, { name: each, value: options[each], min: 0, max: 100, unit: 'percent' }));
  COUNTS.forEach((each) => requireBetween(scope, { name: each, value: options[each], min: 0 }));
  WHOLE.forEach((each) => requireWhole(scope, { name: each, value: options[each], min: 0 }));
  const none = AMOUNTS.find((each) => options[each] !== undefined && !options[each].isUnresolved() && amountOf(options[each]) === 0);
  if (none !== undefined) fail(scope, { got: `${none} is 0`, allowed: 'more than that', fix: `raise ${none}, or leave it out for the default` });
}

function amountOf(amount: NonNullable<WatchOptions[typeof AMOUNTS[number]]>): number {
  return 'toBytes' in amount ? amount.toBytes() : amount.toMilliseconds({ integral: false });
}
