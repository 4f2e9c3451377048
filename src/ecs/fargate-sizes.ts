import type { Construct } from 'constructs';
import { FARGATE_SIZES, fargateSizeOf, readableMemory, smallestFargateSize } from '../private/aws/fargate-sizes';
import { fail, isKnown } from '../private/errors';

/**
 * The CPU units for a Fargate task: the ones asked for, or the fewest that come with the memory.
 *
 * Throws where Fargate does not offer the pair.
 */
export function fargateCpu(scope: Construct, cpu: number | undefined, memoryMiB: number): number {
  if (cpu === undefined) return isKnown(memoryMiB) ? smallestFor(scope, memoryMiB) : FARGATE_SIZES[0].cpu;
  if (!isKnown(cpu)) return cpu;

  const size = fargateSizeOf(cpu);
  if (size === undefined) {
    return fail(scope, {
      got: `cpu is ${cpu}`,
      allowed: `one of ${FARGATE_SIZES.map((candidate) => candidate.cpu).join(', ')} on Fargate`,
      fix: 'choose one of these CPU units (1024 is one vCPU)',
    });
  }
  if (!isKnown(memoryMiB) || size.memoryMiB.includes(memoryMiB)) return cpu;

  const other = smallestFargateSize(memoryMiB);
  return fail(scope, {
    got: `cpu is ${cpu} with memoryMiB ${memoryMiB}`,
    allowed: `memoryMiB ${readableMemory(size)} with cpu ${cpu} on Fargate`,
    fix: other ? `change memoryMiB to one of these, or cpu to ${other.cpu}` : 'change memoryMiB to one of these',
  });
}

function smallestFor(scope: Construct, memoryMiB: number): number {
  const size = smallestFargateSize(memoryMiB);
  if (size !== undefined) return size.cpu;
  return fail(scope, {
    got: `memoryMiB is ${memoryMiB}`,
    allowed: `one of the Fargate sizes: ${FARGATE_SIZES.map((candidate) => `${readableMemory(candidate)} (cpu ${candidate.cpu})`).join('; ')}`,
    fix: 'change memoryMiB to one of these',
  });
}
