import type { Rule } from './rule';
import { FARGATE_SIZES, fargateSizeOf, readableMemory } from '../../private/aws/fargate-sizes';

export const fargateTaskSize: Rule = {
  id: 'fargate-task-size',
  severity: 'error',
  says: 'Fargate does not offer this pair of CPU units and memory.',
  change: 'Take one of the pairs that Fargate offers.',
  evaluate: (app) => app.taskDefinitions.filter(({ fargate }) => fargate).flatMap(({ resource, cpu, memory }) => {
    if (cpu === undefined || memory === undefined) return [];
    const size = fargateSizeOf(cpu);
    return size?.memoryMiB.includes(memory) ? [] : [{
      at: resource,
      saw: `${cpu} CPU units with ${memory} MiB`,
      change: size === undefined
        ? `take ${FARGATE_SIZES.map((one) => one.cpu).join(', ')} CPU units`
        : `with ${cpu} CPU units take ${readableMemory(size)} MiB`,
    }];
  }),
};
