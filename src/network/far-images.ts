import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { containersOf } from '../private/cdk-internals';
import { isKnown } from '../private/errors';
import { warnLate } from '../private/warnings';

const ECR = /^\d{12}\.dkr\.ecr\./;

/** Warns of images that the tasks of a VPC without a way out can never pull: endpoints serve ECR, and no other registry. */
export function warnOfFarImages(scope: IConstruct, vpc: ec2.IVpc): string[] {
  const nodes = scope.node.root.node.findAll();
  const ofServices = nodes.filter((node): node is ecs.BaseService => node instanceof ecs.BaseService && node.cluster.vpc === vpc)
    .map(({ taskDefinition }) => taskDefinition);
  // One that runs now and then, in a cluster made for it.
  const besideClusters = nodes.filter((node): node is ecs.Cluster => node instanceof ecs.Cluster && node.vpc === vpc)
    .flatMap((cluster) => cluster.node.scope!.node.children.filter((child) => child instanceof ecs.TaskDefinition));
  const images = [...new Set([...ofServices, ...besideClusters])].flatMap((task) => containersOf(task)).map(({ imageName }) => imageName)
    .filter((name) => isKnown(name) && !ECR.test(name));
  if (images.length > 0) {
    warnLate(scope, 'HaNetwork.imageOutOfReach', `with NatMode.NONE nothing leads to the registries of ${[...new Set(images)].join(', ')}: `
      + 'copy these images to ECR, by hand or by a first pull through a cache rule from elsewhere, and name them there; or choose another natMode');
  }
  return [];
}
