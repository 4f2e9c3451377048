import type { Observation, Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalAt, nameOf, numberOf } from '../../template/values';

/** CloudFront finds out with the first request, and answers 502 or 504 to everybody. */
export const distributionOriginUnreachable: Rule = {
  id: 'distribution-origin-unreachable',
  severity: 'error',
  says: 'CloudFront cannot reach the load balancer that is its origin: it is internal, or has no listener on the port that is asked.',
  change: 'Take an internet-facing load balancer or a VPC origin, and ask a port and protocol on which it listens.',
  evaluate: (app) => app.model.ofType('AWS::CloudFront::Distribution')
    .flatMap((distribution) => asList(dig(distribution.properties, 'DistributionConfig', 'Origins')).flatMap((origin) => judge(
      app,
      distribution,
      origin,
    ))),
};

function judge({ model }: NetworkModel, distribution: Resource, origin: unknown): Observation[] {
  const balancer = model.pointee(distribution, dig(origin, 'DomainName'));
  const custom = dig(origin, 'CustomOriginConfig');
  if (balancer?.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer' || custom === undefined) return [];
  const finding = (saw: string): Observation[] => [{ at: distribution, related: [balancer], saw: `origin ${nameOf(balancer)} ${saw}` }];
  if (literalAt(model, balancer, 'Scheme') === 'internal') return finding('is internal');
  const listeners = readListeners(model).filter((one) => one.balancer === balancer);
  const policy = dig(custom, 'OriginProtocolPolicy');
  const plain = policy === 'http-only';
  if ((policy !== 'http-only' && policy !== 'https-only') || listeners.length === 0
    || listeners.some(({ port, protocol }) => port === undefined || protocol === undefined)) {
    return [];
  }
  const stated = dig(custom, plain ? 'HTTPPort' : 'HTTPSPort');
  const asked = stated === undefined ? (plain ? 80 : 443) : numberOf(model, distribution, stated);
  const found = listeners.find(({ port }) => port === asked);
  if (asked === undefined || (found !== undefined && (found.protocol === 'TCP'
    || (found.protocol === 'HTTPS' || found.protocol === 'TLS') !== plain))) {
    return [];
  }
  return finding(`is asked by ${plain ? 'HTTP' : 'HTTPS'} on port ${asked}, and listens on `
    + `${listeners.map(({ port, protocol }) => `${protocol} ${port}`).join(', ')}`);
}
