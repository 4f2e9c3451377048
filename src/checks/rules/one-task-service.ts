import { zoneLossRule } from './zone-loss-rule';

export const oneTaskService = zoneLossRule({
  id: 'one-task-service',
  severity: 'warning',
  says: 'The service may run a single task: with its zone, or its instance, the service is away until a new one has started.',
  change: 'Run two tasks or more: a desired count or minimum capacity of 2.',
});
