import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { testCluster } from './builders';
import type { Ec2CapacityOptions } from '../../src/cluster/ec2-capacity-options';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { OneWriterPlacement } from '../../src/cluster/one-writer-placement';
import { testStack } from '../fixtures';

const types = (...names: string[]) => names.map((name) => new ec2.InstanceType(name));
const SPOT = { instanceTypes: types('m6i.large', 'm5.large') };

function capacity(options: Partial<Ec2CapacityOptions> = {}): EcsCapacity {
  return EcsCapacity.ec2({ instanceType: new ec2.InstanceType('m7i.large'), spot: SPOT, ...options });
}

test('instances above the smallest number are on Spot, of several types, and renewed before they are taken', () => {
  const stack = testStack();
  testCluster(capacity({ minInstances: 3 }), stack);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    CapacityRebalance: true,
    LaunchTemplate: Match.absent(),
    MixedInstancesPolicy: {
      InstancesDistribution: { OnDemandBaseCapacity: 3, OnDemandPercentageAboveBaseCapacity: 0, SpotAllocationStrategy: 'price-capacity-optimized' },
      LaunchTemplate: { Overrides: [{ InstanceType: 'm7i.large' }, { InstanceType: 'm6i.large' }, { InstanceType: 'm5.large' }] },
    },
  });
  expect(JSON.stringify(template.findResources('AWS::EC2::LaunchTemplate'))).toContain('ECS_ENABLE_SPOT_INSTANCE_DRAINING=true');
});

test('without spot there is no mixed policy', () => {
  const stack = testStack();
  testCluster(capacity({ spot: undefined }), stack);
  Template.fromStack(stack).hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', { MixedInstancesPolicy: Match.absent(), CapacityRebalance: Match.absent() });
});

test.each<[string, Partial<Ec2CapacityOptions>, RegExp]>([
  ['beside one-writer tasks', { oneWriterPlacement: OneWriterPlacement.INSTANCES }, /spot together with OneWriterPlacement\.INSTANCES.*run on Fargate/],
  ['of a single type more', { spot: { instanceTypes: types('m6i.large') } }, /spot\.instanceTypes has 1 type\(s\)/],
  ['of another CPU', { spot: { instanceTypes: types('m7g.large', 'm6g.large') } }, /EcsCapacity\.ec2: /],
  ['with all on demand', { spot: { ...SPOT, onDemandPercent: 100 } }, /spot\.onDemandPercent is 100/],
])('fails for Spot %s', (_title, options, message) => {
  expect(() => capacity(options)).toThrow(message);
});
