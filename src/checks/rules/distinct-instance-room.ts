import type { Rule } from './rule';
import { tasksInDeployment } from '../../app-model/compute/services';
import { count } from '../../template/values';
import { mostTasksOn } from '../../private/aws/rolling-update';

/** Old and new tasks share the constraint: with no instance to spare, a deployment waits for ever. */
export const distinctInstanceRoom: Rule = {
  id: 'distinct-instance-room',
  severity: 'error',
  says: 'The constraint distinctInstance wants an instance for each task of a deployment, old and new together, and the Auto Scaling groups cannot grow that far.',
  change: 'Raise the group\'s maximum size to floor(maximum tasks × maximum percent / 100), or lower the maximum percent or the maximum number of tasks.',
  evaluate: (app) => app.services.filter((service) => service.distinctInstance && service.groups.length > 0).flatMap((service) => {
    const room = service.groups.reduce<number | undefined>((sum, { max }) => (sum === undefined || max === undefined ? undefined : sum + max), 0);
    if (room === undefined || service.maxTasks === undefined) {
      return [];
    }
    const wanted = tasksInDeployment(service, service.maxTasks);
    return wanted <= room ? [] : [{
      at: service.resource,
      related: service.groups.map(({ resource }) => resource),
      saw: `a deployment of ${count(service.maxTasks, 'task')} at ${service.maxPercent} % needs ${count(wanted, 'distinct instance')}, `
        + `but the Auto Scaling groups grow to ${room}`,
      change: `set the groups' maximum size to ${wanted}, or the service's maximum percent to at most `
        + `${Math.floor((room * 100) / service.maxTasks)}, or its maximum number of tasks to ${Math.max(1, mostTasksOn(room, service.maxPercent, room))}`,
    }];
  }),
};
