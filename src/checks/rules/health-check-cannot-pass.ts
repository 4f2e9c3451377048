import type { Observation, Rule } from './rule';
import type { EcsService } from '../../app-model/compute/services';
import type { NetworkModel } from '../../paths/judging/network-model';
import { decided, UNDECIDED } from '../../template/decided';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalAt, nameOf, numberAt, numberOf } from '../../template/values';

/** Tasks that never become healthy are stopped and started for ever, at first during the deployment. */
export const healthCheckCannotPass: Rule = {
  id: 'health-check-cannot-pass',
  severity: 'error',
  says: 'The health check of a target group cannot pass: it asks a port on which no task answers, or its numbers or path are impossible.',
  change: 'Check traffic-port; keep the timeout below the interval, and begin the path with a slash.',
  evaluate: (app) => [
    ...app.services.flatMap((service) => wrongPorts(app, service)),
    ...app.model.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').flatMap((group) => numbers(app, group)),
  ],
};

/** In bridge mode a container's own port is none of the instance's. On a port that no container has something else of the host may answer. */
function wrongPorts({ model }: NetworkModel, { resource, taskDefinition, groups }: EcsService): Observation[] {
  if (taskDefinition?.networkMode !== 'bridge' || taskDefinition.containers.length === 0) return [];
  const ports = taskDefinition.containers.flatMap((container) => container.ports);
  return asList(dig(resource.properties, 'LoadBalancers')).flatMap((binding) => {
    const group = model.pointee(resource, dig(binding, 'TargetGroupArn'));
    const port = group && numberAt(model, group, 'HealthCheckPort');
    const inside = ports.some(({ containerPort }) => containerPort === port) && !ports.some(({ hostPort }) => hostPort === port);
    return group === undefined || port === undefined || !inside ? [] : [{
      at: group,
      related: [resource, ...groups.map((one) => one.resource)],
      saw: `${nameOf(group)} checks port ${port} of the instances, on which no container of ${nameOf(taskDefinition.resource)} is published`,
    }];
  });
}

function numbers({ model }: NetworkModel, group: Resource): Observation[] {
  const number = (key: string) => numberOf(model, group, dig(group.properties, key));
  const [interval, timeout] = [number('HealthCheckIntervalSeconds'), number('HealthCheckTimeoutSeconds')];
  const path = decided(model, group, dig(group.properties, 'HealthCheckPath'));
  const http = /^HTTPS?$/.test(literalAt(model, group, 'Protocol') ?? '');
  const saw = interval !== undefined && timeout !== undefined && timeout >= interval && http
    ? `${nameOf(group)} waits ${timeout} s for an answer and asks again after ${interval} s`
    : path !== undefined && path !== UNDECIDED && !path.startsWith('/') ? `${nameOf(group)} asks for the path ${path}` : undefined;
  return saw === undefined ? [] : [{ at: group, saw }];
}
