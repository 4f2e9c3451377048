import type { Rule } from './rule';
import { instanceRole } from '../../app-model/compute/instance-profiles';
import { Roles } from '../../app-model/iam/roles';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** The instances run, are paid for, and never appear in the cluster: every task stays pending. */
export const instanceRoleRights: Rule = {
  id: 'instance-role-rights',
  severity: 'error',
  says: 'The instances of the Auto Scaling group may not register with the ECS cluster.',
  change: 'Give them an instance profile whose role has the managed policy AmazonEC2ContainerServiceforEC2Role.',
  evaluate: ({ model, services }) => {
    const found = new Map<string, { group: Resource; saw: string; service: Resource }>();
    for (const { resource, groups, cluster } of services) {
      for (const group of groups) {
        const role = instanceRole(model, group);
        if (role === undefined) continue;
        const lacks = role === 'none' ? [] : [
          ...Roles.of(model).lacks(role, ['ecs:RegisterContainerInstance'], cluster ?? 'any'), ...Roles.of(model).lacks(role, ['ecs:Poll'], 'any'),
        ];
        if (role === 'none' || lacks.length > 0) {
          const saw = role === 'none'
            ? `${nameOf(group.resource)} gives its instances no instance profile`
            : `${nameOf(role)} may not ${lacks.join(', ')}`;
          found.set(group.resource.id, { group: group.resource, service: resource, saw });
        }
      }
    }
    return [...found.values()].map(({ group, service, saw }) => ({ at: group, related: [service], saw }));
  },
};
