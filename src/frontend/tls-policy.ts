import { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acceptsOldTls, isPostQuantum } from '../private/aws/tls-policies';
import { fail, isKnown } from '../private/errors';
import { warn } from '../private/warnings';

/** TLS 1.2 and 1.3, forward secrecy and authenticated ciphers only, post-quantum hybrid key agreement. */
const DEFAULT_POLICY = elbv2.SslPolicy.TLS13_12_RES_PQ;

/**
 * The TLS policy of a listener. Without one, AWS would take ELBSecurityPolicy-2016-08, which speaks TLS 1.0.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export function resolveTlsPolicy(scope: Construct, policy: elbv2.SslPolicy | undefined): elbv2.SslPolicy {
  if (!isKnown(policy)) {
    return policy ?? DEFAULT_POLICY;
  }
  if (acceptsOldTls(policy)) {
    fail(scope, {
      got: `sslPolicy is ${policy}${policy === elbv2.SslPolicy.RECOMMENDED ? ' (SslPolicy.RECOMMENDED)' : ''}, which speaks TLS 1.0 or 1.1`,
      allowed: 'a policy of TLS 1.2 or newer',
      fix: 'leave sslPolicy out, or set SslPolicy.TLS13_12_RES_PQ',
    });
  }
  if (!isPostQuantum(policy)) {
    warn(scope, 'SecureAlbFrontend.weakTlsPolicy', `sslPolicy ${policy} has no post-quantum key agreement: traffic recorded today can be read later.`
      + ` Leave sslPolicy out for ${DEFAULT_POLICY}.`);
  }
  return policy;
}
