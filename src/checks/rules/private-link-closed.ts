import type { Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { isOn, nameOf } from '../../template/values';

/** A service of one's own behind a VPC endpoint: both sides are made, and neither asks the other. */
export const privateLinkClosed: Rule = {
  id: 'private-link-closed',
  severity: 'warning',
  says: 'Nobody gets through the VPC endpoint of a service of the app: its security groups let in none of the ports on which the service '
    + 'listens, or it waits for a person to accept it.',
  change: 'Let the callers in on the port of the listener of the network load balancer, and set AcceptanceRequired to false.',
  leadsTo: 'Connections through the endpoint hang.',
  evaluate: (app) => {
    const { model } = app;
    return model.ofType('AWS::EC2::VPCEndpoint').flatMap((at) => {
      const service = model.text(at, dig(at.properties, 'ServiceName') ?? '')
        .flatMap((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) ?? [] : []))
        .find(({ type }) => type === 'AWS::EC2::VPCEndpointService');
      if (service === undefined || at.conditional) return [];
      const ports = portsOf(app, service);
      const alone = Mentions.of(model).of(service).every(({ type }) => type.startsWith('AWS::EC2::'));
      const shut = ports.length > 0 && ports.every((port) => isShut(app, at, port));
      const saw = alone && isOn(dig(service.properties, 'AcceptanceRequired'))
        ? `waits until somebody accepts it in ${nameOf(service)}`
        : shut ? `lets nobody in on port ${ports.join(' or ')} of ${nameOf(service)}` : undefined;
      return saw === undefined ? [] : [{ at, related: [service], saw: `${nameOf(at)} ${saw}` }];
    });
  },
};

function portsOf({ model }: NetworkModel, service: Resource): number[] {
  const balancers = asList(dig(service.properties, 'NetworkLoadBalancerArns')).map((arn) => model.pointee(service, arn));
  const listeners = readListeners(model).filter(({ balancer }) => balancer !== undefined && balancers.includes(balancer));
  return listeners.some(({ port }) => port === undefined) ? [] : [...new Set(listeners.map(({ port }) => port!))];
}

function isShut(app: NetworkModel, endpoint: Resource, port: number): boolean {
  const interfaces = app.endpointsOf(endpoint);
  return interfaces.length > 0 && interfaces.every(({ groups, doubts }) => doubts.length === 0 && groups.length > 0
    && groups.map((id) => app.securityGroups.get(id)).every((group) => {
      const resource = app.model.resource(group.id);
      return resource !== undefined && group.openEnded === undefined && !Mentions.of(app.model).isHandedToOthers(resource)
        && !group.ingress.some(({ ports }) => ports.from <= port && port <= ports.to);
    }));
}
