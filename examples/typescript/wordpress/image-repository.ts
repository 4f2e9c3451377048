import { aws_ecr as ecr, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Encrypted with a KMS key, scanned on push; a tag is never moved, and old images leave by themselves. */
export function imageRepository(scope: Construct, id: string, removalPolicy: RemovalPolicy): ecr.Repository {
  return new ecr.Repository(scope, id, {
    encryption: ecr.RepositoryEncryption.KMS,
    imageScanOnPush: true,
    imageTagMutability: ecr.TagMutability.IMMUTABLE,
    lifecycleRules: [
      { tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(7), rulePriority: 1 },
      { tagStatus: ecr.TagStatus.ANY, maxImageCount: 30, rulePriority: 2 },
    ],
    removalPolicy,
    emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
  });
}
