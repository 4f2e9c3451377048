import type { Observation, Rule } from './rule';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalAt, nameOf, numberAt } from '../../template/values';

/** API Gateway asks over the link for the first time when somebody calls the API. */
export const integrationUnreachable: Rule = {
  id: 'integration-unreachable',
  severity: 'error',
  says: 'The VPC link of an API cannot reach the load balancer or service that answers its calls.',
  change: 'Let the security group of the link out to the port, and in on the other side: service.connections.allowFrom(linkGroup, port).',
  leadsTo: 'Every call of the API is answered with 503 Service Unavailable.',
  evaluate: (app) => app.model.ofType('AWS::ApiGatewayV2::Integration').filter((one) => literalAt(app.model, one, 'ConnectionType') === 'VPC_LINK')
    .flatMap((integration): Observation[] => {
      const link = app.model.pointee(integration, dig(integration.properties, 'ConnectionId'));
      const answering = targetOf(app, app.model.pointee(integration, dig(integration.properties, 'IntegrationUri')));
      const [source, target] = [link, answering?.resource].map((one) => app.endpointsOf(one)[0]);
      if (source === undefined || target === undefined || answering?.port === undefined) return [];
      const { verdict, missing } = app.judge.onPort(source, target, answering.port);
      return verdict !== 'blocked' ? [] : [{
        at: integration,
        related: [link, answering.resource],
        causes: [missing!.text],
        saw: `${nameOf(link!)} cannot reach ${nameOf(answering.resource)} on port ${answering.port}: ${missing!.text}`,
      }];
    }),
};

/** A listener stands for its load balancer, an entry of Cloud Map for the service that registers there. */
function targetOf(app: NetworkModel, named: Resource | undefined): { resource: Resource; port?: number } | undefined {
  if (named?.type === 'AWS::ElasticLoadBalancingV2::Listener') {
    const balancer = app.model.pointee(named, dig(named.properties, 'LoadBalancerArn'));
    return balancer === undefined ? undefined : { resource: balancer, port: numberAt(app.model, named, 'Port') };
  }
  const service = app.services.find(({ resource }) => asList(dig(resource.properties, 'ServiceRegistries'))
    .some((registry) => named !== undefined && app.model.pointee(resource, dig(registry, 'RegistryArn')) === named));
  const ports = app.endpointsOf(service?.resource).flatMap(({ listens }) => (listens ?? []).map(({ port }) => port));
  return service === undefined ? undefined : { resource: service.resource, port: ports.length === 1 ? ports[0] : undefined };
}
