import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { nameOf, numberOf } from '../../template/values';

/** ECS refuses the task definition; with hard limits below the task's own size a container is killed, which is another matter. */
export const containersLargerThanTask: Rule = {
  id: 'containers-larger-than-task',
  severity: 'error',
  says: 'The containers of a task reserve more CPU or memory than the task has.',
  change: 'Raise the size of the task, or lower what its containers reserve.',
  evaluate: ({ model, taskDefinitions }) => taskDefinitions.flatMap(({ resource, cpu, memory }) => {
    const bodies = asList(dig(resource.properties, 'ContainerDefinitions'));
    const sum = (keys: readonly string[]) => bodies.reduce<number>((total, body) => (
      total + (keys.map((key) => numberOf(model, resource, dig(body, key))).find((value) => value !== undefined) ?? 0)
    ), 0);
    const [reserved, share] = [sum(['MemoryReservation', 'Memory']), sum(['Cpu'])];
    const saw = [
      ...(memory !== undefined && reserved > memory ? [`${reserved} of ${memory} MiB`] : []), ...(cpu !== undefined && share > cpu
        ? [`${share} of ${cpu} CPU units`]
        : []),
    ];
    return saw.length === 0 ? [] : [{ at: resource, saw: `the containers of ${nameOf(resource)} reserve ${saw.join(' and ')}` }];
  }),
};
