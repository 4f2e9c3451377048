import type { Rule } from './rule';
import { readStatements } from '../../app-model/iam/statement';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalOf } from '../../template/text';
import { isOn, isUndecided, nameOf } from '../../template/values';

/** The attribute of each database that stands in `dbuser:…/name`. */
const IDS: Readonly<Record<string, string>> = { 'AWS::RDS::DBInstance': 'DbiResourceId', 'AWS::RDS::DBCluster': 'DBClusterResourceId' };

/** The database, not IAM, refuses the login, with the words of a wrong password. */
export const loginByIam: Rule = {
  id: 'login-by-iam',
  severity: 'warning',
  says: 'A role may log in to a database by IAM, and the database does not take such logins or is named wrongly.',
  change: 'Turn on iamAuthentication, and name the database by its resource id: database.grantConnect(role, user).',
  leadsTo: 'Every login is refused as if the password were wrong.',
  evaluate: ({ model }) => model.ofType('AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').flatMap((holder) => {
    const documents = [dig(holder.properties, 'PolicyDocument'),
      ...asList(dig(holder.properties, 'Policies')).map((one) => dig(one, 'PolicyDocument'))];
    const allowed = documents.flatMap((document) => readStatements(model, holder, document)).filter(({ effect, actions }) => (
      effect === 'Allow' && (actions ?? []).some((action) => (literalOf(action) ?? '').toLowerCase() === 'rds-db:connect')));
    const saw = allowed.flatMap(({ resources }) => (resources ?? []).flatMap((text) => fault(model, text) ?? []))[0];
    return saw === undefined ? [] : [{ at: holder, related: [saw.database], saw: saw.text }];
  }),
};

function fault(model: NetworkModel['model'], text: readonly unknown[]): { database: Resource; text: string } | undefined {
  const named = text.flatMap((part) => (typeof part === 'object' && part !== null && 'target' in part
    ? [{ database: model.resource(String(part.target)), attribute: String((part as unknown as { attribute: string }).attribute) }]
    : [])).find(({ database }) => IDS[database?.type ?? ''] !== undefined);
  const database = named?.database;
  if (named === undefined || database === undefined) return undefined;
  const id = IDS[database.type];
  if (named.attribute !== id) {
    return {
      database,
      text: `${nameOf(database)} is named by its ${named.attribute === 'Ref' ? 'name'
        : named.attribute}, and must be by its ${id}`,
    };
  }
  const off = !isUndecided(model, database, 'EnableIAMDatabaseAuthentication') && !isOn(dig(database.properties, 'EnableIAMDatabaseAuthentication'));
  return off ? { database, text: `${nameOf(database)} has EnableIAMDatabaseAuthentication off` } : undefined;
}
