import { aws_ecr as ecr, aws_ecs as ecs, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface ImageRepositoriesProps {
  readonly names: string[];
  readonly removalPolicy: RemovalPolicy;
}

/** One ECR repository per application: scanned on push, a tag is never moved, old images leave by themselves. */
export class ImageRepositories extends Construct {
  public readonly repositories: Record<string, ecr.Repository>;

  public constructor(scope: Construct, id: string, props: ImageRepositoriesProps) {
    super(scope, id);
    this.repositories = Object.fromEntries(props.names.map((name) => [name, new ecr.Repository(this, name, {
      imageScanOnPush: true,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      lifecycleRules: [
        { tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(7), rulePriority: 1 },
        { tagStatus: ecr.TagStatus.ANY, maxImageCount: 30, rulePriority: 2 },
      ],
      removalPolicy: props.removalPolicy,
      emptyOnDelete: props.removalPolicy === RemovalPolicy.DESTROY,
    })]));
  }

  public image(name: string, tag: string): ecs.ContainerImage {
    return ecs.ContainerImage.fromEcrRepository(this.repositories[name], tag);
  }
}
