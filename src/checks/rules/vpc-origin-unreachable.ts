import type { Observation, Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import { readVpcOrigins } from '../../app-model/endpoints/vpc-origins';
import type { VpcOrigin } from '../../app-model/endpoints/vpc-origins';
import type { NetworkModel } from '../../paths/judging/network-model';
import { isPublic } from '../../private/aws/ip-range';
import { isComplete } from '../../template/decided';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** The VPC origin is deployed all the same; CloudFront answers 504 to everybody. */
export const vpcOriginUnreachable: Rule = {
  id: 'vpc-origin-unreachable',
  severity: 'error',
  says: 'CloudFront cannot reach the load balancer of a VPC origin: its security groups do not let CloudFront in, it has no listener for what is'
    + ' asked, or its VPC has no internet gateway.',
  change: 'Admit the prefix list com.amazonaws.global.cloudfront.origin-facing or the group CloudFront-VPCOrigins-Service-SG on the port that is'
    + ' asked, listen there, and attach an internet gateway to the VPC.',
  evaluate: (app) => readVpcOrigins(app.model).flatMap((origin) => {
    const { endpoint: balancer, resource: at } = origin;
    if (balancer?.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') return [];
    return [unheard(app, origin, balancer), shut(app, origin, balancer), withoutGateway(app, balancer)]
      .flatMap((saw): Observation[] => (saw === undefined ? [] : [{ at, related: [balancer], saw }]));
  }),
};

function unheard({ model }: NetworkModel, { resource, protocol, port }: VpcOrigin, balancer: Resource): string | undefined {
  const listeners = readListeners(model).filter((one) => one.balancer === balancer);
  if (protocol === undefined || port === undefined || listeners.length === 0) return undefined;
  const undecided = listeners.some((one) => one.port === undefined || one.protocol === undefined);
  const heard = listeners.some((one) => one.port === port && (one.protocol === protocol || !/^HTTPS?$/.test(one.protocol ?? '')));
  if (undecided || heard) return undefined;
  const have = listeners.map((one) => `${one.protocol} ${one.port}`).join(', ');
  return `${nameOf(resource)} asks ${nameOf(balancer)} by ${protocol} on port ${port}, and it listens on ${have}`;
}

/** Private addresses of the network are not those that CloudFront comes with. */
function shut(app: NetworkModel, { port }: VpcOrigin, balancer: Resource): string | undefined {
  const endpoints = app.endpointsOf(balancer);
  if (port === undefined || endpoints.length === 0) return undefined;
  const closed = endpoints.every(({ groups, unfiltered, doubts }) => (
    unfiltered !== true && doubts.length === 0 && groups.length > 0 && groups.map((id) => app.securityGroups.get(id)).every((group) => (
      group.openEnded === undefined && app.model.resource(group.id) !== undefined && group.ingress
        .filter(({ ports }) => ports.from <= port && port <= ports.to)
        .every(({ peer, doubt }) => doubt === undefined && peer.kind === 'addresses' && peer.range.prefix > 0 && !isPublic(peer.range))
    ))
  ));
  return closed ? `no security group of ${nameOf(balancer)} lets CloudFront in on port ${port}` : undefined;
}

function withoutGateway(app: NetworkModel, balancer: Resource): string | undefined {
  const [vpc] = app.endpointsOf(balancer).map((endpoint) => app.model.resource(endpoint.vpc ?? ''));
  if (vpc?.type !== 'AWS::EC2::VPC' || !isComplete(app.model)) return undefined;
  const attached = app.model.ofType('AWS::EC2::VPCGatewayAttachment')
    .some((one) => dig(one.properties, 'InternetGatewayId') !== undefined && app.model.pointee(one, dig(one.properties, 'VpcId')) === vpc);
  return attached ? undefined : `${nameOf(vpc)}, in which ${nameOf(balancer)} is, has no internet gateway`;
}
