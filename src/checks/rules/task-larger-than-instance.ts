import type { Rule } from './rule';
import { reservationOf } from '../../app-model/compute/task-definitions';
import { instanceSize } from '../../private/aws/instance-types';
import { count, nameOf } from '../../template/values';

/** A task that no instance of its groups can hold stays pending, and managed scaling starts instances for it in vain. */
export const taskLargerThanInstance: Rule = {
  id: 'task-larger-than-instance',
  severity: 'error',
  says: 'The task reserves more CPU or memory than any instance of its Auto Scaling groups has.',
  change: 'Take a larger instance type, or lower the reservation of the task.',
  evaluate: (app) => app.services.flatMap((service) => {
    const types = service.groups.flatMap(({ instanceTypes }) => instanceTypes);
    const sizes = types.map(instanceSize);
    if (service.taskDefinition === undefined || types.length === 0 || service.groups.some(({ instanceTypes }) => instanceTypes.length === 0)) {
      return [];
    }
    const { cpu = 0, memory = 0 } = reservationOf(service.taskDefinition);
    // The kernel and the agent keep a part of the memory: a task that asks for all of it never fits.
    const fits = sizes.some((size) => size === undefined || (cpu <= size.vcpu * 1024 && memory < size.memoryMiB));
    return fits ? [] : [{
      at: service.resource,
      related: [service.taskDefinition.resource, ...service.groups.map(({ resource }) => resource)],
      saw: `task ${nameOf(service.taskDefinition.resource)} reserves ${cpu} CPU units and ${memory} MiB, but ${types
        .map((name, index) => `${name} has ${count(sizes[index]!.vcpu * 1024, 'unit')} and less than ${sizes[index]!.memoryMiB} MiB for tasks`)
        .join('; ')}`,
    }];
  }),
};
