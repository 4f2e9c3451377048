import { aws_ecs as ecs, aws_logs as logs, RemovalPolicy, Size } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A task on its own network interface. */
export function defineTask(
  scope: Construct, id: string, cpu: number, memoryMiB: number, volumes?: ecs.Volume[], compatibility = ecs.Compatibility.EC2,
): ecs.TaskDefinition {
  const task = new ecs.TaskDefinition(scope, id, {
    compatibility,
    networkMode: ecs.NetworkMode.AWS_VPC,
    cpu: `${cpu}`,
    memoryMiB: `${memoryMiB}`,
    volumes,
  });
  // The L2 takes a platform for Fargate only.
  (task.node.defaultChild as ecs.CfnTaskDefinition).runtimePlatform = { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' };
  return task;
}

export function closedLinuxParameters(task: ecs.TaskDefinition): ecs.LinuxParameters {
  const parameters = new ecs.LinuxParameters(task, 'LinuxParameters', { initProcessEnabled: true });
  parameters.dropCapabilities(ecs.Capability.ALL);
  return parameters;
}

/** Logs that cannot stop the container. */
export function containerLogs(scope: Construct, id: string, streamPrefix: string, removalPolicy = RemovalPolicy.RETAIN): ecs.LogDriver {
  return ecs.LogDrivers.awsLogs({
    logGroup: new logs.LogGroup(scope, id, { retention: logs.RetentionDays.ONE_MONTH, removalPolicy }),
    streamPrefix,
    mode: ecs.AwsLogDriverMode.NON_BLOCKING,
    maxBufferSize: Size.mebibytes(25),
  });
}
