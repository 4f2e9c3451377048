import { matchesResource } from './resource-match';
import type { Asked } from './resource-match';
import { any, matchesAction, readStatements } from './statement';
import type { Match, Statement } from './statement';
import { asList, dig } from '../../template/json';
import type { TemplateModel } from '../../template/template-model';
import type { VpcEndpoint } from '../endpoints/vpc-endpoints';

/** What the start of a task asks of each service; the layers of every image in ECR lie in a bucket of AWS. */
const ASKED: Readonly<Record<string, ReadonlyArray<readonly [string, Asked]>>> = {
  's3': [[
    's3:GetObject',
    ['arn:', { target: 'AWS::Partition', attribute: '' }, ':s3:::prod-', { target: 'AWS::Region', attribute: '' }, '-starport-layer-bucket/*'],
  ]],
  'ecr.api': [['ecr:GetAuthorizationToken', '*']],
  'ecr.dkr': [['ecr:BatchGetImage', 'any'], ['ecr:GetDownloadUrlForLayer', 'any']],
  'logs': [['logs:PutLogEvents', 'any']],
  'secretsmanager': [['secretsmanager:GetSecretValue', 'any']],
  'ssm': [['ssm:GetParameters', 'any']],
};

/** The action that the policy of an endpoint surely does not let through; an endpoint without a policy lets all through. */
export function policyLacks(model: TemplateModel, { resource, service }: VpcEndpoint): string | undefined {
  const statements = readStatements(model, resource, dig(resource.properties, 'PolicyDocument'));
  if (statements.length === 0) return undefined;
  return (ASKED[service] ?? []).find(([action, asked]) => {
    const match = (effect: string) =>
      any(statements.filter((one) => one.effect === effect || one.effect === 'unknown').map((one) => covers(model, one, action, asked)));
    return match('Deny') === 'yes' || match('Allow') === 'no';
  })?.[0];
}

function covers(model: TemplateModel, statement: Statement, action: string, asked: Asked): Match {
  const speaks = matchesAction(statement, action);
  const onWhat = statement.excepted || statement.resources === undefined
    ? 'unknown'
    : any(statement.resources.map((one) => matchesResource(model, one, asked)));
  if (speaks === 'no' || onWhat === 'no') return 'no';
  const everybody = statement.principal === '*' || asList(dig(statement.principal, 'AWS')).includes('*');
  return speaks === 'yes' && onWhat === 'yes' && everybody && statement.condition === undefined && statement.effect !== 'unknown' ? 'yes' : 'unknown';
}
