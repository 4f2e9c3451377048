import { Duration, RemovalPolicy, aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';
import { kept } from '../private/kept';

/** Sources and image addresses on their way: encrypted, over TLS only, and gone when no stage can be rolled back to them any more. */
export function defineArtifactStore(scope: Construct, removalPolicy: RemovalPolicy): s3.Bucket {
  const encryptionKey = new kms.Key(scope, 'ArtifactKey', {
    description: 'Encrypts what the stages of a pipeline hand on',
    enableKeyRotation: true,
    removalPolicy: kept(removalPolicy),
  });
  const bucket = new s3.Bucket(scope, 'Artifacts', {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    enforceSSL: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    removalPolicy: kept(removalPolicy),
    autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
  });
  acknowledge(bucket, 'AwsSolutions-S1', 'Only the roles of the pipeline read and write it, and CloudTrail records what they do (S1).');
  return bucket;
}
