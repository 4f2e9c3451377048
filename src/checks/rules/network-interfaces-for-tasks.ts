import type { Rule } from './rule';
import type { ScalingGroup } from '../../app-model/compute/scaling-groups';
import type { EcsService } from '../../app-model/compute/services';
import type { NetworkModel } from '../../paths/judging/network-model';
import { instanceSize, interfacesForTasks } from '../../private/aws/instance-types';
import { count, nameOf } from '../../template/values';

/** Each awsvpc task takes a network interface of its instance, and the instance keeps one for itself. */
export const networkInterfacesForTasks: Rule = {
  id: 'network-interfaces-for-tasks',
  severity: 'warning',
  says: 'The instance type has too few network interfaces for the awsvpc tasks that may run on the Auto Scaling group.',
  change: 'Take a larger instance type, raise the group\'s maximum size, or turn on ENI trunking in the account where the type supports it.',
  evaluate: (app) => app.scalingGroups.flatMap((group) => {
    const sizes = group.instanceTypes.map(instanceSize);
    const size = sizes[0];
    const services = servicesOn(app, group);
    const tasks = services.reduce((sum, { maxTasks }) => sum + (maxTasks ?? 0), 0);
    if (size === undefined || sizes.length !== 1 || group.max === undefined || tasks === 0) return [];
    const perInstance = interfacesForTasks(size);
    const room = perInstance * group.max;
    return tasks <= room ? [] : [{
      at: group.resource,
      related: services.map(({ resource }) => resource),
      saw: `${group.instanceTypes[0]} has ${size.interfaces} network interfaces, so ${count(perInstance, 'awsvpc task')} each; `
        + `${count(group.max, 'instance')} hold ${room}, but ${services.map(({ resource }) => nameOf(resource)).join(', ')} may want ${tasks}`,
      change: `raise the maximum size to ${Math.ceil(tasks / perInstance)}`
        + (size.trunking ? ', or turn on ENI trunking for the account' : ', or take a type with more interfaces: this family cannot trunk them'),
    }];
  }),
};

function servicesOn(app: NetworkModel, group: ScalingGroup): EcsService[] {
  return app.services.filter((service) => service.groups.length === 1 && service.groups[0] === group && !service.daemon
    && service.taskDefinition?.networkMode === 'awsvpc');
}
