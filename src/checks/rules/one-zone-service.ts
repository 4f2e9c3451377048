import { zoneLossRule } from './zone-loss-rule';

export const oneZoneService = zoneLossRule({
  id: 'one-zone-service',
  severity: 'warning',
  says: 'All tasks of the service are in one zone.',
  change: 'Give the service, and on EC2 its instances, subnets in two zones or more.',
});
