import type { Rule } from './rule';
import { readStatements } from '../../app-model/iam/statement';
import type { Statement } from '../../app-model/iam/statement';
import { dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** Where a policy stands that says who may use a resource. Buckets and file systems have guards of their own. */
const POLICIES: ReadonlyArray<readonly [type: string, ...keys: string[]]> = [
  ['AWS::SQS::QueuePolicy', 'PolicyDocument'],
  ['AWS::SNS::TopicPolicy', 'PolicyDocument'],
  ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy'],
  ['AWS::KMS::Key', 'KeyPolicy'],
  ['AWS::IAM::Role', 'AssumeRolePolicyDocument'],
  ['AWS::ECR::Repository', 'RepositoryPolicyText'],
];

/** A star as principal is everybody with an account of AWS, whosever it is. */
export const openToEveryone: Rule = {
  id: 'open-to-everyone',
  severity: 'warning',
  says: 'A policy lets everybody use a role, key, secret, queue, topic or repository: any account of AWS.',
  change: 'Name the account, role or service as principal, or add a condition such as aws:PrincipalOrgID or aws:SourceArn.',
  leadsTo: 'Strangers may read, send, or act with the role.',
  evaluate: ({ model }) => POLICIES.flatMap(([type, ...keys]) => model.ofType(type).flatMap((at) => {
    const open = readStatements(model, at, dig(at.properties, ...keys)).find((one) => isOpen(one) && !at.conditional);
    return open === undefined ? [] : [{ at, saw: `${nameOf(at)} allows ${actionsOf(open)} to everybody, without a condition` }];
  })),
};

function isOpen({ effect, principal, condition, excepted }: Statement): boolean {
  const named = dig(principal, 'AWS');
  return effect === 'Allow' && condition === undefined && !excepted
    && (principal === '*' || named === '*' || (Array.isArray(named) && named.includes('*')));
}


function actionsOf({ actions }: Statement): string {
  return (actions ?? []).map((one) => literalOf(one) ?? '(unknown)').join(', ') || 'something';
}
