import { matchesResource } from '../../../src/app-model/iam/resource-match';
import type { Match } from '../../../src/app-model/iam/statement';
import { modelOf } from '../model';

const app = modelOf({
  Role: { Type: 'AWS::IAM::Role' },
  Queue: { Type: 'AWS::SQS::Queue' },
  Secret: { Type: 'AWS::SecretsManager::Secret' },
  Attachment: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'Secret' } } },
  Key: { Type: 'AWS::KMS::Key' },
  Alias: { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
  TaskSet: { Type: 'AWS::ECS::TaskSet' },
  Service: { Type: 'AWS::ECS::Service' },
  OtherQueue: { Type: 'AWS::SQS::Queue' },
  Foreign: { Type: 'Custom::Thing' },
});
const resource = (id: string) => app.model.resource(`Test/${id}`)!;
const match = (pattern: unknown, asked: Parameters<typeof matchesResource>[2]) => matchesResource(app.model, app.model.text(resource('Role'), pattern), asked);

test.each<[unknown, Match, Match]>([
  ['*', 'yes', 'yes'],
  [{ Ref: 'AWS::Partition' }, 'yes', 'yes'],
  ['arn:aws:sqs:eu-west-1:111111111111:shop', 'no', 'unknown'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'no', 'unknown'],
])('%j covers all resources: %s, and any of them: %s', (pattern, all, some) => {
  expect([match(pattern, '*'), match(pattern, 'any')]).toEqual([all, some]);
});

const ARN = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

test.each<[string, string, unknown, Match]>([
  ['its ARN', 'Queue', ARN('Queue'), 'yes'],
  ['its ARN with more behind it', 'Queue', { 'Fn::Join': ['', [ARN('Queue'), '/*']] }, 'yes'],
  ['its name in an ARN', 'Queue', { 'Fn::Sub': 'arn:aws:sqs:*:*:${Queue.QueueName}' }, 'yes'],
  ['another of its type', 'Queue', ARN('OtherQueue'), 'no'],
  ['something of another service', 'Queue', ARN('Role'), 'no'],
  ['something of its service and another type', 'Service', { Ref: 'TaskSet' }, 'unknown'],
  ['something that is not of AWS', 'Queue', { Ref: 'Foreign' }, 'unknown'],
  ['a parameter', 'Queue', { Ref: 'Parameter' }, 'unknown'],
  ['the attachment of it', 'Secret', { Ref: 'Attachment' }, 'yes'],
  ['its alias', 'Key', { 'Fn::GetAtt': ['Alias', 'AliasArn'] }, 'yes'],
  ['all queues', 'Queue', 'arn:aws:sqs:eu-west-1:111111111111:*', 'yes'],
  ['all queues of all regions', 'Queue', 'arn:aws:sqs:*:*:*', 'yes'],
  ['all queues of the region', 'Queue', { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:*' }, 'yes'],
  ['all secrets', 'Secret', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:*', 'yes'],
  ['all keys', 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/*', 'yes'],
  ['all of its service', 'Queue', 'arn:aws:sqs:*', 'yes'],
  ['all of another service', 'Queue', 'arn:aws:s3:::*', 'no'],
  ['a queue of another name, where its own is made up', 'Queue', 'arn:aws:sqs:eu-west-1:111111111111:shop', 'no'],
  ['queues by the start of their names', 'Queue', 'arn:aws:sqs:eu-west-1:111111111111:shop*', 'unknown'],
  ['all of some service', 'Queue', 'arn:aws:*:*:*:*', 'yes'],
])('%s: it covers the %s', (_what, id, pattern, answer) => {
  expect(match(pattern, resource(id))).toBe(answer);
});

test.each<[service: string, type: string]>([
  ['secretsmanager', 'AWS::SecretsManager::Secret'], ['ssm', 'AWS::SSM::Parameter'], ['logs', 'AWS::Logs::LogGroup'], ['ecr', 'AWS::ECR::Repository'], ['kms', 'AWS::KMS::Key'],
  ['elasticfilesystem', 'AWS::EFS::FileSystem'], ['ecs', 'AWS::ECS::Service'], ['iam', 'AWS::IAM::Role'], ['s3', 'AWS::S3::Bucket'], ['sns', 'AWS::SNS::Topic'], ['sqs', 'AWS::SQS::Queue'],
  ['lambda', 'AWS::Lambda::Function'], ['dynamodb', 'AWS::DynamoDB::Table'], ['codebuild', 'AWS::CodeBuild::Project'], ['codedeploy', 'AWS::CodeDeploy::Application'],
  ['codepipeline', 'AWS::CodePipeline::Pipeline'], ['states', 'AWS::StepFunctions::StateMachine'], ['events', 'AWS::Events::Rule'], ['kinesis', 'AWS::Kinesis::Stream'],
])('the service %s has the %s', (service, Type) => {
  const { model } = modelOf({ It: { Type } });
  const covers = (word: string) => matchesResource(model, [`arn:aws:${word}:eu-west-1:111111111111:*`], model.resource('Test/It')!);
  expect([covers(service), covers('athena')]).toEqual(['yes', 'no']);
});

test('of what a type without a known service is nothing is said', () => {
  const { model } = modelOf({ It: { Type: 'AWS::Athena::WorkGroup' } });
  expect(matchesResource(model, ['arn:aws:s3:::shop'], model.resource('Test/It')!)).toBe('unknown');
});

test.each<[string, unknown, Match]>([
  ['arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'yes'],
  ['arn:aws:ssm:*:*:parameter/*', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'yes'],
  ['arn:aws:ssm:eu-west-1:111111111111:parameter/sh?p', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'yes'],
  ['arn:aws:ssm:eu-west-1:111111111111:PARAMETER/SHOP', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'yes'],
  ['arn:aws:ssm:eu-west-2:111111111111:parameter/shop', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'no'],
  ['arn:aws:ssm:eu-west-1:111111111111:parameter/other', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'no'],
  ['arn:aws:ssm:eu-west-1:*:parameter/other', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'no'],
  ['arn:aws:ssm:*:parameter/shop', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'yes'],
  ['arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop-Ab12cd:password::', 'yes'],
  ['arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop-??????', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop', 'yes'],
  ['arn:aws:secretsmanager:eu-west-1:111111111111:secret:pay', 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop', 'no'],
  ['arn:aws:s3:::prod-*', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'no'],
  ['arn:aws:s3:::prod-*', { Ref: 'Parameter' }, 'unknown'],
  ['arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop-password', 'no'],
  ['arn:aws:ssm:eu-west-1:111111111111:parameter/shop/a', 'arn:aws:ssm:eu-west-1:111111111111:parameter/shop', 'no'],
  ['arn:aws:ecr:eu-west-1:111111111111:repository/shop', 'arn:aws:ecr:eu-west-1:111111111111:repository/shop-web', 'no'],
  ['arn:aws:s3:::shop*/x', 'arn:aws:s3:::shop', 'no'],
  ['arn:aws:s3:::*shop', 'arn:aws:s3:::the*', 'yes'],
])('%s covers %j, which is not of the app: %s', (pattern, named, answer) => {
  expect(match(pattern, app.model.text(resource('Role'), named))).toBe(answer);
});

test('a parameter may stand for what is asked, unless the service is another', () => {
  const asked = ['arn:aws:ssm:eu-west-1:111111111111:parameter/shop'];
  const joined = (service: string) => ({ 'Fn::Sub': [`arn:aws:${service}:x:y:\${Name}`, { Name: { Ref: 'Parameter' } }] });
  expect([match(joined('ssm'), asked), match(joined('s3'), asked)]).toEqual(['unknown', 'no']);
});

test('a pseudo parameter is equal everywhere', () => {
  const pattern = { 'Fn::Sub': 'arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/shop' };
  expect(match(pattern, app.model.text(resource('Role'), { 'Fn::Sub': 'arn:aws:ssm:${AWS::Region}:111111111111:parameter/shop' }))).toBe('yes');
});
