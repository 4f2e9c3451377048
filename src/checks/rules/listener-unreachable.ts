import type { Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import type { Listener } from '../../app-model/endpoints/listeners';
import type { NetworkModel } from '../../paths/judging/network-model';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { literalAt, nameOf } from '../../template/values';

/** Connections to a closed listener are not refused, they time out: for the caller the application hangs. */
export const listenerUnreachable: Rule = {
  id: 'listener-unreachable',
  severity: 'error',
  says: 'Nobody can reach the listener: no security group of its load balancer lets its port in, or its subnets have no way in from the internet.',
  change: 'Let the callers in on the port of the listener; put an internet-facing load balancer into subnets with a route to an internet gateway.',
  evaluate: (app) => [
    ...shutListeners(app).flatMap(({ resource, balancer, port }) => {
      // Inside a network another app may let its own callers in.
      if (balancer === undefined || literalAt(app.model, balancer, 'Scheme') !== 'internet-facing') return [];
      return [{ at: resource, related: [balancer], saw: `no security group of ${nameOf(balancer)} lets anybody in on port ${port}` }];
    }),
    ...app.model.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((balancer) => {
      if (literalAt(app.model, balancer, 'Scheme') !== 'internet-facing') return [];
      const hidden = app.endpointsOf(balancer).flatMap(({ subnets }) => subnets)
        .filter(({ known, ipv4Route }) => known && ['none', 'nat', 'egress-only'].includes(ipv4Route.kind));
      return hidden.length === 0
        ? []
        : [{
          at: balancer,
          saw: `${nameOf(balancer)} is internet-facing, and ${hidden.map(({ path }) => path).join(', ')} has no route to an internet gateway`,
        }];
    }),
  ],
};

/** A further port that is closed while others are open may be for tests alone, as with blue/green deployments. */
function shutListeners(app: NetworkModel): Listener[] {
  const listeners = readListeners(app.model);
  const shut = listeners.filter(({ balancer, port, protocol }) => (
    balancer !== undefined && port !== undefined && protocol !== undefined && !/UDP|QUIC/.test(protocol) && isShut(app, balancer, port)
  ));
  if (shut.length === 0) return [];
  const open = new Set(listeners.filter((one) => !shut.includes(one)).map(({ balancer }) => balancer));
  return shut.filter(({ balancer, port }) => port === 80 || port === 443 || !open.has(balancer));
}

function isShut(app: NetworkModel, balancer: Resource, port: number): boolean {
  const endpoints = app.endpointsOf(balancer);
  return endpoints.length > 0 && endpoints.every(({ groups, unfiltered, doubts }) => {
    if (unfiltered === true || doubts.length > 0 || groups.length === 0) return false;
    return groups.map((id) => app.securityGroups.get(id)).every((group) => {
      if (group.openEnded !== undefined || group.ingress.some(({ ports }) => ports.from <= port && port <= ports.to)) return false;
      const resource = app.model.resource(group.id);
      return resource !== undefined && !Mentions.of(app.model).isHandedToOthers(resource);
    });
  });
}
