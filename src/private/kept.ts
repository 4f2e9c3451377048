import { RemovalPolicy } from 'aws-cdk-lib';

/**
 * How something is kept: what was made for a deployment that failed holds nothing yet, and goes again with it. `RETAIN` would keep that too, once for
 * every attempt.
 */
export function kept(policy: RemovalPolicy = RemovalPolicy.RETAIN): RemovalPolicy {
  return policy === RemovalPolicy.RETAIN ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : policy;
}
