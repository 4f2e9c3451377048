import { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { testPair } from './pair';
import { ec2Cluster, ec2Task, fargateTask, image } from './plain';
import type { Ec2ClusterProps } from './plain';
import { instanceSize } from '../../../src/private/aws/instance-types';

function service(stack: Stack, capacity: Ec2ClusterProps, taskDefinition: ecs.Ec2TaskDefinition, props: Partial<ecs.Ec2ServiceProps> = {}, id = 'Service') {
  const { cluster, strategies } = ec2Cluster(stack, capacity);
  return new ecs.Ec2Service(stack, id, { cluster, taskDefinition, desiredCount: 2, capacityProviderStrategies: strategies, ...props });
}

const DISTINCT: Partial<ecs.Ec2ServiceProps> = { placementConstraints: [ecs.PlacementConstraint.distinctInstances()], minHealthyPercent: 100 };

testPair({
  rule: 'distinct-instance-room',
  mistake: 'as many instances as tasks, and none to spare for a deployment',
  sees: /a deployment of 4 tasks at 200 % needs 8 distinct instances, but the Auto Scaling groups grow to 4/,
  fails: (stack) => service(stack, { max: 4 }, ec2Task(stack), { ...DISTINCT, desiredCount: 4 }),
  passes: (stack) => service(stack, { max: 6 }, ec2Task(stack), { ...DISTINCT, desiredCount: 4, maxHealthyPercent: 150 }),
});

testPair({
  rule: 'distinct-instance-room',
  mistake: 'room for the tasks of today, not for those that scaling adds',
  sees: /a deployment of 10 tasks at 150 % needs 15 distinct instances, but the Auto Scaling groups grow to 10/,
  fails: (stack) => service(stack, { max: 10 }, ec2Task(stack), { ...DISTINCT, maxHealthyPercent: 150 })
    .autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 }),
  passes: (stack) => service(stack, { max: 15 }, ec2Task(stack), { ...DISTINCT, maxHealthyPercent: 150 })
    .autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 }),
});

testPair({
  rule: 'blue-green-capacity',
  mistake: 'blue/green on instances that hold one colour',
  sees: /4 tasks in both colours are 8, but the Auto Scaling groups hold 4 of them/,
  fails: (stack) => service(stack, { max: 4 }, ec2Task(stack, {}, { cpu: 2048 }), {
    desiredCount: 4, deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN,
  }),
  passes: (stack) => service(stack, { max: 8 }, ec2Task(stack, {}, { cpu: 2048 }), {
    desiredCount: 4, deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN,
  }),
});

const AWSVPC: ecs.Ec2TaskDefinitionProps = { networkMode: ecs.NetworkMode.AWS_VPC };

testPair({
  rule: 'network-interfaces-for-tasks',
  mistake: 'ten awsvpc tasks on four t3.small',
  sees: /t3\.small has 3 network interfaces, so 2 awsvpc tasks each; 4 instances hold 8, but Test\/Service may want 10/,
  fails: (stack) => service(stack, { instanceType: 't3.small', max: 4 }, ec2Task(stack, AWSVPC), { desiredCount: 10 }),
  passes: (stack) => service(stack, { instanceType: 't3.small', max: 5 }, ec2Task(stack, AWSVPC), { desiredCount: 10 }),
});

testPair({
  rule: 'task-larger-than-instance',
  mistake: 'a task of 2 GiB on instances of 2 GiB, of which the system keeps a part',
  sees: /reserves 256 CPU units and 2048 MiB, but t3\.small has 2048 units and less than 2048 MiB for tasks/,
  fails: (stack) => service(stack, { instanceType: 't3.small' }, ec2Task(stack, {}, { memoryLimitMiB: 2048 })),
  passes: (stack) => service(stack, { instanceType: 't3.medium' }, ec2Task(stack, {}, { memoryLimitMiB: 2048 })),
});

testPair({
  rule: 'task-larger-than-instance',
  mistake: 'more CPU units than the instance has vCPUs',
  sees: /reserves 4096 CPU units/,
  fails: (stack) => service(stack, { instanceType: 'm5.large' }, ec2Task(stack, {}, { cpu: 4096 })),
  // A type that is not in the table is not judged.
  passes: (stack) => service(stack, { instanceType: 'hpc7g.4xlarge', machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM) }, ec2Task(stack, {}, { cpu: 409_600 })),
});

testPair({
  rule: 'host-port-collision',
  mistake: 'two tasks with host port 80 and one instance',
  sees: /host port 80 allows one task per instance; 2 tasks and their replacements need 2 instances, but the Auto Scaling groups grow to 1/,
  fails: (stack) => service(stack, { min: 1, max: 1 }, ec2Task(stack, {}, { portMappings: [{ containerPort: 80, hostPort: 80 }] })),
  passes: (stack) => service(stack, { min: 1, max: 1 }, ec2Task(stack, {}, { portMappings: [{ containerPort: 80 }] })),
});

testPair({
  rule: 'host-port-collision',
  mistake: 'two containers of an awsvpc task on one port',
  sees: /container nginx needs port 80\/tcp, which another container of the task has/,
  fails: (stack) => fargateTask(stack).addContainer('nginx', { image: image('nginx:1.27'), portMappings: [{ containerPort: 80 }] }),
  passes: (stack) => fargateTask(stack).addContainer('nginx', { image: image('nginx:1.27'), portMappings: [{ containerPort: 8080 }] }),
});

testPair({
  rule: 'host-port-collision',
  mistake: 'two services that want the same port of too few instances',
  sees: /host port 80 is also that of Test\/Service: their 4 tasks need an instance each, but Test\/Asg grows to 3/,
  fails: (stack) => twoServices(stack, 3),
  passes: (stack) => twoServices(stack, 4),
});

function twoServices(stack: Stack, max: number): void {
  const { cluster, strategies } = ec2Cluster(stack, { max });
  const taskDefinition = ec2Task(stack, {}, { portMappings: [{ containerPort: 80, hostPort: 80 }] });
  for (const id of ['Service', 'Other']) {
    new ecs.Ec2Service(stack, id, { cluster, taskDefinition, desiredCount: 2, minHealthyPercent: 0, capacityProviderStrategies: strategies });
  }
}

testPair({
  rule: 'architecture-mismatch',
  mistake: 'an arm64 machine image on a t2.medium, which is x86',
  sees: /t2\.medium is X86_64, but the machine image .*arm64.* is ARM64/,
  fails: (stack) => ec2Cluster(stack, { instanceType: 't2.medium', machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM) }),
  passes: (stack) => ec2Cluster(stack, { instanceType: 't4g.medium', machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM) }),
});

testPair({
  rule: 'architecture-mismatch',
  mistake: 'an ARM64 task on x86 instances',
  sees: /the task of Test\/Service asks for ARM64, but its instances are m5\.large, which is X86_64/,
  fails: (stack) => service(stack, {}, platform(ec2Task(stack), 'ARM64')),
  passes: (stack) => service(stack, {}, platform(ec2Task(stack), 'X86_64')),
});

function platform(task: ecs.Ec2TaskDefinition, cpuArchitecture: string): ecs.Ec2TaskDefinition {
  (task.node.defaultChild as ecs.CfnTaskDefinition).runtimePlatform = { cpuArchitecture, operatingSystemFamily: 'LINUX' };
  return task;
}

testPair({
  rule: 'fargate-task-size',
  mistake: 'a quarter of a vCPU with 4 GiB',
  sees: /256 CPU units with 4096 MiB/,
  fails: (stack) => size(fargateTask(stack), '256', '4096'),
  passes: (stack) => size(fargateTask(stack), '1024', '3072'),
});

function size(task: ecs.FargateTaskDefinition, cpu: string, memory: string): void {
  const resource = task.node.defaultChild as ecs.CfnTaskDefinition;
  resource.cpu = cpu;
  resource.memory = memory;
}

test('a group of several instance types is judged by the largest that fits', () => {
  expect(instanceSize(new ec2.InstanceType('t3.large').toString())!.memoryMiB).toBe(8192);
});
