import {
  aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_elasticloadbalancingv2 as elbv2,
  aws_logs as logs, aws_rds as rds,
} from 'aws-cdk-lib';
import type { Duration, Stack } from 'aws-cdk-lib';

/** Bricks of apps that know nothing of this library. */

export function network(stack: Stack, props: ec2.VpcProps = {}): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false, ...props });
}

export interface Ec2ClusterProps {
  readonly vpc?: ec2.Vpc;
  readonly instanceType?: string;
  readonly machineImage?: ec2.IMachineImage;
  readonly min?: number;
  readonly max?: number;
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** On, as the CDK has it, unless said otherwise. */
  readonly terminationProtection?: boolean;
  readonly maxInstanceLifetime?: Duration;
}

export interface Ec2Cluster {
  readonly vpc: ec2.Vpc;
  readonly cluster: ecs.Cluster;
  readonly group: autoscaling.AutoScalingGroup;
  readonly strategies: ecs.CapacityProviderStrategy[];
}

/** A cluster with one capacity provider, as the CDK's manual shows it. */
export function ec2Cluster(stack: Stack, props: Ec2ClusterProps = {}): Ec2Cluster {
  const vpc = props.vpc ?? network(stack);
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
  const group = new autoscaling.AutoScalingGroup(stack, 'Asg', {
    vpc,
    vpcSubnets: props.vpcSubnets,
    instanceType: new ec2.InstanceType(props.instanceType ?? 'm5.large'),
    machineImage: props.machineImage ?? ecs.EcsOptimizedImage.amazonLinux2023(),
    minCapacity: props.min ?? 2,
    maxCapacity: props.max ?? 4,
    maxInstanceLifetime: props.maxInstanceLifetime,
  });
  const provider = new ecs.AsgCapacityProvider(stack, 'Provider', {
    autoScalingGroup: group, enableManagedTerminationProtection: props.terminationProtection,
  });
  cluster.addAsgCapacityProvider(provider);
  return { vpc, cluster, group, strategies: [{ capacityProvider: provider.capacityProviderName, weight: 1 }] };
}

export function ec2Task(
  stack: Stack, props: ecs.Ec2TaskDefinitionProps = {}, container: Partial<ecs.ContainerDefinitionOptions> = {},
): ecs.Ec2TaskDefinition {
  const task = new ecs.Ec2TaskDefinition(stack, 'Task', props);
  task.addContainer('web', { image: image('web:1'), memoryLimitMiB: 512, cpu: 256, portMappings: [{ containerPort: 80 }], ...container });
  return task;
}

export function fargateTask(
  stack: Stack, container: Partial<ecs.ContainerDefinitionOptions> = {}, props: ecs.FargateTaskDefinitionProps = {}, id = 'Task',
): ecs.FargateTaskDefinition {
  const task = new ecs.FargateTaskDefinition(stack, id, props);
  task.addContainer('web', { image: image('web:1'), portMappings: [{ containerPort: 80 }], ...container });
  return task;
}

export function fargateService(
  stack: Stack, vpc: ec2.IVpc, taskDefinition: ecs.FargateTaskDefinition, props: Partial<ecs.FargateServiceProps> = {}, id = 'Service',
): ecs.FargateService {
  const cluster = stack.node.tryFindChild('Cluster') as ecs.Cluster | undefined ?? new ecs.Cluster(stack, 'Cluster', { vpc });
  return new ecs.FargateService(stack, id, { cluster, taskDefinition, desiredCount: 2, minHealthyPercent: 100, ...props });
}

export function image(name: string): ecs.ContainerImage {
  return ecs.ContainerImage.fromRegistry(`public.ecr.aws/library/${name}`);
}

export function loadBalancer(stack: Stack, vpc: ec2.IVpc): elbv2.ApplicationListener {
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
  return balancer.addListener('Http', { port: 80 });
}

export function mysql(stack: Stack, vpc: ec2.IVpc, props: Partial<rds.DatabaseInstanceProps> = {}): rds.DatabaseInstance {
  return new rds.DatabaseInstance(stack, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0 }), ...props });
}

export function fileSystem(stack: Stack, vpc: ec2.IVpc, props: Partial<efs.FileSystemProps> = {}): efs.FileSystem {
  return new efs.FileSystem(stack, 'Files', { vpc, ...props });
}

function dataDirectory(files: efs.FileSystem): efs.AccessPoint {
  return files.addAccessPoint('Data', { path: '/data', createAcl: { ownerUid: '999', ownerGid: '999', permissions: '0750' }, posixUser: { uid: '999', gid: '999' } });
}

/** Mounts a directory of the file system into the task's first container, with everything that protects it. */
export function mount(task: ecs.TaskDefinition, files: efs.FileSystem, path: string, accessPoint = dataDirectory(files)): void {
  files.grantReadWrite(task.taskRole);
  task.addVolume({
    name: 'data',
    efsVolumeConfiguration: {
      fileSystemId: files.fileSystemId,
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId: accessPoint.accessPointId, iam: 'ENABLED' },
    },
  });
  task.defaultContainer!.addMountPoints({ containerPath: path, sourceVolume: 'data', readOnly: false });
}

export function oneWriter(): Partial<ecs.FargateServiceProps> {
  return { desiredCount: 1, minHealthyPercent: 0, maxHealthyPercent: 100, availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.DISABLED };
}

export function boundedLogs(stack: Stack): logs.LogGroup {
  return new logs.LogGroup(stack, 'Logs', { retention: logs.RetentionDays.ONE_MONTH });
}
