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

// vCPUs, GiB of memory and network interfaces, as the tables of EC2 have them.
test.each([
  ['t3.nano', 2, 0.5, 2], ['t3.micro', 2, 1, 2], ['t3.small', 2, 2, 3], ['t3.medium', 2, 4, 3], ['t3.large', 2, 8, 3], ['t3.xlarge', 4, 16, 4], ['t3.2xlarge', 8, 32, 4],
  ['t2.nano', 1, 0.5, 2], ['t2.micro', 1, 1, 2], ['t2.small', 1, 2, 3], ['t2.medium', 2, 4, 3], ['t2.large', 2, 8, 3], ['t2.xlarge', 4, 16, 3], ['t2.2xlarge', 8, 32, 3],
  ['t3a.small', 2, 2, 2], ['t3a.medium', 2, 4, 3], ['t4g.nano', 2, 0.5, 2],
])('%s has %d vCPU, %d GiB and %d interfaces, and takes no more of them', (name, vcpu, gib, interfaces) => {
  expect(instanceSize(name)).toEqual({ vcpu, memoryMiB: gib * 1024, interfaces, trunking: false });
});

test.each([
  ['m7g.medium', 1, 4, 2], ['m5.large', 2, 8, 3], ['m5.xlarge', 4, 16, 4], ['m5.2xlarge', 8, 32, 4], ['m5.4xlarge', 16, 64, 8], ['m5.8xlarge', 32, 128, 8], ['c5.9xlarge', 36, 72, 8],
  ['m5.12xlarge', 48, 192, 8], ['m5.16xlarge', 64, 256, 15], ['c5.18xlarge', 72, 144, 15], ['m5.24xlarge', 96, 384, 15], ['c6gd.medium', 1, 2, 2], ['r8g.large', 2, 16, 3],
  ['m5ad.large', 2, 8, 3], ['m6id.large', 2, 8, 3], ['c5d.large', 2, 4, 3], ['r7a.large', 2, 16, 3],
])('%s has %d vCPU, %d GiB and %d interfaces, and may have more of them', (name, vcpu, gib, interfaces) => {
  expect(instanceSize(name)).toEqual({ vcpu, memoryMiB: gib * 1024, interfaces, trunking: true });
});

test.each(['m4.large', 'm9g.large', 'm5n.large', 'm5.metal', 'c6a.medium', 't3.8xlarge', 't5.small', 'am5.large', '', 'large'])('of %p nothing is guessed', (name) => {
  expect(instanceSize(name)).toBeUndefined();
});
