import { Stack, aws_ecs as ecs } from 'aws-cdk-lib';

/** The architecture that a task definition of this app asks ECS for; ECS takes X86_64 where nothing is said. */
export function taskArchitecture(taskDefinition: ecs.TaskDefinition): ecs.CpuArchitecture {
  const platform = Stack.of(taskDefinition).resolve((taskDefinition.node.defaultChild as ecs.CfnTaskDefinition).runtimePlatform);
  return platform?.cpuArchitecture === 'ARM64' ? ecs.CpuArchitecture.ARM64 : ecs.CpuArchitecture.X86_64;
}
