import { zoneLossRule } from './zone-loss-rule';

export const oneZoneCapacity = zoneLossRule({
  id: 'one-zone-capacity',
  severity: 'warning',
  says: 'All instances of the Auto Scaling group are in one zone.',
  change: 'Give the group subnets in two zones or more.',
});
