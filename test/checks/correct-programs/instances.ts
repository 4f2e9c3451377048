import { aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import type { StackProgram } from './program';
import { closedGroup } from './program';
import { ec2Cluster, ec2Task, fileSystem, image, loadBalancer, mount, network } from '../rules/plain';
import type { Ec2ClusterProps } from '../rules/plain';

function onInstances(stack: Stack, task: ecs.Ec2TaskDefinition, capacity: Ec2ClusterProps = {}, props: Partial<ecs.Ec2ServiceProps> = {}) {
  const made = ec2Cluster(stack, capacity);
  const service = new ecs.Ec2Service(stack, 'Service', { cluster: made.cluster, taskDefinition: task, desiredCount: 2, capacityProviderStrategies: made.strategies, ...props });
  return { ...made, service };
}

/** A bridge service whose instances let its load balancer in on a span of ports. */
const dynamicPorts = (from: number, to: number): StackProgram => (stack) => {
  const { vpc, group, service } = onInstances(stack, ec2Task(stack));
  const listener = loadBalancer(stack, vpc);
  listener.addTargets('Target', { port: 80, targets: [service] });
  group.connections.allowFrom(listener.loadBalancer, ec2.Port.tcpRange(from, to));
};

const AWSVPC = { networkMode: ecs.NetworkMode.AWS_VPC };
const DISTINCT = { placementConstraints: [ecs.PlacementConstraint.distinctInstances()] };

/** ECS on instances of every kind. */
export const INSTANCES: Record<string, StackProgram> = {
  'bridge tasks on the ports of the kernel': dynamicPorts(32768, 60999),
  'bridge tasks on the ports of the template of AWS': dynamicPorts(31000, 61000),
  'bridge tasks on all high ports': dynamicPorts(32768, 65535),
  'bridge tasks on the ports of old Docker': dynamicPorts(49153, 65535),
  'bridge tasks with a host port, one on each instance': (stack) => {
    onInstances(stack, ec2Task(stack, {}, { portMappings: [{ containerPort: 80, hostPort: 80 }] }), { max: 4 });
  },
  'bridge tasks with a host port that are stopped before they are replaced': (stack) => {
    const task = ec2Task(stack, {}, { portMappings: [{ containerPort: 80, hostPort: 80 }] });
    onInstances(stack, task, { max: 2 }, { minHealthyPercent: 50, maxHealthyPercent: 100 });
  },
  'host tasks behind a load balancer': (stack) => {
    const { vpc, group, service } = onInstances(stack, ec2Task(stack, { networkMode: ecs.NetworkMode.HOST }), { max: 8 });
    const listener = loadBalancer(stack, vpc);
    listener.addTargets('Target', { port: 80, targets: [service] });
    group.connections.allowFrom(listener.loadBalancer, ec2.Port.tcp(80));
  },
  'awsvpc tasks on instances': (stack) => {
    const { vpc, service } = onInstances(stack, ec2Task(stack, AWSVPC), { instanceType: 'm5.xlarge' });
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [service] });
  },
  'a daemon with a host port': (stack) => {
    const task = ec2Task(stack, {}, { portMappings: [{ containerPort: 8126, hostPort: 8126 }] });
    onInstances(stack, task, {}, { daemon: true, desiredCount: undefined });
  },
  'a daemon of host network that writes files': (stack) => {
    const task = ec2Task(stack, { networkMode: ecs.NetworkMode.HOST });
    const { vpc, group } = onInstances(stack, task, {}, { daemon: true, desiredCount: undefined });
    const files = fileSystem(stack, vpc);
    mount(task, files, '/var/log/agent');
    files.connections.allowDefaultPortFrom(group);
  },
  'bridge containers that know each other by links': (stack) => {
    const task = ec2Task(stack, {}, { environment: { CACHE_HOST: 'cache' } });
    task.defaultContainer!.addLink(task.addContainer('cache', { image: image('valkey:8'), memoryLimitMiB: 128 }), 'cache');
    onInstances(stack, task);
  },
  'bridge tasks that write to EFS through their instances': (stack) => {
    const task = ec2Task(stack);
    const { vpc, group } = onInstances(stack, task);
    const files = fileSystem(stack, vpc);
    mount(task, files, '/uploads');
    files.connections.allowDefaultPortFrom(group);
  },
  'Managed Instances': (stack) => {
    const vpc = network(stack);
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
    const provider = new ecs.ManagedInstancesCapacityProvider(stack, 'Provider', {
      subnets: vpc.privateSubnets,
      securityGroups: [closedGroup(stack, vpc)],
      ec2InstanceProfile: new iam.InstanceProfile(stack, 'Profile', { role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }) }),
      instanceRequirements: { vCpuCountMin: 1, memoryMin: { toMebibytes: () => 2048 } as never },
    });
    cluster.addManagedInstancesCapacityProvider(provider);
    const task = new ecs.TaskDefinition(stack, 'Task', { compatibility: ecs.Compatibility.MANAGED_INSTANCES, cpu: '256', memoryMiB: '512', networkMode: ecs.NetworkMode.AWS_VPC });
    task.addContainer('web', { image: image('web:1'), portMappings: [{ containerPort: 80 }] });
    new ecs.FargateService(stack, 'Service', { cluster, taskDefinition: task as never, capacityProviderStrategies: [{ capacityProvider: provider.capacityProviderName, weight: 1 }] });
  },
  'tasks on machines of one\'s own': (stack) => {
    const task = new ecs.ExternalTaskDefinition(stack, 'Task');
    task.addContainer('web', { image: image('web:1'), memoryLimitMiB: 256 });
    new ecs.ExternalService(stack, 'Service', { cluster: new ecs.Cluster(stack, 'Cluster', { vpc: network(stack) }), taskDefinition: task });
  },
  'instances of several types, Spot among them': (stack) => {
    const vpc = network(stack);
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
    const launchTemplate = new ec2.LaunchTemplate(stack, 'Launch', {
      instanceType: new ec2.InstanceType('m5.large'),
      machineImage: ecs.EcsOptimizedImage.amazonLinux2023(),
      userData: ec2.UserData.forLinux(),
      securityGroup: new ec2.SecurityGroup(stack, 'Hosts', { vpc }),
      role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
    });
    const autoScalingGroup = new autoscaling.AutoScalingGroup(stack, 'Asg', {
      vpc, minCapacity: 2, maxCapacity: 6, mixedInstancesPolicy: { launchTemplate, launchTemplateOverrides: [{ instanceType: new ec2.InstanceType('m5.large') }, { instanceType: new ec2.InstanceType('m6i.large') }] },
    });
    const provider = new ecs.AsgCapacityProvider(stack, 'Provider', { autoScalingGroup });
    cluster.addAsgCapacityProvider(provider);
    new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: ec2Task(stack), desiredCount: 2, capacityProviderStrategies: [{ capacityProvider: provider.capacityProviderName, weight: 1 }] });
  },
  'instances that a cluster adds itself': (stack) => {
    const vpc = network(stack);
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
    cluster.addCapacity('Capacity', { instanceType: new ec2.InstanceType('t3.large'), minCapacity: 2, machineImage: ecs.EcsOptimizedImage.amazonLinux2023() });
    const service = new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: ec2Task(stack), desiredCount: 2 });
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [service] });
  },
  'Graviton, all through': (stack) => {
    const task = ec2Task(stack);
    (task.node.defaultChild as ecs.CfnTaskDefinition).runtimePlatform = { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' };
    onInstances(stack, task, { instanceType: 'm7g.large', machineImage: ecs.EcsOptimizedImage.amazonLinux2023(ecs.AmiHardwareType.ARM) });
  },
  'an instance for each task, with room for a deployment': (stack) => {
    onInstances(stack, ec2Task(stack), { max: 4 }, { ...DISTINCT, desiredCount: 2 });
  },
  'an instance for each task, stopped before they are replaced': (stack) => {
    onInstances(stack, ec2Task(stack), { max: 2 }, { ...DISTINCT, desiredCount: 2, minHealthyPercent: 50, maxHealthyPercent: 100 });
  },
  'blue/green on instances with room for both': (stack) => {
    onInstances(stack, ec2Task(stack, AWSVPC), { instanceType: 'm5.2xlarge', max: 6 }, { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN });
  },
  'a capacity provider that another app made': (stack) => {
    const cluster = ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shared', vpc: network(stack), hasEc2Capacity: true });
    new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: ec2Task(stack, AWSVPC), capacityProviderStrategies: [{ capacityProvider: 'shared', weight: 1 }] });
  },
};
