import { zoneLossRule } from './zone-loss-rule';

export const oneTaskDatabase = zoneLossRule({
  id: 'one-task-database',
  severity: 'warning',
  says: 'A database that keeps its data on EFS runs as a single task: with its zone it is away until it has restarted in another one.',
  change: 'Nothing, if some minutes of downtime are acceptable: acknowledge it with that reason. Otherwise use RDS Multi-AZ or Aurora.',
});
