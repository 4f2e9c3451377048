import type { Observation, Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
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
  const unnamed = hostWithheld(model, distribution, origin);
  if (unnamed !== undefined) return finding(unnamed);
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

/** Policies of AWS that hand the host of the visitor on, and those that do not. */
const WITH_HOST = ['216adef6-5c7f-47e4-b989-5492eafa07d3', '33f36d7e-f396-46d9-90e0-52428a34d9dc'];
const WITHOUT_HOST = ['b689b0a8-53d0-40ab-baf2-68738e2966ac', '59781a5b-3903-41f3-afcb-af62929ccde1', '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf',
  'acba4595-bd28-49b8-b9fe-13317c0390fa'];

/** Nobody has a certificate for the own name of a load balancer: CloudFront must ask for another name, which is the one of the visitor. */
function hostWithheld(model: NetworkModel['model'], distribution: Resource, origin: unknown): string | undefined {
  if (dig(origin, 'CustomOriginConfig', 'OriginProtocolPolicy') !== 'https-only') return undefined;
  const config = dig(distribution.properties, 'DistributionConfig');
  const own = [dig(config, 'DefaultCacheBehavior'), ...asList(dig(config, 'CacheBehaviors'))]
    .filter((one) => dig(one, 'TargetOriginId') === dig(origin, 'Id'));
  const withheld = own.some((behaviour) => dig(behaviour, 'ForwardedValues') === undefined && !mayHandOn(model, distribution, behaviour)
    && asList(dig(behaviour, 'FunctionAssociations')).length === 0 && asList(dig(behaviour, 'LambdaFunctionAssociations')).length === 0);
  return withheld ? 'is asked by HTTPS for its own name, which no certificate has: the host of the visitor is not handed on' : undefined;
}

function mayHandOn(model: NetworkModel['model'], distribution: Resource, behaviour: unknown): boolean {
  const asked = literalOf(model.text(distribution, dig(behaviour, 'OriginRequestPolicyId') ?? ''));
  const own = model.pointee(distribution, dig(behaviour, 'OriginRequestPolicyId'));
  const cached = literalOf(model.text(distribution, dig(behaviour, 'CachePolicyId') ?? ''));
  // Only cache policies of AWS are known not to hold the host.
  if (cached === undefined || !CACHE_POLICIES.includes(cached)) return true;
  if (own !== undefined) {
    const headers = dig(own.properties, 'OriginRequestPolicyConfig', 'HeadersConfig');
    return !(dig(headers, 'HeaderBehavior') === 'none' || (dig(headers, 'HeaderBehavior') === 'whitelist'
      && asList(dig(headers, 'Headers')).every((one) => typeof one === 'string' && one.toLowerCase() !== 'host')));
  }
  return asked === undefined || (asked !== '' && !WITHOUT_HOST.includes(asked)) || WITH_HOST.includes(asked);
}

/** CachingDisabled, CachingOptimized, and the latter without compression. */
const CACHE_POLICIES = ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', '658327ea-f89d-4fab-a63d-7e88639e58f6', 'b2884449-e4de-46a7-ac36-70bc7f1ddd6d'];
