import { isFargateProvider } from '../../private/aws/capacity-providers';
import { asList, dig } from '../../template/json';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import { literalAt } from '../../template/values';

/** A capacity provider as a service or a cluster names it. */
export interface CapacityProvider {
  /** What the template calls it: its resource, else its name; undefined where neither is known. */
  readonly named: Resource | string | undefined;
  readonly fargate: boolean;
  /** The Auto Scaling group behind it. */
  readonly group?: Resource;
  readonly managedScaling: boolean;
  /** For ECS Managed Instances: the security groups and subnets of the instances, as the template states them. */
  readonly managedNetwork?: { readonly provider: Resource; readonly securityGroups: unknown; readonly subnets: unknown };
}

/** What a cluster offers to tasks that choose nothing themselves. */
export interface ClusterProviders {
  readonly byDefault: readonly CapacityProvider[];
  readonly all: readonly CapacityProvider[];
}

/** The providers of a capacity provider strategy. */
export function readStrategy(model: TemplateModel, stated: Resource, strategy: unknown): CapacityProvider[] {
  return asList(strategy).map((item) => readProvider(model, stated, dig(item, 'CapacityProvider')));
}

/** The providers of a cluster, whether it lists them itself or an association does. */
export function readClusterProviders(model: TemplateModel, cluster: Resource): ClusterProviders {
  const known = providersIn(model);
  const found = known.get(cluster) ?? providersOf(model, [cluster, ...associationsIn(model).get(cluster) ?? []]);
  known.set(cluster, found);
  return found;
}

const providersIn = oncePer((_model: TemplateModel) => new Map<Resource, ClusterProviders>());

const associationsIn = oncePer((model: TemplateModel) => {
  const found = new Map<Resource | undefined, Resource[]>();
  for (const one of model.ofType('AWS::ECS::ClusterCapacityProviderAssociations')) {
    const cluster = model.pointee(one, dig(one.properties, 'Cluster'));
    found.set(cluster, [...found.get(cluster) ?? [], one]);
  }
  return found;
});

function providersOf(model: TemplateModel, holders: readonly Resource[]): ClusterProviders {
  return {
    byDefault: holders.flatMap((holder) => readStrategy(model, holder, dig(holder.properties, 'DefaultCapacityProviderStrategy'))),
    all: holders.flatMap((holder) => asList(dig(holder.properties, 'CapacityProviders')).map((item) => readProvider(model, holder, item))),
  };
}

/** The Auto Scaling groups that ECS itself makes grow and shrink. */
export function groupsUnderManagedScaling(model: TemplateModel): Resource[] {
  return model.ofType('AWS::ECS::CapacityProvider').map((resource) => describe(model, resource))
    .flatMap(({ managedScaling, group }) => (managedScaling && group !== undefined ? [group] : []));
}

function readProvider(model: TemplateModel, stated: Resource, value: unknown): CapacityProvider {
  const name = value === undefined ? undefined : literalOf(model.text(stated, value));
  if (name !== undefined && isFargateProvider(name)) return { named: name, fargate: true, managedScaling: false };
  const resource = model.pointee(stated, value)
    ?? model.ofType('AWS::ECS::CapacityProvider').find((provider) => name !== undefined && literalAt(model, provider, 'Name') === name);
  if (resource !== undefined) return describe(model, resource);
  return { named: name, fargate: false, managedScaling: false };
}

function describe(model: TemplateModel, resource: Resource): CapacityProvider {
  const network = dig(resource.properties, 'ManagedInstancesProvider', 'InstanceLaunchTemplate', 'NetworkConfiguration');
  return {
    named: resource,
    fargate: false,
    group: model.pointee(resource, dig(resource.properties, 'AutoScalingGroupProvider', 'AutoScalingGroupArn')),
    managedScaling: dig(resource.properties, 'AutoScalingGroupProvider', 'ManagedScaling', 'Status') === 'ENABLED',
    managedNetwork: network === undefined
      ? undefined
      : { provider: resource, securityGroups: dig(network, 'SecurityGroups'), subnets: dig(network, 'Subnets') },
  };
}
