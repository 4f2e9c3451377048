import { instanceArchitecture, instanceSize, interfacesForTasks, machineImageArchitecture } from '../../../src/private/aws/instance-types';

test.each([
  ['t2.micro', { vcpu: 1, memoryMiB: 1024, interfaces: 2, trunking: false }],
  ['t3a.small', { vcpu: 2, memoryMiB: 2048, interfaces: 2, trunking: false }],
  ['t4g.xlarge', { vcpu: 4, memoryMiB: 16384, interfaces: 4, trunking: false }],
  ['m6g.medium', { vcpu: 1, memoryMiB: 4096, interfaces: 2, trunking: true }],
  ['c7i.2xlarge', { vcpu: 8, memoryMiB: 16384, interfaces: 4, trunking: true }],
  ['r5.24xlarge', { vcpu: 96, memoryMiB: 786432, interfaces: 15, trunking: true }],
  ['m5.medium', undefined],
  ['x2gd.large', undefined],
  ['nonsense', undefined],
  ['t3.small', { vcpu: 2, memoryMiB: 2048, interfaces: 3, trunking: false }],
  ['m5.large', { vcpu: 2, memoryMiB: 8192, interfaces: 3, trunking: true }],
  ['t3.metal', undefined],
])('%s offers %j', (name, expected) => {
  expect(instanceSize(name)).toEqual(expected);
});

test.each([
  ['t4g.small', 'ARM64'], ['m7g.large', 'ARM64'], ['a1.large', 'ARM64'], ['im4gn.large', 'ARM64'],
  ['t2.small', 'X86_64'], ['g5.xlarge', 'X86_64'], ['m6a.large', 'X86_64'], ['u-6tb1.metal', undefined],
])('%s is %s', (name, expected) => {
  expect(instanceArchitecture(name)).toBe(expected);
});

test.each([['t3.small', 2], ['m5.large', 2], ['m5.24xlarge', 14]])('%s has interfaces for %d tasks', (name, tasks) => {
  expect(interfacesForTasks(instanceSize(name)!)).toBe(tasks);
});

test.each([
  ['/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id', 'X86_64'],
  ['/aws/service/ecs/optimized-ami/amazon-linux-2/kernel-5.10/recommended/image_id', 'X86_64'],
  ['/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id', 'ARM64'],
  ['/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64', 'X86_64'],
  ['/aws/service/bottlerocket/aws-ecs-2/aarch64/latest/image_id', 'ARM64'],
  ['/my/image', undefined],
  ['ami-0123456789abcdef0', undefined],
])('the machine image %s is %p', (parameter, architecture) => {
  expect(machineImageArchitecture(parameter)).toBe(architecture);
});
