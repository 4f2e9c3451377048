import type { Construct } from 'constructs';
import { fail, isKnown } from '../../private/errors';
import { requireWholeDuration } from '../../private/numbers';
import type { WebAppScalingOptions } from '../web-app-options';

/** Throws for targets that no load could ever meet. */
export function requireScaling(scope: Construct, options: WebAppScalingOptions, hasFrontend: boolean): void {
  requirePercent(scope, 'cpuTargetPercent', options.cpuTargetPercent);
  requirePercent(scope, 'memoryTargetPercent', options.memoryTargetPercent);
  requireWholeDuration(scope, { name: 'scaling.scaleOutCooldown', value: options.scaleOutCooldown, min: 0, max: 86400, unit: 'seconds' });
  requireWholeDuration(scope, { name: 'scaling.scaleInCooldown', value: options.scaleInCooldown, min: 0, max: 86400, unit: 'seconds' });
  if (options.requestsPerTarget === undefined) return;
  if (!hasFrontend) {
    fail(scope, {
      got: 'scaling.requestsPerTarget is set and there is no frontend',
      allowed: 'requestsPerTarget only with a frontend, whose target group counts the requests',
      fix: 'pass frontend, or scale by cpuTargetPercent alone',
    });
  }
  if (isKnown(options.requestsPerTarget) && !(options.requestsPerTarget > 0)) {
    fail(scope, {
      got: `scaling.requestsPerTarget is ${options.requestsPerTarget}`,
      allowed: 'a number above 0',
      fix: 'set it to the requests that one task answers in a minute',
    });
  }
}

function requirePercent(scope: Construct, name: string, value: number | undefined): void {
  if (isKnown(value) && !(value >= 1 && value <= 100)) {
    fail(scope, {
      got: `scaling.${name} is ${value}`,
      allowed: 'a percentage from 1 to 100',
      fix: `set ${name} to the use to keep, such as 70`,
    });
  }
}
