import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** Packing fills one instance before the next is used: it saves instances, and puts all copies of a small service on one of them. */
export const tasksPackedTogether: Rule = {
  id: 'tasks-packed-together',
  severity: 'warning',
  says: 'All tasks of the service are packed onto as few instances as hold them, which may be one.',
  change: 'Spread over zones first, and pack within them: PlacementStrategy.spreadAcross(ecs.availability-zone), then packedByMemory().',
  leadsTo: 'With one instance, or its zone, all tasks of the service are gone at once.',
  evaluate: ({ services }) => services.filter(({ groups, daemon, distinctInstance, minTasks, taskDefinition }) => (
    groups.length > 0 && !daemon && !distinctInstance && minTasks !== undefined && minTasks > 1
      && !(taskDefinition?.containers ?? []).some(({ ports }) => ports.some(({ hostPort }) => (hostPort ?? 0) > 0))
  )).flatMap(({ resource, minTasks }) => {
    const types = asList(dig(resource.properties, 'PlacementStrategies')).map((one) => dig(one, 'Type'));
    return types[0] === 'binpack' && types.every((type) => type === 'binpack')
      ? [{
        at: resource,
        saw: `${nameOf(resource)} packs ${minTasks} tasks by ${String(dig(asList(dig(resource.properties,
          'PlacementStrategies'))[0], 'Field'))}`,
      }]
      : [];
  }),
};
