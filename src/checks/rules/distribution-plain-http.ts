import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { literalAt, nameOf } from '../../template/values';

/** A padlock in the browser says nothing of the way behind CloudFront. */
export const distributionPlainHttp: Rule = {
  id: 'distribution-plain-http',
  severity: 'warning',
  says: 'CloudFront serves pages over plain HTTP, or fetches them over the internet in plain HTTP from a load balancer.',
  change: 'Set the viewer protocol policy to redirect-to-https, and the origin protocol policy to https-only.',
  evaluate: ({ model }) => model.ofType('AWS::CloudFront::Distribution').flatMap((at) => {
    const config = dig(at.properties, 'DistributionConfig');
    const behaviours = [dig(config, 'DefaultCacheBehavior'), ...asList(dig(config, 'CacheBehaviors'))];
    const open = behaviours.some((one) => dig(one, 'ViewerProtocolPolicy') === 'allow-all');
    const plain = asList(dig(config, 'Origins')).flatMap((origin) => {
      const balancer = dig(origin, 'CustomOriginConfig', 'OriginProtocolPolicy') === 'http-only'
        ? model.pointee(at, dig(origin, 'DomainName'))
        : undefined;
      return balancer?.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer' && literalAt(model, balancer, 'Scheme') === 'internet-facing'
        ? [balancer]
        : [];
    });
    const saw = [...(open ? ['lets viewers use HTTP'] : []), ...plain.map((one) => `asks ${nameOf(one)} by HTTP`)];
    return saw.length === 0 ? [] : [{ at, related: plain, saw: `${nameOf(at)} ${saw.join(' and ')}` }];
  }),
};
