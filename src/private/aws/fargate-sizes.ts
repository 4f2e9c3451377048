/** A number of CPU units that Fargate offers, with the MiB of memory that come with it. */
export interface FargateSize {
  readonly cpu: number;
  readonly memoryMiB: readonly number[];
}

/**
 * Every size of a Fargate task, from the smallest.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
export const FARGATE_SIZES: readonly FargateSize[] = [
  { cpu: 256, memoryMiB: [512, 1024, 2048] },
  { cpu: 512, memoryMiB: steps(1024, 4096, 1024) },
  { cpu: 1024, memoryMiB: steps(2048, 8192, 1024) },
  { cpu: 2048, memoryMiB: steps(4096, 16_384, 1024) },
  { cpu: 4096, memoryMiB: steps(8192, 30_720, 1024) },
  { cpu: 8192, memoryMiB: steps(16_384, 61_440, 4096) },
  { cpu: 16_384, memoryMiB: steps(32_768, 122_880, 8192) },
];

/** The size with so many CPU units, or undefined where Fargate has none. */
export function fargateSizeOf(cpu: number): FargateSize | undefined {
  return FARGATE_SIZES.find((size) => size.cpu === cpu);
}

/** The size with the fewest CPU units that comes with so much memory, or undefined where none does. */
export function smallestFargateSize(memoryMiB: number): FargateSize | undefined {
  return FARGATE_SIZES.find((size) => size.memoryMiB.includes(memoryMiB));
}

/** True where Fargate offers the pair. */
export function isFargateSize(cpu: number, memoryMiB: number): boolean {
  return fargateSizeOf(cpu)?.memoryMiB.includes(memoryMiB) ?? false;
}

/** `512, 1024, 2048` or `2048 to 8192 in steps of 1024`. */
export function readableMemory({ memoryMiB }: FargateSize): string {
  if (memoryMiB.length <= 4) return memoryMiB.join(', ');
  return `${memoryMiB[0]} to ${memoryMiB[memoryMiB.length - 1]} in steps of ${memoryMiB[1] - memoryMiB[0]}`;
}

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}
