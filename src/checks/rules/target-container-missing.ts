import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { numberOf } from '../../template/values';

/** ECS refuses the service; CloudFormation says so only when all before it has been made. */
export const targetContainerMissing: Rule = {
  id: 'target-container-missing',
  severity: 'error',
  says: 'The service sends a load balancer to a container, or a port of a container, that its task definition does not have.',
  change: 'Name a container of the task definition and one of its port mappings.',
  evaluate: ({ model, services }) => services.flatMap(({ resource, taskDefinition }) => asList(dig(
    resource.properties,
    'LoadBalancers',
  )).flatMap((binding) => {
    const name = literalOf(model.text(resource, dig(binding, 'ContainerName') ?? { unknown: true }));
    const port = numberOf(model, resource, dig(binding, 'ContainerPort'));
    const container = taskDefinition?.containers.find((one) => one.name === name);
    if (taskDefinition === undefined || name === undefined || taskDefinition.containers.some((one) => one.name === '')) return [];
    const ports = container?.ports.map(({ containerPort }) => containerPort) ?? [];
    const known = container === undefined || ports.includes(0) || port === undefined || ports.includes(port);
    return container !== undefined && known ? [] : [{
      at: resource,
      related: [taskDefinition.resource],
      saw: container === undefined
        ? `container ${name} is none of ${taskDefinition.containers.map((one) => one.name).join(', ')}`
        : `port ${port} of container ${name}, which maps ${ports.join(', ') || 'no port'}`,
    }];
  })),
};
