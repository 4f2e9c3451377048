import { Duration, RemovalPolicy, aws_ecr as ecr, aws_ecs as ecs, aws_ssm as ssm } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A repository, and the parameter with the address of the image that is deployed. */
export interface DeployedImage {
  readonly repository: ecr.Repository;
  readonly image: ecs.ContainerImage;
}

export function defineImage(
  scope: Construct, id: string, parameterName: string, bootstrapImage: string, removalPolicy: RemovalPolicy,
): DeployedImage {
  const repository = new ecr.Repository(scope, id, {
    imageScanOnPush: true,
    imageTagMutability: ecr.TagMutability.IMMUTABLE_WITH_EXCLUSION,
    imageTagMutabilityExclusionFilters: [ecr.ImageTagMutabilityExclusionFilter.wildcard('buildcache*')],
    lifecycleRules: [
      { rulePriority: 1, tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(7) },
      { rulePriority: 2, tagStatus: ecr.TagStatus.TAGGED, tagPatternList: ['*'], maxImageCount: 30 },
    ],
    removalPolicy,
    emptyOnDelete: removalPolicy === RemovalPolicy.DESTROY,
  });
  new ssm.StringParameter(scope, `${id}Image`, { parameterName, stringValue: bootstrapImage });
  return { repository, image: new ImageOfParameter(repository, parameterName) };
}

class ImageOfParameter extends ecs.ContainerImage {
  public constructor(private readonly repository: ecr.IRepository, private readonly parameterName: string) {
    super();
  }

  public bind(_scope: Construct, container: ecs.ContainerDefinition): ecs.ContainerImageConfig {
    this.repository.grantPull(container.taskDefinition.obtainExecutionRole());
    return { imageName: ssm.StringParameter.valueForStringParameter(container, this.parameterName) };
  }
}
