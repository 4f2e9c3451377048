import type { Rule } from './rule';

/** Without the order, deleting the stack fails with "the capacity provider is in use", and creating it is a race. */
export const serviceBeforeCapacity: Rule = {
  id: 'service-before-capacity',
  severity: 'warning',
  says: 'The service uses a capacity provider, but does not wait for the association of that provider with the cluster.',
  change: 'Call service.node.addDependency(cluster): the association is made inside the cluster.',
  evaluate: (app) => app.services.filter(({ strategy }) => strategy.length > 0).flatMap((service) => {
    const early = app.pointers.to(service.cluster, 'AWS::ECS::ClusterCapacityProviderAssociations', 'Cluster')
      .filter((association) => !app.dependencies.isAfter(
        service.resource,
        association,
      ));
    return early.map((association) => ({
      at: service.resource,
      related: [association, service.cluster],
      saw: `it does not depend on ${association.path}`,
    }));
  }),
};
