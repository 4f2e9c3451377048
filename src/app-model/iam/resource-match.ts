import type { Match } from './statement';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import type { Text } from '../../template/text';

/** What a permission is asked for: all resources, any of them at all, one of the app, or one that the app only names. */
export type Asked = '*' | 'any' | Resource | Text;

const SERVICES: Readonly<Record<string, string>> = {
  SecretsManager: 'secretsmanager',
  SSM: 'ssm',
  Logs: 'logs',
  ECR: 'ecr',
  KMS: 'kms',
  EFS: 'elasticfilesystem',
  ECS: 'ecs',
  IAM: 'iam',
  S3: 's3',
  SNS: 'sns',
  SQS: 'sqs',
  Lambda: 'lambda',
  DynamoDB: 'dynamodb',
  CodeBuild: 'codebuild',
  CodeDeploy: 'codedeploy',
  CodePipeline: 'codepipeline',
  StepFunctions: 'states',
  Events: 'events',
  Kinesis: 'kinesis',
};

/** Stands for a pseudo parameter: equal everywhere in one environment. */
const PSEUDO = '*';

/** Whether a pattern of a statement covers what is asked for. */
export function matchesResource(model: TemplateModel, pattern: Text, asked: Asked): Match {
  const flat = flatten(pattern);
  if (flat === '*') return 'yes';
  if (asked === '*') return 'no';
  if (asked === 'any') return 'unknown';
  return isResource(asked) ? coversResource(model, pattern, flat, asked) : coversText(pattern, flat, asked);
}

function coversResource(model: TemplateModel, pattern: Text, flat: string | undefined, asked: Resource): Match {
  const named = referred(model, pattern);
  if (named.some((one) => one === asked || standsFor(model, one) === asked)) return 'yes';
  const service = SERVICES[asked.type.split('::')[1]];
  const stated = serviceOf(pattern);
  if (stated !== undefined && service !== undefined && stated !== service) return 'no';
  if (named.length > 0) return named.every((one) => one.type.startsWith('AWS::') && isOther(one, asked)) ? 'no' : 'unknown';
  if (flat === undefined) return 'unknown';
  const tail = flat.split(':').slice(5).join(':');
  if (/^(?:[a-z-]*[:/])?\*(?::\*)?$/.test(tail) || /^arn:[^:]*:[a-z0-9-]+:\*$/.test(flat)) return 'yes';
  return tail !== '' && isNamedOtherwise(model, tail, asked) ? 'no' : 'unknown';
}

/** Where each type states the name that stands in its ARN, and how the ARN ends. */
const NAMES: Readonly<Record<string, readonly [string, (name: string) => string]>> = {
  'AWS::SecretsManager::Secret': ['Name', (name) => `secret:${name}*`],
  'AWS::ECS::TaskDefinition': ['Family', (name) => `task-definition/${name}*`],
  'AWS::SQS::Queue': ['QueueName', (name) => name],
  'AWS::SNS::Topic': ['TopicName', (name) => name],
  'AWS::DynamoDB::Table': ['TableName', (name) => `table/${name}*`],
  'AWS::Logs::LogGroup': ['LogGroupName', (name) => `log-group:${name}*`],
  'AWS::ECR::Repository': ['RepositoryName', (name) => `repository/${name}`],
  'AWS::IAM::Role': ['RoleName', (name) => `role/*${name}`],
  'AWS::S3::Bucket': ['BucketName', (name) => `${name}*`],
  'AWS::SSM::Parameter': ['Name', (name) => `parameter/${name.replace(/^\//, '')}`],
  'AWS::Events::Rule': ['Name', (name) => `rule/*${name}`],
};

/** How much of a logical id surely stands in a name that CloudFormation makes up: the rest is cut off where the name gets long. */
const KEPT = 8;

/** True where the end of an ARN cannot be that of the resource, whatever its wildcards stand for. */
function isNamedOtherwise(model: TemplateModel, tail: string, asked: Resource): boolean {
  const [key, ending] = NAMES[asked.type] ?? [];
  if (key === undefined || ending === undefined || asked.conditional) return false;
  const stated = dig(asked.properties, key);
  const name = stated === undefined ? `*${asked.logicalId.slice(0, KEPT)}*` : literalOf(model.text(asked, stated));
  return name !== undefined && !overlap(tail, ending(name));
}

/** A task set or an attachment stands for something else; only what plainly is another thing counts as such. */
function isOther(one: Resource, asked: Resource): boolean {
  return one.type === asked.type || one.type.split('::')[1] !== asked.type.split('::')[1];
}

/** An attachment of a secret is the secret, and an alias its key. */
function standsFor(model: TemplateModel, one: Resource): Resource | undefined {
  const key = ({ 'AWS::SecretsManager::SecretTargetAttachment': 'SecretId', 'AWS::KMS::Alias': 'TargetKeyId' } as Record<string, string>)[one.type];
  return key === undefined ? undefined : model.pointee(one, dig(one.properties, key));
}

function coversText(pattern: Text, flat: string | undefined, asked: Text): Match {
  const wanted = flatten(asked);
  const [stated, service] = [serviceOf(pattern), serviceOf(asked)];
  if (stated !== undefined && service !== undefined && stated !== service) return 'no';
  if (flat === undefined || wanted === undefined) return 'unknown';
  if (sameArn(flat, wanted)) return 'yes';
  // A secret is asked for with its field behind it, and granted with what Secrets Manager adds to its name; nothing else has such an end.
  return service === 'secretsmanager' && (sameArn(`${flat}*`, wanted) || sameArn(flat, `${wanted}*`)) ? 'yes' : 'no';
}

function serviceOf(text: Text): string | undefined {
  const start = text.map((part) => (typeof part === 'string' ? part : PSEUDO)).join('');
  return /^arn:[^:]+:([a-z0-9-]+):/.exec(start)?.[1];
}

/** The text with pseudo parameters as wildcards; undefined where anything else in it is not known. */
function flatten(text: Text): string | undefined {
  return literalOf(text.map((part) => (typeof part === 'object' && 'target' in part && part.target.startsWith('AWS::') ? PSEUDO : part)));
}

function referred(model: TemplateModel, text: Text): Resource[] {
  return text.flatMap((part) => (typeof part === 'object' && 'target' in part ? model.resource(part.target) ?? [] : []));
}

/** Wildcards stay within their part of an ARN, but for the last one. */
function sameArn(one: string, other: string): boolean {
  const [a, b] = [one.split(':'), other.split(':')];
  if (a.length < 6 || b.length < 6) return overlap(one, other);
  return [0, 1, 2, 3, 4].every((index) => overlap(a[index], b[index])) && overlap(a.slice(5).join(':'), b.slice(5).join(':'));
}

/** Whether some text is meant by both patterns. */
function overlap(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase().replace(/\*+/g, '*'), other.toLowerCase().replace(/\*+/g, '*')];
  let row = Array.from({ length: b.length + 1 }, (_, j) => /^\**$/.test(b.slice(0, j)));
  for (let i = 1; i <= a.length; i += 1) {
    const next = [row[0] && a[i - 1] === '*'];
    for (let j = 1; j <= b.length; j += 1) {
      const wild = a[i - 1] === '*' || b[j - 1] === '*';
      next.push(wild ? row[j] || next[j - 1] || row[j - 1] : row[j - 1] && (a[i - 1] === b[j - 1] || a[i - 1] === '?' || b[j - 1] === '?'));
    }
    row = next;
  }
  return row[b.length];
}

function isResource(asked: Resource | Text): asked is Resource {
  return !Array.isArray(asked);
}
