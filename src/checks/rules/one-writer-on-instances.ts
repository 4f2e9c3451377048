import type { Rule } from './rule';
import { groupsUnderManagedScaling } from '../../app-model/compute/capacity-providers';
import type { ScalingGroup } from '../../app-model/compute/scaling-groups';
import type { EcsService } from '../../app-model/compute/services';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import { nameOf } from '../../template/values';

const SECONDS_A_DAY = 86_400;

/** What may not run twice is stopped before it starts elsewhere: whoever takes its instance stops it, at a time of their own. */
export const oneWriterOnInstances: Rule = {
  id: 'one-writer-on-instances',
  severity: 'warning',
  says: 'A service that never runs two tasks at once is on instances that scale-in or their maximum lifetime takes away: each time it is away '
    + 'until it runs elsewhere.',
  change: 'Run it on Fargate in the same cluster; or protect the instances (managed termination protection) and set no maximum lifetime, and '
    + 'scale them in by hand before the stack is deleted.',
  evaluate: (app) => app.services.filter((service) => isOneWriter(service) && !isTold(app, service)).flatMap((service) => {
    const ways = service.groups.flatMap((group) => waysToLoseAnInstance(app, group));
    return ways.length === 0 ? [] : [{
      at: service.resource,
      related: service.groups.map(({ resource }) => resource),
      saw: `its only task, replaced at a maximum percent of ${service.maxPercent}, ${ways.join(', and ')}`,
    }];
  }),
};

function isOneWriter({ maxTasks, maxPercent, daemon, capacity }: EcsService): boolean {
  return maxTasks === 1 && maxPercent === 100 && !daemon && capacity === 'ec2';
}

function waysToLoseAnInstance(app: NetworkModel, group: ScalingGroup): string[] {
  const name = nameOf(group.resource);
  const shrinks = isScaled(app, group) && group.protectedFromScaleIn === false && group.min !== group.max;
  return [
    shrinks ? `loses its instance when ${name} is scaled in, for its instances are not protected` : undefined,
    group.maxLifetime ? `loses its instance every ${Math.round(group.maxLifetime / SECONDS_A_DAY)} days, the maximum lifetime in ${name}` : undefined,
  ].filter((way) => way !== undefined);
}

function isScaled({ model }: NetworkModel, { resource }: ScalingGroup): boolean {
  return groupsUnderManagedScaling(model).includes(resource)
    || model.ofType('AWS::AutoScaling::ScalingPolicy').some((policy) => model.pointee(
      policy,
      dig(policy.properties, 'AutoScalingGroupName'),
    ) === resource);
}

/** A construct of this library has warned of it, or was told that it may stay. */
function isTold({ model }: NetworkModel, { resource }: EcsService): boolean {
  return model.content.annotations.some(({ path, id }) => id.endsWith('EcsCapacity.oneWriterOnInstances')
    && (path === '' || resource.path.startsWith(`${path}/`)));
}
