import { aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, CfnParameter } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import type { TaskProps } from '../../src/ecs/define-task';
import { testCluster, testTask } from '../cluster/builders';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

const onEc2 = (type = 't3.medium') => EcsCapacity.ec2({ instanceType: new ec2.InstanceType(type) });

function synthesize(capacity: EcsCapacity, props: Partial<TaskProps> = {}, context: Record<string, unknown> = {}): Template {
  const stack = testStack(context);
  testTask(stack, testCluster(capacity, stack), props);
  return Template.fromStack(stack);
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test.each<[string, EcsCapacity, string, string]>([
    ['EC2', onEc2(), 'EC2', 'X86_64'],
    ['EC2 on Graviton', onEc2('t4g.medium'), 'EC2', 'ARM64'],
    ['Fargate', EcsCapacity.fargate(), 'FARGATE', 'X86_64'],
    ['Fargate on Graviton', EcsCapacity.fargate({ cpuArchitecture: ecs.CpuArchitecture.ARM64 }), 'FARGATE', 'ARM64'],
    ['managed instances', EcsCapacity.managedInstances(), 'MANAGED_INSTANCES', 'X86_64'],
  ])('a task on %s names its platform, reserves CPU and has an execution role', (_title, capacity, compatibility, architecture) => {
    synthesize(capacity, {}, context).hasResourceProperties('AWS::ECS::TaskDefinition', {
      RequiresCompatibilities: [compatibility],
      RuntimePlatform: { OperatingSystemFamily: 'LINUX', CpuArchitecture: architecture },
      NetworkMode: 'awsvpc',
      Cpu: '256',
      Memory: '512',
      ExecutionRoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('ExecutionRole'), 'Arn'] },
    });
  });
});

test('roles that are passed are used as they are', () => {
  const stack = testStack();
  const role = iam.Role.fromRoleName(stack, 'Lab', 'LabRole', { mutable: false });
  testTask(stack, testCluster(EcsCapacity.fargate(), stack), { taskRole: role, executionRole: role });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.hasResourceProperties('AWS::ECS::TaskDefinition', { ExecutionRoleArn: Match.objectLike({ 'Fn::Join': Match.anyValue() }) });
});

test('bridge mode exists on EC2', () => {
  synthesize(onEc2(), { networkMode: ecs.NetworkMode.BRIDGE }).hasResourceProperties('AWS::ECS::TaskDefinition', { NetworkMode: 'bridge' });
});

test.each([[512, '256'], [3072, '512'], [8192, '1024'], [30_720, '4096'], [122_880, '16384']])(
  'Fargate memory of %d MiB comes with the fewest CPU units: %s', (memoryMiB, cpu) => {
    synthesize(EcsCapacity.fargate(), { memoryMiB }).hasResourceProperties('AWS::ECS::TaskDefinition', { Cpu: cpu, Memory: String(memoryMiB) });
  });

test('sizes that are only known at deployment pass untouched', () => {
  const stack = testStack();
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  testTask(stack, testCluster(EcsCapacity.fargate(), stack), { cpu: number, memoryMiB: number });
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::TaskDefinition', { Cpu: { Ref: 'Number' }, Memory: { Ref: 'Number' } });
});

test.each<[string, EcsCapacity, Partial<TaskProps>, RegExp]>([
  ['CPU that Fargate does not offer', EcsCapacity.fargate(), { cpu: 300 }, /cpu is 300, but must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 on Fargate/],
  ['memory that does not go with the CPU', EcsCapacity.fargate(), { cpu: 256, memoryMiB: 4096 },
    /cpu is 256 with memoryMiB 4096, but must be memoryMiB 512, 1024, 2048 with cpu 256 on Fargate: .*or cpu to 512/],
  ['memory between the steps', EcsCapacity.fargate(), { cpu: 1024, memoryMiB: 2500 }, /memoryMiB 2048 to 8192 in steps of 1024 with cpu 1024/],
  ['memory that goes with no CPU', EcsCapacity.fargate(), { memoryMiB: 700 }, /memoryMiB is 700, but must be one of the Fargate sizes: 512, 1024, 2048 \(cpu 256\)/],
  ['bridge mode on Fargate', EcsCapacity.fargate(), { networkMode: ecs.NetworkMode.BRIDGE }, /networkMode is bridge on FARGATE capacity, .*EcsCapacity\.ec2\(\)/],
  ['bridge mode on managed instances', EcsCapacity.managedInstances(), { networkMode: ecs.NetworkMode.BRIDGE }, /networkMode is bridge on MANAGED_INSTANCES capacity/],
  ['host mode on EC2', onEc2(), { networkMode: ecs.NetworkMode.HOST }, /networkMode is host on EC2 capacity, but must be awsvpc or bridge/],
  ['a CPU reservation too small to measure', onEc2(), { cpu: 64 }, /cpu is 64, but must be a whole number of at least 128/],
  ['broken memory', onEc2(), { memoryMiB: 0.5 }, /memoryMiB is 0\.5, but must be a whole number/],
])('fails for %s', (_title, capacity, props, message) => {
  expect(() => synthesize(capacity, props)).toThrow(message);
});
