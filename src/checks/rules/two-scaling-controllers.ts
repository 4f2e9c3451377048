import type { Rule } from './rule';
import { groupsUnderManagedScaling } from '../../app-model/compute/capacity-providers';
import { dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** ECS owns a target-tracking policy on the group; a second one takes away the instances that the first has just asked for. */
export const twoScalingControllers: Rule = {
  id: 'two-scaling-controllers',
  severity: 'warning',
  says: 'An Auto Scaling group under ECS managed scaling also has a scaling policy of its own: the two work against each other.',
  change: 'Remove the group\'s own scaling policy, and let the capacity provider\'s target capacity set the headroom.',
  evaluate: ({ model }) => {
    const managed = groupsUnderManagedScaling(model);
    return model.ofType('AWS::AutoScaling::ScalingPolicy').flatMap((policy) => {
      const group = model.pointee(policy, dig(policy.properties, 'AutoScalingGroupName'));
      return group === undefined || !managed.includes(group) ? [] : [{
        at: policy,
        related: [group],
        saw: `${String(dig(policy.properties, 'PolicyType') ?? 'SimpleScaling')} policy on ${nameOf(group)}, which ECS scales`,
      }];
    });
  },
};
