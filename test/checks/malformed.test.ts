import { Stack, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_ecs_patterns as patterns, aws_efs as efs, aws_rds as rds } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { NetworkPaths } from '../../src/paths/network-paths';
import { testStack } from '../fixtures';
import { contentOf, stackTemplate } from './apps';

/** What stands where something else belongs. */
const RUBBISH: unknown[] = [null, {}, 'text', -1, [[null]], { Ref: null }, { 'Fn::GetAtt': [] }, { 'Fn::Join': 'x' }, { 'Fn::Sub': [] }, { 'Fn::Select': [9, {}] }];

function everything(paths: NetworkPaths): string {
  paths.canReach('10.0.0.0/8', 'Test', 3306);
  return paths.toJson();
}

describe('malformed templates never throw', () => {
  const template = templateOfAll();

  test('as a whole', () => {
    for (const rubbish of RUBBISH) {
      expect(() => everything(NetworkPaths._fromContent(contentOf([stackTemplate('Test', { Resources: rubbish, Outputs: rubbish, Parameters: rubbish })])))).not.toThrow();
    }
  });

  test.each(Object.keys(template.Resources))('in any property of %s', (logicalId) => {
    const resource = template.Resources[logicalId];
    const variants = variantsOf(resource);
    for (const variant of variants) {
      const resources = { ...template.Resources, [logicalId]: variant };
      expect(() => everything(NetworkPaths._fromContent(contentOf([stackTemplate('Test', { Resources: resources })])))).not.toThrow();
    }
  });

  test('where any resource is missing', () => {
    for (const logicalId of Object.keys(template.Resources)) {
      const { [logicalId]: _gone, ...rest } = template.Resources;
      expect(() => everything(NetworkPaths._fromContent(contentOf([stackTemplate('Test', { Resources: rest })])))).not.toThrow();
    }
  });
});

/** The resource with each of its properties, in turn, replaced by each piece of rubbish. */
function variantsOf(resource: Record<string, any>): unknown[] {
  const properties = Object.keys(resource.Properties ?? {});
  return RUBBISH.flatMap((rubbish) => [
    rubbish,
    { ...resource, Properties: rubbish },
    ...properties.map((name) => ({ ...resource, Properties: { ...resource.Properties, [name]: rubbish } })),
  ]);
}

/** Resources that the paths are read from; all others are left alone anyway. */
function templateOfAll(): { Resources: Record<string, Record<string, any>> } {
  const stack: Stack = testStack();
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1 });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
  const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'Asg', {
    vpc, instanceType: new ec2.InstanceType('t3.small'), machineImage: ecs.EcsOptimizedImage.amazonLinux2023(),
  });
  cluster.addAsgCapacityProvider(new ecs.AsgCapacityProvider(stack, 'Provider', { autoScalingGroup, enableManagedDraining: true }));
  const image = ecs.ContainerImage.fromRegistry('nginx');
  const web = new patterns.ApplicationLoadBalancedEc2Service(stack, 'Web', { cluster, memoryLimitMiB: 256, taskImageOptions: { image }, loadBalancer: undefined });
  const database = new rds.DatabaseInstance(stack, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.MARIADB });
  database.connections.allowDefaultPortFrom(web.service);
  new efs.FileSystem(stack, 'Files', { vpc }).connections.allowDefaultPortFrom(web.service);
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Record<string, any>> };
  const read = /EC2::|ECS::|AutoScaling::(Auto|Launch)|ElasticLoadBalancingV2|RDS|EFS/;
  return { Resources: Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => read.test(Type))) };
}
