import { Duration, RemovalPolicy, Stack, Token, aws_elasticloadbalancingv2 as elbv2, aws_s3 as s3 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';
import { fail } from '../private/errors';
import { warn } from '../private/warnings';

/** What a user may choose about access logs and connection logs. */
export interface AccessLogSettings {
  readonly accessLogsBucket?: s3.IBucket;
  readonly accessLogsPrefix?: string;
  readonly accessLogsRetention?: Duration;
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Turns on access logs and connection logs, and returns the bucket they go to.
 *
 * Who may write them depends on the region, so a stack without a concrete one has to do without: a warning, not an error.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function enableAccessLogs(scope: Construct, loadBalancer: elbv2.ApplicationLoadBalancer, choices: AccessLogSettings): s3.IBucket | undefined {
  if (Token.isUnresolved(Stack.of(scope).region)) {
    warn(scope, 'SecureAlbFrontend.accessLogsNeedRegion', 'no access logs and connection logs are written: who may write them depends on the region.'
      + ' Give the stack env: { region }.');
    acknowledge(loadBalancer, 'AwsSolutions-ELB2', 'The stack has no concrete region, on which the bucket policy for access logs depends (ELB2).');
    return undefined;
  }
  const bucket = choices.accessLogsBucket ?? ownBucket(scope, choices);
  // Of an own bucket too: a property injector of the app may have decided so.
  if (bucket.encryptionKey) {
    fail(scope, {
      got: `accessLogsBucket ${bucket.node.path} is encrypted with a KMS key`,
      allowed: 'a bucket encrypted by S3 (SSE-S3): a load balancer cannot write to others',
      fix: 'give the bucket encryption '
        + `S3_MANAGED${choices.accessLogsBucket ? ', or leave accessLogsBucket out' : ', for example by passing one as accessLogsBucket'}`,
    });
  }
  loadBalancer.logAccessLogs(bucket, choices.accessLogsPrefix);
  if (choices.accessLogsBucket === undefined && choices.removalPolicy === RemovalPolicy.DESTROY) {
    loadBalancer.node.addDependency(bucket); // emptied after the load balancer is gone, which writes to it until then
  }
  loadBalancer.logConnectionLogs(bucket, choices.accessLogsPrefix);
  if (bucket.policy === undefined) {
    warn(scope, 'SecureAlbFrontend.accessLogsBucketPolicy', `the policy of bucket ${bucket.node.path} cannot be changed from here:`
      + ' it must let the load balancer write, or the deployment fails. See the AWS page on access logs for the statement.');
  }
  return bucket;
}

/**
 * Encrypted by S3 itself, the only kind that a load balancer can write to. Only who asks for DESTROY gets the Lambda function of the CDK that empties it:
 * CloudFormation deletes no bucket with anything in it.
 */
function ownBucket(scope: Construct, choices: AccessLogSettings): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'AccessLogs', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    lifecycleRules: [{
      id: 'Expire',
      enabled: true,
      expiration: choices.accessLogsRetention ?? Duration.days(90),
      abortIncompleteMultipartUploadAfter: Duration.days(7),
    }],
    // Kept after a first deployment that failed, too: the load balancer writes a test file at once, and a bucket with a file cannot be deleted.
    removalPolicy: choices.removalPolicy ?? RemovalPolicy.RETAIN,
    autoDeleteObjects: choices.removalPolicy === RemovalPolicy.DESTROY,
  });
  acknowledge(bucket, 'AwsSolutions-S1', 'It is the log bucket: logging its own reads would need another one without end (S1).');
  return bucket;
}
