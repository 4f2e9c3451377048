import type { Rule } from './rule';
import { doublesTasks, tasksInDeployment } from '../../app-model/compute/services';
import type { EcsService } from '../../app-model/compute/services';
import { canRoll, mostTasksOn } from '../../private/aws/rolling-update';
import { count } from '../../template/values';

/** Old and new tasks share the constraint: with no instance to spare, a deployment waits for ever. */
export const distinctInstanceRoom: Rule = {
  id: 'distinct-instance-room',
  severity: 'error',
  says: 'The constraint distinctInstance wants an instance for each task of a deployment, old and new together, and the Auto Scaling groups '
    + 'cannot grow that far.',
  change: 'Raise the group\'s maximum size to floor(maximum tasks × maximum percent / 100). Where a deployment can still move, a lower maximum '
    + 'percent or fewer tasks help as well.',
  evaluate: (app) => app.services.filter((service) => service.distinctInstance && service.groups.length > 0).flatMap((service) => {
    const room = service.groups.reduce<number | undefined>((sum, { max }) => (sum === undefined || max === undefined ? undefined : sum + max), 0);
    if (room === undefined || service.maxTasks === undefined) return [];
    const wanted = tasksInDeployment(service, service.maxTasks);
    return wanted <= room ? [] : [{
      at: service.resource,
      related: service.groups.map(({ resource }) => resource),
      saw: `a deployment of ${count(service.maxTasks, 'task')} at ${service.maxPercent} % needs ${count(wanted, 'distinct instance')}, `
        + `but the Auto Scaling groups grow to ${room}`,
      change: `set the groups' maximum size to ${wanted}${otherWays(service, room).map((way) => `, or ${way}`).join('')}`,
    }];
  }),
};

/** What helps without more instances. ECS takes no maximum percent below 100, and one that lets no task start or stop hangs every deployment. */
function otherWays(service: EcsService, room: number): string[] {
  const { minPercent, maxPercent } = service;
  const maxTasks = service.maxTasks!;
  const percent = Math.floor((room * 100) / maxTasks);
  const fitting = mostTasksOn(room, maxPercent, maxTasks);
  const bounds = { minHealthyPercent: minPercent, maxHealthyPercent: percent };
  const rolls = percent >= 100 && canRoll(maxTasks, bounds) && canRoll(service.minTasks ?? maxTasks, bounds);
  // A single task would be a new weakness.
  const fewest = Math.max(2, service.scalableTarget === undefined ? 0 : service.minTasks ?? 0);
  const fewer = fitting >= fewest && fitting < maxTasks && canRoll(fitting, { minHealthyPercent: minPercent, maxHealthyPercent: maxPercent });
  return [
    ...(rolls && !doublesTasks(service) ? [`the service's maximum percent to at most ${percent}`] : []),
    ...(fewer && !doublesTasks(service) ? [`its maximum number of tasks to ${fitting}`] : []),
  ];
}
