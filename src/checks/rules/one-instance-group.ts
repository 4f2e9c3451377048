import { zoneLossRule } from './zone-loss-rule';

export const oneInstanceGroup = zoneLossRule({
  id: 'one-instance-group',
  severity: 'warning',
  says: 'The Auto Scaling group behind the load balancer may run a single instance: with its zone the application is away until a new one has '
    + 'started.',
  change: 'Run two instances or more: a minimum capacity of 2.',
});
