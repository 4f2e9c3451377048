import { Stack, aws_ecr as ecr, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { isKnown } from './errors';

/** Account, region and name of a private repository of ECR. */
const ECR_ADDRESS = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

/**
 * An image by its address, as `fromRegistry` takes one. An image of ECR is pulled by whom IAM lets, which `fromRegistry` leaves to its user:
 * where a prop is an address, nobody else knows the role.
 */
export class AddressedImage extends ecs.ContainerImage {
  public constructor(private readonly address: string) {
    super();
  }

  public bind(scope: Construct, container: ecs.ContainerDefinition): ecs.ContainerImageConfig {
    const [, account, region, repositoryName] = (isKnown(this.address) && ECR_ADDRESS.exec(this.address)) || [];
    if (repositoryName !== undefined) {
      const repositoryArn = Stack.of(scope).formatArn({ service: 'ecr', account, region, resource: 'repository', resourceName: repositoryName });
      const role = container.taskDefinition.obtainExecutionRole();
      ecr.Repository.fromRepositoryAttributes(scope, 'Repository', { repositoryArn, repositoryName }).grantPull(role);
      acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'ecr:GetAuthorizationToken, which an image from ECR needs, knows no resource (IAM5).');
    }
    return { imageName: this.address };
  }
}
