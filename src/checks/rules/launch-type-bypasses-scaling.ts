import type { Rule } from './rule';
import { readClusterProviders } from '../../app-model/compute/capacity-providers';
import type { NetworkModel } from '../../paths/judging/network-model';
import type { Resource } from '../../template/resource';

/** Managed scaling counts only tasks that ask a capacity provider for a place. */
export const launchTypeBypassesScaling: Rule = {
  id: 'launch-type-bypasses-scaling',
  severity: 'warning',
  says: 'The service has launch type EC2 in a cluster with capacity providers: its pending tasks never make the Auto Scaling group grow.',
  change: 'Give the service a capacityProviderStrategies list instead of a launch type, and call service.node.addDependency(cluster).',
  // A daemon runs on the instances that there are, and asks for none.
  evaluate: (app) => app.services.filter(({ launchType, cluster, daemon }) => launchType === 'EC2' && cluster !== undefined && !daemon)
    .flatMap((service) => {
      const providers = managedProviders(app, service.cluster!);
      return providers.length === 0 ? [] : [{
        at: service.resource,
        related: [service.cluster, ...providers],
        saw: `LaunchType is EC2, but the cluster has ${providers.length} capacity provider(s) with managed scaling`,
      }];
    }),
};

function managedProviders({ model }: NetworkModel, cluster: Resource): Resource[] {
  return [...new Set(readClusterProviders(model, cluster).all
    .flatMap(({ managedScaling, named }) => (managedScaling && typeof named === 'object' ? [named] : [])))];
}
