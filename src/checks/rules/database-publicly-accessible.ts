import type { Rule } from './rule';
import { dig } from '../../template/json';
import { isOn, nameOf } from '../../template/values';

/** Only its security group then stands between the database and the internet. */
export const databasePubliclyAccessible: Rule = {
  id: 'database-publicly-accessible',
  severity: 'warning',
  says: 'The database has a public address.',
  change: 'Set PubliclyAccessible to false. Put new databases into private subnets: one that runs is replaced, empty, when its subnet group changes.',
  evaluate: ({ model }) => model.ofType('AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::Redshift::Cluster')
    .filter(({ properties }) => isOn(dig(properties, 'PubliclyAccessible')))
    .map((at) => ({ at, saw: `${nameOf(at)} has PubliclyAccessible true` })),
};
