import { aws_ecs as ecs, Tokenization } from 'aws-cdk-lib';
import type { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fargateCpu } from './fargate-sizes';
import type { ClusterCapacity, IHaEcsCluster } from '../cluster/cluster-interface';
import { acknowledge } from '../private/acknowledge';
import { fail } from '../private/errors';
import { requireWhole } from '../private/numbers';

/** What a task needs, whatever it runs on. */
export interface TaskProps {
  /** That of the cluster, unless another of the same cluster is wanted. */
  readonly capacity?: ClusterCapacity;
  /** CPU units (1024 is one vCPU); by default the fewest that Fargate offers with the memory, 256 on instances. */
  readonly cpu?: number;
  readonly memoryMiB: number;
  /** `AWS_VPC` by default; `BRIDGE` on EC2 only. */
  readonly networkMode?: ecs.NetworkMode;
  readonly taskRole?: iam.IRole;
  readonly executionRole?: iam.IRole;
  readonly volumes?: ecs.Volume[];
}

/**
 * Defines a task definition that fits the cluster's capacity: compatibility, platform, and sizes that exist. It always has an
 * execution role, so that a service can wait for it.
 */
export function defineTask(scope: Construct, id: string, cluster: IHaEcsCluster, props: TaskProps): ecs.TaskDefinition {
  const { compatibility, cpuArchitecture } = props.capacity ?? cluster.capacity;
  const networkMode = props.networkMode ?? ecs.NetworkMode.AWS_VPC;
  requireNetworkMode(scope, networkMode, compatibility);

  const onEc2 = compatibility === ecs.Compatibility.EC2;
  const runtimePlatform = { operatingSystemFamily: ecs.OperatingSystemFamily.LINUX, cpuArchitecture };
  const task = new ecs.TaskDefinition(scope, id, {
    compatibility,
    networkMode,
    cpu: Tokenization.stringifyNumber(taskCpu(scope, compatibility, props)),
    memoryMiB: Tokenization.stringifyNumber(props.memoryMiB),
    taskRole: props.taskRole,
    executionRole: props.executionRole,
    volumes: props.volumes,
    runtimePlatform: onEc2 ? undefined : runtimePlatform,
  });
  if (onEc2) {
    // The L2 takes a platform for Fargate only, but ECS places by it on instances too.
    (task.node.defaultChild as ecs.CfnTaskDefinition).runtimePlatform = {
      operatingSystemFamily: 'LINUX',
      cpuArchitecture: cpuArchitecture._cpuArchitecture,
    };
  }
  const executionRole = task.obtainExecutionRole();
  if (props.executionRole === undefined) {
    acknowledge(
      executionRole,
      'AwsSolutions-IAM5[Resource::*]',
      'ecr:GetAuthorizationToken, which an image from ECR needs, knows no resource (IAM5).',
    );
  }
  return task;
}

function taskCpu(scope: Construct, compatibility: ecs.Compatibility, props: TaskProps): number {
  requireWhole(scope, { name: 'memoryMiB', value: props.memoryMiB, min: 4, ceiling: 33554432 });
  if (compatibility === ecs.Compatibility.FARGATE) return fargateCpu(scope, props.cpu, props.memoryMiB);
  // A reservation is what CPU utilization is measured against: without one, scaling at 70 % means nothing.
  const cpu = props.cpu ?? 256;
  requireWhole(scope, { name: 'cpu', value: cpu, min: 128, ceiling: 196608 });
  return cpu;
}

function requireNetworkMode(scope: Construct, networkMode: ecs.NetworkMode, compatibility: ecs.Compatibility): void {
  const onEc2 = compatibility === ecs.Compatibility.EC2;
  if (networkMode === ecs.NetworkMode.AWS_VPC || (onEc2 && networkMode === ecs.NetworkMode.BRIDGE)) return;
  fail(scope, {
    got: `networkMode is ${networkMode} on ${ecs.Compatibility[compatibility]} capacity`,
    allowed: onEc2 ? 'awsvpc or bridge' : 'awsvpc; bridge exists on EC2 capacity only',
    fix: onEc2 ? 'use ecs.NetworkMode.AWS_VPC or BRIDGE' : 'leave networkMode out, or use EcsCapacity.ec2()',
  });
}
