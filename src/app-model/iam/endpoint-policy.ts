import { matchesResource } from './resource-match';
import type { Asked } from './resource-match';
import { Roles } from './roles';
import { any, matchesAction, readStatements } from './statement';
import type { Match, Statement } from './statement';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
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

/** The calls for which programs use a service; a policy that allows none of them is of no use to them. */
const USED: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:SendMessage', 'sqs:ReceiveMessage'],
  sns: ['sns:Publish'],
  s3: ['s3:GetObject', 's3:PutObject'],
  dynamodb: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
  kinesis: ['kinesis:PutRecord', 'kinesis:PutRecords', 'kinesis:GetRecords'],
  states: ['states:StartExecution'],
  secretsmanager: ['secretsmanager:GetSecretValue'],
  ssmmessages: ['ssmmessages:OpenDataChannel'],
};

/** True where the policy of an endpoint surely allows none of the calls for which its service is there, on what the caller asks for. */
export function letsNothingThrough(model: TemplateModel, { resource, service }: VpcEndpoint, asked: Asked = 'any'): boolean {
  const statements = readStatements(model, resource, dig(resource.properties, 'PolicyDocument'));
  const actions = USED[service.split('.').at(-1)!] ?? [];
  return statements.length > 0 && actions.length > 0 && actions.every((action) => statements
    .every((one) => one.effect === 'Deny' || covers(model, one, action, asked) === 'no'));
}

/** The calls for which the service is there that a role may make by name, and that the policy of the endpoint surely does not let through. */
export function withheld(model: TemplateModel, { resource, service }: VpcEndpoint, role: Resource, asked: Resource): string[] {
  const statements = readStatements(model, resource, dig(resource.properties, 'PolicyDocument'));
  const roles = Roles.of(model);
  const calls = statements.length === 0 ? [] : USED[service.split('.').at(-1)!] ?? [];
  return calls.filter((action) => roles.names(role, action) && roles.may(role, action, asked) === 'allowed'
    && statements.every((one) => one.effect === 'Deny' || covers(model, one, action, asked) === 'no'));
}
