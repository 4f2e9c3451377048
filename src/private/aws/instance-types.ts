/** What an EC2 instance type offers to ECS tasks. */
export interface InstanceSize {
  readonly vcpu: number;
  readonly memoryMiB: number;
  /** Network interfaces, of which the instance keeps one for itself. */
  readonly interfaces: number;
  /** Whether an account setting can give it more interfaces for tasks (ENI trunking). */
  readonly trunking: boolean;
}

/** Sizes of the families whose memory is a fixed share of their vCPUs: vCPUs and network interfaces. */
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  'medium': [1, 2],
  'large': [2, 3],
  'xlarge': [4, 4],
  '2xlarge': [8, 4],
  '4xlarge': [16, 8],
  '8xlarge': [32, 8],
  '9xlarge': [36, 8],
  '12xlarge': [48, 8],
  '16xlarge': [64, 15],
  '18xlarge': [72, 15],
  '24xlarge': [96, 15],
};

const MIB_PER_VCPU: Readonly<Record<string, number>> = { c: 2048, m: 4096, r: 8192 };

/** Burstable sizes: vCPUs, MiB and network interfaces; t2 has fewer vCPUs below large and fewer interfaces above it. */
const BURSTABLE: Readonly<Record<string, readonly [number, number, number]>> = {
  'nano': [2, 512, 2],
  'micro': [2, 1024, 2],
  'small': [2, 2048, 3],
  'medium': [2, 4096, 3],
  'large': [2, 8192, 3],
  'xlarge': [4, 16384, 4],
  '2xlarge': [8, 32768, 4],
};

const EXCEPTIONS: Readonly<Record<string, readonly [number, number, number]>> = {
  't2.nano': [1, 512, 2],
  't2.micro': [1, 1024, 2],
  't2.small': [1, 2048, 3],
  't2.xlarge': [4, 16384, 3],
  't2.2xlarge': [8, 32768, 3],
  't3a.small': [2, 2048, 2],
};

/**
 * What an instance type offers, or undefined for one that is not in the tables: nothing is ever guessed.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html
 */
export function instanceSize(instanceType: string): InstanceSize | undefined {
  const [family, size] = instanceType.split('.');
  const burstable = EXCEPTIONS[instanceType] ?? (/^(t2|t3|t3a|t4g)$/.test(family) ? BURSTABLE[size] : undefined);
  if (burstable !== undefined) return { vcpu: burstable[0], memoryMiB: burstable[1], interfaces: burstable[2], trunking: false };
  const known = /^([cmr])[5678](a|i|g|gd|id|ad|d)?$/.exec(family);
  const row = SIZES[size];
  // Only Graviton families have a medium size; 12xlarge and 18xlarge differ between generations only in ways that ECS does not see.
  if (known === null || row === undefined || (size === 'medium' && !/g/.test(known[2] ?? ''))) return undefined;
  return { vcpu: row[0], memoryMiB: row[0] * MIB_PER_VCPU[known[1]], interfaces: row[1], trunking: true };
}

/** How many awsvpc tasks an instance can hold without ENI trunking: each takes a network interface, and the instance keeps one for itself. */
export function interfacesForTasks(size: InstanceSize): number {
  return size.interfaces - 1;
}

/** A processor architecture by the name that ECS has for it. */
export type Architecture = 'ARM64' | 'X86_64';

/** The architecture of an instance type, read from its name: a `g` after the generation stands for Graviton. Undefined for a name of another shape. */
export function instanceArchitecture(instanceType: string): Architecture | undefined {
  const family = /^([a-z]+)(\d{1,2})([a-z-]*)\.[a-z0-9-]+$/.exec(instanceType);
  if (family === null) return undefined;
  return family[3].includes('g') || instanceType.startsWith('a1.') ? 'ARM64' : 'X86_64';
}

/** The architecture of a machine image, read from the name of the public parameter in which its id stands; an id alone says nothing. */
export function machineImageArchitecture(parameter: string): Architecture | undefined {
  if (!parameter.includes('/')) return undefined;
  if (/arm64|aarch64/.test(parameter)) return 'ARM64';
  return /x86_64|\/aws\/service\/ecs\/optimized-ami\//.test(parameter) ? 'X86_64' : undefined;
}
