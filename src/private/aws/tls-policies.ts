/** Dated names of the time before the name said the version; all of them speak TLS 1.0. */
const UNVERSIONED = /-(2015-05|2016-08|FS-2018-06)$/;

/** `TLS13-1-0`, `TLS-1-1`, `FS-1-1`: the last two digits are the oldest version that is spoken. */
const OLD_VERSION = /-(TLS13|TLS|FS)-1-[01]-/;

/** Policies that agree on keys by a post-quantum hybrid. */
const POST_QUANTUM = /-TLS13-1-[23]-.*PQ-/;

/** What a load balancer takes where a listener names no policy. */
export const POLICY_WHERE_NONE_IS_NAMED = 'ELBSecurityPolicy-2016-08';

/**
 * True for a security policy of load balancers that accepts TLS 1.0 or 1.1; the constant that the CDK calls RECOMMENDED is one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export function acceptsOldTls(policy: string): boolean {
  return UNVERSIONED.test(policy) || OLD_VERSION.test(policy);
}

/** True for a policy by which traffic recorded today cannot be read by a later quantum computer. */
export function isPostQuantum(policy: string): boolean {
  return POST_QUANTUM.test(policy);
}
