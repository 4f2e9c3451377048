import { zoneLossRule } from './zone-loss-rule';

export const singleNatGateway = zoneLossRule({
  id: 'single-nat-gateway',
  severity: 'warning',
  says: 'A NAT gateway serves private subnets of other zones: its zone takes their way to the internet with it.',
  change: 'Put a NAT gateway into each zone, or take a regional one.',
});
