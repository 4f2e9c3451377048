import { zoneLossRule } from './zone-loss-rule';

export const oneZoneDatabase = zoneLossRule({
  id: 'one-zone-database',
  severity: 'warning',
  says: 'The database has no standby or reader in another zone.',
  change: 'Set multiAz for an RDS instance; add a reader to an Aurora cluster.',
});
