import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { HaNetwork } from '../../src/network/ha-network';
import { NatMode } from '../../src/network/nat-mode';
import { FLAG_CONTEXTS } from '../fixtures';
import type { Finding } from '../nag-report';
import { findings } from '../nag-report';

const capacities: Array<[string, EcsCapacity]> = [
  ['EC2', EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium') })],
  ['Fargate', EcsCapacity.fargate()],
  ['Fargate Spot', EcsCapacity.fargateSpot()],
  ['managed instances', EcsCapacity.managedInstances()],
];

/** What AwsSolutions finds; our own warnings are no part of it. */
function awsSolutionsFindings(build: (app: App) => void, context: Record<string, unknown>): Finding[] {
  return findings(build, (app) => [new AwsSolutionsChecks(app)], context).filter(({ rule }) => rule.startsWith('AwsSolutions'));
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test.each(capacities)('AwsSolutions has nothing against a cluster on %s', (_title, capacity) => {
    const build = (app: App) => {
      const stack = new Stack(app, 'Test', { env: { region: 'eu-west-1' } });
      const { vpc } = new HaNetwork(stack, 'Network');
      void new HaEcsCluster(stack, 'Cluster', { vpc, capacity }).namespace;
    };
    expect(awsSolutionsFindings(build, context)).toEqual([]);
  });

  test.each(Object.values(NatMode))('AwsSolutions has nothing against a network with NAT mode %s', (natMode) => {
    const build = (app: App) => { new HaNetwork(new Stack(app, 'Test', { env: { region: 'eu-west-1' } }), 'Network', { natMode }); };
    expect(awsSolutionsFindings(build, context)).toEqual([]);
  });
});
