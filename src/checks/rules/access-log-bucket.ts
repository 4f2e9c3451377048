import type { Observation, Rule } from './rule';
import { attributeOf } from '../../app-model/endpoints/balancer-attributes';
import { matchesAction, readStatements } from '../../app-model/iam/statement';
import { isComplete } from '../../template/decided';
import { asList, dig } from '../../template/json';
import { isOn, nameOf } from '../../template/values';

/** Load balancers write their logs by the bucket's policy alone, and never into a bucket that has a key of the customer. */
export const accessLogBucket: Rule = {
  id: 'access-log-bucket',
  severity: 'error',
  says: 'The load balancer may not write its access logs into the bucket.',
  change: 'Call loadBalancer.logAccessLogs(bucket), with a bucket that is encrypted by S3 (SSE-S3).',
  evaluate: ({ model, pointers }) => model.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((balancer): Observation[] => {
    const bucket = isOn(attributeOf(balancer, 'access_logs.s3.enabled'))
      ? model.pointee(balancer, attributeOf(balancer, 'access_logs.s3.bucket'))
      : undefined;
    if (bucket?.type !== 'AWS::S3::Bucket' || !isComplete(model)) return [];
    const policies = pointers.to(bucket, 'AWS::S3::BucketPolicy', 'Bucket');
    const allowed = policies.flatMap((one) => readStatements(model, one, dig(one.properties, 'PolicyDocument')))
      .some((one) => one.effect !== 'Deny' && matchesAction(one, 's3:PutObject') !== 'no');
    const application = (dig(balancer.properties, 'Type') ?? 'application') === 'application';
    const keyed = application && asList(dig(bucket.properties, 'BucketEncryption', 'ServerSideEncryptionConfiguration'))
      .some((one) => dig(one, 'ServerSideEncryptionByDefault', 'SSEAlgorithm') === 'aws:kms');
    if (allowed && !keyed) return [];
    const why = allowed ? 'is encrypted with a KMS key, which an application load balancer cannot use' : 'has no policy that allows s3:PutObject';
    return [{ at: balancer, related: [bucket, ...policies], saw: `${nameOf(bucket)} ${why}` }];
  }),
};
