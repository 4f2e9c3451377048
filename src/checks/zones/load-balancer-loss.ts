import type { LossReader } from './zone-loss';
import { zonesOf } from '../../app-model/zones';

/** A load balancer answers from the zones that are left. */
export const readLoadBalancerLoss: LossReader = (app, zones) => app.model.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((resource) => {
  const own = zonesOf(app.endpointsOf(resource).flatMap(({ subnets }) => subnets));
  return zones.map((zone) => {
    const base = { zone, resource, kind: 'load balancer' };
    if (own === undefined) {
      return { ...base, outcome: 'unknown' as const, why: 'its zones are not in the templates' };
    }
    const left = own.filter((one) => one !== zone).length;
    return left > 0
      ? { ...base, outcome: 'survives' as const, why: `${left} of ${own.length} zones left` }
      : { ...base, outcome: 'stops' as const, why: 'all its subnets are in this zone', rule: 'one-zone-load-balancer' };
  });
});
