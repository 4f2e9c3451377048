import { Token } from 'aws-cdk-lib';
import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FrontendTargetOptions } from './alb-frontend';
import { fail, isKnown } from '../private/errors';
import { isWhole, requireTokenUnit, requireWhole, requireWholeDuration } from '../private/numbers';

/** Throws, in the name of `scope`, for what the load balancer would refuse at deployment. Tokens pass. */
export function requireTargetOptions(scope: Construct, options: FrontendTargetOptions): void {
  const check = options.healthCheck ?? {};
  requireWhole(scope, { name: 'port', value: options.port, min: 1, max: 65535 });
  requireWholeDuration(scope, { name: 'deregistrationDelay', value: options.deregistrationDelay, min: 0, max: 3600, unit: 'seconds' });
  requireSlowStart(scope, options.slowStart);
  requireWholeDuration(scope, { name: 'stickinessCookieDuration', value: options.stickinessCookieDuration, min: 1, max: 604800, unit: 'seconds' });
  requireWholeDuration(scope, { name: 'healthCheck.interval', value: check.interval, min: 5, max: 300, unit: 'seconds' });
  requireWholeDuration(scope, { name: 'healthCheck.timeout', value: check.timeout, min: 2, max: 120, unit: 'seconds' });
  requireWhole(scope, { name: 'healthCheck.healthyThresholdCount', value: check.healthyThresholdCount, min: 2, max: 10 });
  requireWhole(scope, { name: 'healthCheck.unhealthyThresholdCount', value: check.unhealthyThresholdCount, min: 2, max: 10 });
  requireTimeout(scope, check.interval, check.timeout);
  requireHealthPath(scope, check.path);
  requireList(scope, 'hostHeaders', options.hostHeaders);
  requireList(scope, 'pathPatterns', options.pathPatterns);
  known(options.hostHeaders).forEach((host) => requireHost(scope, host));
  known(options.pathPatterns).forEach((path) => requirePath(scope, path));
}

function known(list: string[] | undefined): string[] {
  return (list ?? []).filter((text) => isKnown(text));
}

function seconds(duration: Duration | undefined): number | undefined {
  return duration === undefined || duration.isUnresolved() ? undefined : duration.toSeconds({ integral: false });
}

function requireSlowStart(scope: Construct, duration: Duration | undefined): void {
  requireTokenUnit(scope, 'slowStart', duration, 'seconds');
  const given = seconds(duration);
  if (given !== undefined && given !== 0 && !isWhole(given, 30, 900)) {
    fail(scope, {
      got: `slowStart is ${given} seconds`,
      allowed: '0 seconds, or 30 to 900 whole ones',
      fix: 'leave slowStart out, or give a new target at least 30 seconds',
    });
  }
}

function requireTimeout(scope: Construct, interval: Duration | undefined, timeout: Duration | undefined): void {
  if (interval?.isUnresolved() || timeout?.isUnresolved()) {
    return;
  }
  const [every, wait] = [seconds(interval) ?? 15, seconds(timeout) ?? 5];
  if (wait >= every) {
    fail(scope, {
      got: `healthCheck.timeout is ${wait} seconds with an interval of ${every} seconds`,
      allowed: 'a timeout below the interval',
      fix: 'make the interval longer or the timeout shorter',
    });
  }
}

function requireHealthPath(scope: Construct, path: string | undefined): void {
  if (isKnown(path) && (!path.startsWith('/') || path.length > 1024)) {
    fail(scope, { got: `healthCheck.path is '${path}'`, allowed: 'a path that starts with /', fix: `write '/${path.slice(0, 100)}'` });
  }
}

function requireList(scope: Construct, name: string, list: string[] | undefined): void {
  if (list !== undefined && Token.isUnresolved(list)) {
    fail(scope, {
      got: `${name} is a token`,
      allowed: 'a list whose length is known at synthesis, for AWS limits the values of a rule',
      fix: 'give an array; its elements may be tokens',
    });
  }
}

function requireHost(scope: Construct, host: string): void {
  if (!/^[A-Za-z0-9*?.-]{1,128}$/.test(host)) {
    fail(scope, {
      got: `hostHeaders has '${host}'`,
      allowed: 'a host name of 1 to 128 letters, digits, dots and hyphens, with * and ? as wildcards',
      fix: 'write the name only, without https://, port or path',
    });
  }
}

function requirePath(scope: Construct, path: string): void {
  if (!/^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]{0,127}$/.test(path)) {
    fail(scope, {
      got: `pathPatterns has '${path}'`,
      allowed: 'a pattern of at most 128 characters that starts with / or *, such as /api/*',
      fix: 'correct the pattern; queries and spaces cannot be matched by it',
    });
  }
}
