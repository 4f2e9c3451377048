import type { Rule } from './rule';
import { looksLikeCredential } from '../../private/aws/credentials';
import { asObject, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { isOn, literalAt, nameOf } from '../../template/values';

/** Properties that are a password, and nothing else. */
const PASSWORDS: ReadonlyArray<readonly [string, ...string[]]> = [
  ['AWS::RDS::DBInstance', 'MasterUserPassword'], ['AWS::RDS::DBCluster', 'MasterUserPassword'], ['AWS::DocDB::DBCluster', 'MasterUserPassword'],
  ['AWS::Redshift::Cluster', 'MasterUserPassword'], ['AWS::ElastiCache::ReplicationGroup', 'AuthToken'], [
    'AWS::SecretsManager::Secret',
    'SecretString',
  ],
];

/** Templates are kept by CloudFormation, by pipelines and by version control, and shown to whoever may read stacks. */
export const plainCredential: Rule = {
  id: 'plain-credential',
  severity: 'warning',
  says: 'A password stands in the template, or comes from a parameter that CloudFormation shows: everybody who may read the stack can read it.',
  change: 'Let Secrets Manager generate it (Credentials.fromGeneratedSecret), or set NoEcho on the parameter.',
  evaluate: ({ model }) => [
    ...PASSWORDS.flatMap(([type, ...keys]) => model.ofType(type).flatMap((at) => {
      const saw = shown(at, dig(at.properties, ...keys));
      return saw === undefined ? [] : [{ at, saw: `${keys.join('.')} of ${nameOf(at)} ${saw}` }];
    })),
    ...model.ofType('AWS::SSM::Parameter').filter((at) => looksLikeCredential(
      literalAt(model, at, 'Name')?.split('/').at(-1) ?? '',
      literalAt(model, at, 'Value') ?? 'none',
    )).map((at) => ({ at, saw: `${nameOf(at)} keeps ${literalAt(model, at, 'Name')!} as plain text` })),
  ],
};

function shown({ stack }: Resource, value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' || value.includes('{{resolve:') || isEmptyJson(value) ? undefined : 'is written in the template';
  const name = asObject(value).Ref;
  const parameter = typeof name === 'string' ? dig(stack.template, 'Parameters', name) : undefined;
  if (parameter === undefined || stack.parent !== undefined || String(dig(parameter, 'Type')).startsWith('AWS::SSM::')) return undefined;
  return isOn(dig(parameter, 'NoEcho')) ? undefined : `is parameter ${String(name)}, which has no NoEcho`;
}

/** A secret that is filled in later. */
function isEmptyJson(value: string): boolean {
  return /^\s*(\{\s*\}|""|change-?me|todo|placeholder)\s*$/i.test(value);
}
