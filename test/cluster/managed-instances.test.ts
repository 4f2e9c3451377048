import { aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';
import { testCluster, testService, testVpc } from './builders';

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  const stack = testStack(context);
  testService(stack, testCluster(EcsCapacity.managedInstances(), stack));
  const template = Template.fromStack(stack);
  const [[provider, definition]] = Object.entries(template.findResources('AWS::ECS::CapacityProvider'));

  test('tasks are for managed instances, and services run by their capacity provider', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', { RequiresCompatibilities: ['MANAGED_INSTANCES'], NetworkMode: 'awsvpc' });
    template.hasResourceProperties('AWS::ECS::Service', {
      LaunchType: Match.absent(), CapacityProviderStrategy: [{ CapacityProvider: { Ref: provider }, Weight: 1 }],
    });
    template.hasResource('AWS::ECS::Service', { DependsOn: Match.arrayWith([provider]) });
    expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
  });

  test('instances lie in private subnets of two zones, with a group that lets out HTTPS only', () => {
    const network = definition.Properties.ManagedInstancesProvider.InstanceLaunchTemplate.NetworkConfiguration;
    expect(network.Subnets).toHaveLength(2);
    expect(network.SecurityGroups).toHaveLength(1);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Managed instances of an ECS cluster',
      SecurityGroupEgress: [Match.objectLike({ FromPort: 443, ToPort: 443 })],
    });
  });

  test('roles have no fixed names, and ECS may pass the one of the instances', () => {
    for (const role of Object.values(template.findResources('AWS::IAM::Role'))) expect(role.Properties).not.toHaveProperty('RoleName');
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: 'iam:PassRole', Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('InstanceRole'), 'Arn'] } })] },
    });
  });

  test('the roles outlive the provider', () => {
    const policies = Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) => id.includes('InfrastructureRole'));
    expect(definition.DependsOn).toEqual(expect.arrayContaining(policies));
  });
});

test('roles, storage and limits can be chosen', () => {
  const stack = testStack();
  const role = iam.Role.fromRoleName(stack, 'Role', 'LabRole', { mutable: false });
  testCluster(EcsCapacity.managedInstances({
    cpuArchitecture: ecs.CpuArchitecture.ARM64,
    infrastructureRole: role,
    instanceProfile: iam.InstanceProfile.fromInstanceProfileAttributes(stack, 'Profile', {
      instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/LabInstanceProfile', role,
    }),
    taskVolumeStorage: Size.gibibytes(100),
    instanceRequirements: { vCpuCountMin: 2, memoryMin: Size.gibibytes(4) },
  }), stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.hasResourceProperties('AWS::ECS::CapacityProvider', {
    ManagedInstancesProvider: {
      InstanceLaunchTemplate: { StorageConfiguration: { StorageSizeGiB: 100 }, InstanceRequirements: { VCpuCount: { Min: 2 } } },
    },
  });
});

test('an imported cluster can be given managed instances', () => {
  const stack = testStack();
  const vpc = testVpc(stack);
  const existingCluster = ecs.Cluster.fromClusterArn(stack, 'Existing', 'arn:aws:ecs:eu-west-1:111122223333:cluster/shared');
  testService(stack, testCluster(EcsCapacity.managedInstances(), stack, { vpc, existingCluster }));
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::CapacityProvider', { ClusterName: 'shared' });
});

test('fails for subnets in one zone', () => {
  const stack = new Stack(undefined, 'Test');
  const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });
  const capacity = EcsCapacity.managedInstances({ vpcSubnets: { subnets: [vpc.privateSubnets[0]] } });
  expect(() => testCluster(capacity, stack, { vpc })).toThrow(/vpcSubnets spans 1 availability zone\(s\) \(eu-west-1a\).*choose subnets in at least two/);
});
