import { aws_ecs as ecs } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import type { FargateSpotCapacityOptions } from '../../src/cluster/fargate-capacity';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';
import { testCluster, testService } from './builders';

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  const stack = testStack(context);
  testService(stack, testCluster(undefined, stack));
  const template = Template.fromStack(stack);

  test('Fargate is the default, with its providers on the cluster and no instances', () => {
    template.hasResourceProperties('AWS::ECS::ClusterCapacityProviderAssociations', { CapacityProviders: ['FARGATE', 'FARGATE_SPOT'] });
    template.hasResourceProperties('AWS::ECS::Service', { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: 1, Weight: 1 }] });
    template.resourceCountIs('AWS::AutoScaling::AutoScalingGroup', 0);
  });

  test('a service names no launch type and no placement, and waits for the association', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      LaunchType: Match.absent(), PlacementConstraints: Match.absent(), PlacementStrategies: Match.absent(),
    });
    const [association] = Object.keys(template.findResources('AWS::ECS::ClusterCapacityProviderAssociations'));
    template.hasResource('AWS::ECS::Service', { DependsOn: Match.arrayWith([association]) });
    expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
  });
});

test('Fargate Spot keeps a base on demand, and runs nothing there that must not be interrupted', () => {
  const cluster = testCluster(EcsCapacity.fargateSpot());
  expect(cluster.capacity.strategies).toEqual([
    { capacityProvider: 'FARGATE', base: 2, weight: 1 }, { capacityProvider: 'FARGATE_SPOT', weight: 3 },
  ]);
  expect(cluster.capacity.uninterruptedStrategies).toEqual([{ capacityProvider: 'FARGATE', base: 1, weight: 1 }]);
});

test('base, weights and architecture can be chosen', () => {
  const capacity = EcsCapacity.fargateSpot({ onDemandBase: 4, onDemandWeight: 0, spotWeight: 1, cpuArchitecture: ecs.CpuArchitecture.ARM64 });
  const cluster = testCluster(capacity);
  expect(cluster.capacity.strategies).toEqual([
    { capacityProvider: 'FARGATE', base: 4, weight: 0 }, { capacityProvider: 'FARGATE_SPOT', weight: 1 },
  ]);
  expect(cluster.capacity.cpuArchitecture).toBe(ecs.CpuArchitecture.ARM64);
});

test.each<[string, FargateSpotCapacityOptions, RegExp]>([
  ['without a base on demand', { onDemandBase: 0 }, /EcsCapacity\.fargateSpot: onDemandBase is 0, but must be a whole number from 1/],
  ['without Spot', { spotWeight: 0 }, /spotWeight is 0, .*use EcsCapacity\.fargate\(\)/],
  ['with a negative weight', { onDemandWeight: -1 }, /onDemandWeight is -1, but must be a whole number from 0 to 1000/],
])('fails %s', (_title, options, message) => {
  expect(() => EcsCapacity.fargateSpot(options)).toThrow(message);
});
