import type { Construct } from 'constructs';
import { fail, isKnown } from '../private/errors';

/** The memory, in MiB, that Fargate offers for each CPU value: from, to and step. */
interface MemoryRange {
  readonly cpu: number;
  readonly values: number[];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
const SIZES: MemoryRange[] = [
  { cpu: 256, values: [512, 1024, 2048] },
  { cpu: 512, values: steps(1024, 4096, 1024) },
  { cpu: 1024, values: steps(2048, 8192, 1024) },
  { cpu: 2048, values: steps(4096, 16_384, 1024) },
  { cpu: 4096, values: steps(8192, 30_720, 1024) },
  { cpu: 8192, values: steps(16_384, 61_440, 4096) },
  { cpu: 16_384, values: steps(32_768, 122_880, 8192) },
];

/**
 * The CPU units for a Fargate task: the ones asked for, or the fewest that come with the memory.
 *
 * Throws where Fargate does not offer the pair.
 */
export function fargateCpu(scope: Construct, cpu: number | undefined, memoryMiB: number): number {
  if (cpu === undefined) return isKnown(memoryMiB) ? smallestFor(scope, memoryMiB) : SIZES[0].cpu;
  if (!isKnown(cpu)) return cpu;

  const size = SIZES.find((candidate) => candidate.cpu === cpu);
  if (size === undefined) {
    return fail(scope, {
      got: `cpu is ${cpu}`,
      allowed: `one of ${SIZES.map((candidate) => candidate.cpu).join(', ')} on Fargate`,
      fix: 'choose one of these CPU units (1024 is one vCPU)',
    });
  }
  if (!isKnown(memoryMiB) || size.values.includes(memoryMiB)) return cpu;

  const other = SIZES.find((candidate) => candidate.values.includes(memoryMiB));
  return fail(scope, {
    got: `cpu is ${cpu} with memoryMiB ${memoryMiB}`,
    allowed: `memoryMiB ${list(size.values)} with cpu ${cpu} on Fargate`,
    fix: other ? `change memoryMiB to one of these, or cpu to ${other.cpu}` : 'change memoryMiB to one of these',
  });
}

function smallestFor(scope: Construct, memoryMiB: number): number {
  const size = SIZES.find((candidate) => candidate.values.includes(memoryMiB));
  if (size !== undefined) return size.cpu;
  return fail(scope, {
    got: `memoryMiB is ${memoryMiB}`,
    allowed: `one of the Fargate sizes: ${SIZES.map((candidate) => `${list(candidate.values)} (cpu ${candidate.cpu})`).join('; ')}`,
    fix: 'change memoryMiB to one of these',
  });
}

function list(values: number[]): string {
  if (values.length <= 4) return values.join(', ');
  return `${values[0]} to ${values[values.length - 1]} in steps of ${values[1] - values[0]}`;
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}
