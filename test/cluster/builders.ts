import { App, aws_ec2 as ec2, aws_ecs as ecs, Stack } from 'aws-cdk-lib';
import type { EcsCapacity } from '../../src/cluster/ecs-capacity';
import type { HaEcsClusterProps } from '../../src/cluster/ha-ecs-cluster';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import type { ServiceProps } from '../../src/ecs/define-service';
import { defineService } from '../../src/ecs/define-service';
import type { TaskProps } from '../../src/ecs/define-task';
import { defineTask } from '../../src/ecs/define-task';
import { closedSecurityGroup } from '../../src/private/security-group';
import { testStack } from '../fixtures';

export function testVpc(stack: Stack): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false });
}

/** A cluster named `Cluster` in a VPC named `Vpc`, in a stack of its own unless one is given. */
export function testCluster(capacity: EcsCapacity | undefined, stack: Stack = testStack(), props: Partial<HaEcsClusterProps> = {}): HaEcsCluster {
  return new HaEcsCluster(stack, 'Cluster', { ...props, vpc: props.vpc ?? testVpc(stack), capacity });
}

/** A task with one container that listens on port 80. */
export function testTask(stack: Stack, cluster: HaEcsCluster, props: Partial<TaskProps> = {}): ecs.TaskDefinition {
  const task = defineTask(stack, 'Task', cluster, { memoryMiB: 512, ...props });
  task.addContainer('web', { image: ecs.ContainerImage.fromRegistry('example/web:1'), portMappings: [{ containerPort: 80 }] });
  return task;
}

/** A service like the web application's, without a frontend. */
export function testService(stack: Stack, cluster: HaEcsCluster, props: Partial<ServiceProps> = {}): ecs.BaseService {
  const taskDefinition = props.taskDefinition ?? testTask(stack, cluster);
  return defineService(stack, 'Service', cluster, {
    taskDefinition,
    securityGroup: taskDefinition.networkMode === ecs.NetworkMode.AWS_VPC
      ? closedSecurityGroup(stack, 'TaskSecurityGroup', cluster.vpc, 'Tasks')
      : undefined,
    minHealthyPercent: 100,
    maxHealthyPercent: 150,
    zoneRebalancing: true,
    interruptible: true,
    ...props,
  });
}

/** Two stacks of one app: the cluster's, and one for what runs on it. */
export function twoStacks(context: Record<string, unknown> = {}): [Stack, Stack] {
  const app = new App({ context });
  return [new Stack(app, 'Base', { env: { region: 'eu-west-1' } }), new Stack(app, 'Web', { env: { region: 'eu-west-1' } })];
}
