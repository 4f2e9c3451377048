import { zoneLossRule } from './zone-loss-rule';

export const oneZoneLoadBalancer = zoneLossRule({
  id: 'one-zone-load-balancer',
  severity: 'warning',
  says: 'All subnets of the load balancer are in one zone.',
  change: 'Give it a subnet in two zones or more; an application load balancer is refused otherwise.',
});
