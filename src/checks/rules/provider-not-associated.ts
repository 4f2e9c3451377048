import type { Rule } from './rule';
import { readClusterProviders } from '../../app-model/compute/capacity-providers';
import { isComplete } from '../../template/decided';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** ECS refuses the service, after everything before it has been made. */
export const providerNotAssociated: Rule = {
  id: 'provider-not-associated',
  severity: 'error',
  says: 'The service asks for a capacity provider that is not associated with its cluster.',
  change: 'Call cluster.addAsgCapacityProvider(provider) or cluster.enableFargateCapacityProviders().',
  evaluate: ({ model, services, pointers }) => {
    const stray = model.ofType('AWS::ECS::ClusterCapacityProviderAssociations').some((one) => model.pointee(
      one,
      dig(one.properties, 'Cluster'),
    ) === undefined);
    const known = new Map<Resource, Array<Resource | string | undefined>>();
    return services.flatMap(({ resource, strategy, cluster }) => {
      if (cluster === undefined || cluster.conditional || strategy.length === 0 || !isComplete(model)) return [];
      const offered = known.get(cluster) ?? readClusterProviders(model, cluster).all.map(({ named }) => named);
      known.set(cluster, offered);
      const associations = pointers.to(cluster, 'AWS::ECS::ClusterCapacityProviderAssociations', 'Cluster');
      const undecided = stray || offered.includes(undefined) || associations.some(({ conditional }) => conditional);
      const missing = strategy.filter(({ named }) => named !== undefined && !offered.includes(named) && !isManaged(
        model.ofType('AWS::ECS::CapacityProvider'),
        named,
      ));
      return undecided || missing.length === 0 ? [] : [{
        at: resource,
        related: [cluster],
        saw: `${nameOf(resource)} asks for ${namesOf(missing.map(({ named }) => named))}, and ${nameOf(cluster)} has ${
          namesOf(offered) || 'no capacity provider'}`,
      }];
    });
  },
};

/** A provider of ECS Managed Instances names its cluster itself; a name that no template explains may be anything. */
function isManaged(providers: readonly Resource[], named: Resource | string): boolean {
  if (typeof named === 'string') return !named.startsWith('FARGATE');
  return providers.includes(named) && dig(named.properties, 'AutoScalingGroupProvider') === undefined;
}

const namesOf = (providers: ReadonlyArray<Resource | string | undefined>) =>
  providers.map((named) => (typeof named === 'object' ? nameOf(named) : named)).join(', ');
