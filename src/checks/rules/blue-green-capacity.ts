import type { Rule } from './rule';
import { instanceSize } from '../../private/aws/instance-types';
import { doublesTasks, tasksInDeployment } from '../../app-model/compute/services';
import { reservationOf } from '../../app-model/compute/task-definitions';
import { count } from '../../template/values';

/** Both colours run in full until the old one is taken away. */
export const blueGreenCapacity: Rule = {
  id: 'blue-green-capacity',
  severity: 'error',
  says: 'A blue/green, linear or canary deployment runs every task twice, and the Auto Scaling groups cannot hold that.',
  change: 'Raise the groups\' maximum size so that they hold twice the maximum number of tasks, or deploy by rolling update.',
  evaluate: (app) => app.services.filter((service) => doublesTasks(service) && service.groups.length > 0).flatMap((service) => {
    const tasks = service.maxTasks === undefined ? undefined : tasksInDeployment(service, service.maxTasks);
    const { cpu = 0, memory = 0 } = service.taskDefinition === undefined ? {} : reservationOf(service.taskDefinition);
    let room = 0;
    for (const group of service.groups) {
      const sizes = group.instanceTypes.map(instanceSize);
      if (group.max === undefined || sizes.length !== 1 || sizes[0] === undefined || service.distinctInstance || cpu + memory === 0) {
        return [];
      }
      const perInstance = Math.min(cpu === 0 ? Infinity : (sizes[0].vcpu * 1024) / cpu, memory === 0 ? Infinity : (sizes[0].memoryMiB - 1) / memory);
      room += group.max * Math.floor(perInstance);
    }
    return tasks === undefined || tasks <= room ? [] : [{
      at: service.resource,
      related: service.groups.map(({ resource }) => resource),
      saw: `${count(service.maxTasks!, 'task')} in both colours are ${tasks}, but the Auto Scaling groups hold ${room} of them at their maximum size`,
    }];
  }),
};
