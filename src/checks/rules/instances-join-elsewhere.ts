import type { Rule } from './rule';
import { isElsewhere, joinedCluster } from '../../app-model/compute/joined-cluster';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** The instances run and are paid for, and not one task finds a place on them. */
export const instancesJoinElsewhere: Rule = {
  id: 'instances-join-elsewhere',
  severity: 'error',
  says: 'The instances of the Auto Scaling group join another cluster than the one whose tasks are to run on them.',
  change: 'Write ECS_CLUSTER=<name of the cluster> to /etc/ecs/ecs.config in the user data of the instances.',
  evaluate: ({ model, services }) => {
    const pairs = new Map<string, { at: Resource; cluster: Resource; saw: string }>();
    for (const { cluster, groups } of services) {
      for (const group of cluster === undefined ? [] : groups) {
        const joined = joinedCluster(model, group);
        if (joined === undefined || !isElsewhere(model, joined, cluster!)) continue;
        const where = joined.kind === 'cluster'
          ? nameOf(joined.cluster)
          : joined.kind === 'name' ? `"${joined.name}"` : 'the cluster "default", for want of ECS_CLUSTER';
        pairs.set(
          `${group.resource.id} ${cluster!.id}`,
          { at: group.resource, cluster: cluster!, saw: `the instances of ${nameOf(group.resource)} join ${where}, and not ${nameOf(cluster!)}` },
        );
      }
    }
    return [...pairs.values()].map(({ at, cluster, saw }) => ({ at, related: [cluster], saw }));
  },
};
