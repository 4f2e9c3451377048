import type { Rule } from './rule';

/** Memory in MiB that Fargate offers for each number of CPU units: from, to, in steps of. */
const SIZES: Readonly<Record<number, readonly [number, number, number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
export const fargateTaskSize: Rule = {
  id: 'fargate-task-size',
  severity: 'error',
  says: 'Fargate does not offer this pair of CPU units and memory.',
  change: 'Take one of the pairs that Fargate offers.',
  evaluate: (app) => app.taskDefinitions.filter(({ fargate }) => fargate).flatMap(({ resource, cpu, memory }) => {
    if (cpu === undefined || memory === undefined) {
      return [];
    }
    const size = SIZES[cpu];
    const [from, to, step] = size ?? [0, 0, 1];
    // 256 units come with 512, 1024 and 2048 MiB, and not with 1536.
    const fits = memory >= from && memory <= to && memory % step === 0 && !(cpu === 256 && memory === 1536);
    return size !== undefined && fits ? [] : [{
      at: resource,
      saw: `${cpu} CPU units with ${memory} MiB`,
      change: size === undefined
        ? `take ${Object.keys(SIZES).join(', ')} CPU units`
        : `with ${cpu} CPU units take ${cpu === 256 ? '512, 1024 or 2048 MiB' : `${from} to ${to} MiB in steps of ${step}`}`,
    }];
  }),
};
