import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail, isKnown } from '../private/errors';
import { findTokenUnitProblem, requireWholeDuration } from '../private/numbers';
import { warn } from '../private/warnings';

/** The times of a load balancer that a person may choose. */
export interface LoadBalancerTimes {
  readonly idleTimeout?: Duration;
  readonly strictTransportSecurity?: Duration;
  readonly accessLogsRetention?: Duration;
}

const DAY = 1440;

/** Throws for times that the load balancer, browsers or S3 would refuse. */
export function requireTimes(scope: Construct, { idleTimeout, strictTransportSecurity, accessLogsRetention }: LoadBalancerTimes): void {
  requireWholeDuration(scope, { name: 'idleTimeout', value: idleTimeout, min: 1, max: 4000, unit: 'seconds' });
  requireWholeDuration(scope, { name: 'strictTransportSecurity', value: strictTransportSecurity, min: 0, max: 2147483647, unit: 'seconds' });
  const tokenProblem = findTokenUnitProblem('accessLogsRetention', accessLogsRetention, 'days');
  if (tokenProblem !== undefined) fail(scope, tokenProblem);
  if (accessLogsRetention === undefined || accessLogsRetention.isUnresolved()) return;
  const days = accessLogsRetention.toMinutes({ integral: false }) / DAY;
  if (Number.isInteger(days) && days >= 1) return;
  fail(scope, { got: `accessLogsRetention is ${days} days`, allowed: 'whole days, at least 1', fix: 'set it to Duration.days(90), for instance' });
}

/** Attributes with a prop of their own, which says more of them. */
const PROPS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^deletion_protection\./, 'deletionProtection'],
  [/^idle_timeout\./, 'idleTimeout'],
  [/^access_logs\.s3\./, 'accessLogsBucket, accessLogsPrefix'],
];

/** Values that undo what the load balancer protects by, each with what it lets in. */
const UNDOING: Readonly<Record<string, readonly [undone: RegExp, what: string]>> = {
  'routing.http.drop_invalid_header_fields.enabled': [/^false$/i, 'headers that an application may read in another way than the load balancer'],
  'routing.http.desync_mitigation_mode': [/^monitor$/i, 'requests that smuggle a second one past the load balancer'],
  'waf.fail_open.enabled': [/^true$/i, 'every request while the firewall does not answer'],
};

/** Attributes win over what is set here: what a prop is for is refused, and what undoes a protection is said. */
export function warnOfAttributes(scope: Construct, attributes: Record<string, string> = {}): void {
  for (const [name, value] of Object.entries(attributes)) {
    const prop = PROPS.find(([pattern]) => pattern.test(name))?.[1];
    if (prop !== undefined) {
      fail(scope, { got: `loadBalancerAttributes sets ${name}`, allowed: 'attributes that no prop is for', fix: `set ${prop} instead` });
    }
    const [undone, what] = UNDOING[name] ?? [];
    if (undone === undefined || !isKnown(value) || !undone.test(value)) continue;
    warn(scope, `SecureAlbFrontend.insecureAttribute.${name}`,
      `loadBalancerAttributes sets ${name} to ${value}, which lets through ${what}; leave it out`);
  }
}
