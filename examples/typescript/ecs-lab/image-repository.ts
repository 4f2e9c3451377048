import type { RemovalPolicy } from 'aws-cdk-lib';
import { aws_ecr as ecr, aws_ecs as ecs, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** One ECR repository per image: scanned on push, a tag is never moved, old images leave by themselves. */
export class ImageRepository extends Construct {
  readonly repository: ecr.Repository;

  constructor(scope: Construct, id: string, props: { removalPolicy: RemovalPolicy }) {
    super(scope, id);
    this.repository = new ecr.Repository(this, 'Resource', {
      imageScanOnPush: true,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      lifecycleRules: [
        { tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(7), rulePriority: 1 },
        { tagStatus: ecr.TagStatus.ANY, maxImageCount: 30, rulePriority: 2 },
      ],
      removalPolicy: props.removalPolicy,
    });
  }

  image(tag: string): ecs.ContainerImage {
    return ecs.ContainerImage.fromEcrRepository(this.repository, tag);
  }
}
