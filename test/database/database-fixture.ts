import { aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Ec2CapacityOptions } from '../../src/cluster/ec2-capacity-options';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { OneWriterPlacement } from '../../src/cluster/one-writer-placement';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import type { EfsBackedMysqlServiceProps } from '../../src/database/efs/mysql-service-options';
import { testStack } from '../fixtures';

export const onFargate = (): EcsCapacity => EcsCapacity.fargate();
export const onEc2 = (options: Partial<Ec2CapacityOptions> = {}): EcsCapacity =>
  EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium'), minInstances: 2, maxInstances: 4, ...options });

export const onInstances = (): EcsCapacity => onEc2({ oneWriterPlacement: OneWriterPlacement.INSTANCES });

export const CAPACITIES: ReadonlyArray<[string, () => EcsCapacity]> = [['Fargate', onFargate], ['EC2', onEc2], ['EC2 instances', onInstances]];

/** A cluster over two zones, in a stack of its own app unless one is given. */
export function cluster(scope: Stack = testStack(), capacity: EcsCapacity = onFargate()): HaEcsCluster {
  const vpc = new ec2.Vpc(scope, 'Vpc', { maxAzs: 2 });
  return new HaEcsCluster(scope, 'Cluster', { vpc, capacity, namespaceName: 'lab.internal' });
}

export function database(
  props: Partial<EfsBackedMysqlServiceProps> = {}, context: Record<string, unknown> = {}, capacity: EcsCapacity = onFargate(),
): EfsBackedMysqlService {
  const stack = testStack(context);
  return new EfsBackedMysqlService(stack, 'Database', { cluster: cluster(stack, capacity), databaseName: 'shop', ...props });
}

export function templateOf(construct: EfsBackedMysqlService): Template {
  return Template.fromStack(Stack.of(construct));
}

/** Properties and attributes of a synthesized resource; a template has no types. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Resource = any;

/** The one resource of a type whose logical id begins as given. */
export function only(template: Template, type: string, prefix = 'Database'): Resource {
  const found = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(prefix));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0][1];
}

export function serverOf(template: Template): Resource {
  return only(template, 'AWS::ECS::TaskDefinition', 'DatabaseTask').Properties.ContainerDefinitions[0];
}

export function dumpOf(template: Template): Resource {
  return only(template, 'AWS::ECS::TaskDefinition', 'DatabaseDumpTask').Properties.ContainerDefinitions[0];
}

export function variables(container: Resource): Record<string, string> {
  return Object.fromEntries(container.Environment.map((each: { Name: string; Value: string }) => [each.Name, each.Value]));
}
