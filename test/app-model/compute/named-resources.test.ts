import { namedResources } from '../../../src/app-model/compute/named-resources';
import { modelOf } from '../model';

function named(type: string, value: unknown, more: object = {}) {
  const app = modelOf({
    It: { Type: type },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'web', Environment: [{ Name: 'IT', Value: value }], ...more }] } },
  });
  return namedResources(app.model, app.taskDefinitions[0])
    .map(({ container, variable, resource, service }) => [container, variable, resource.logicalId, service]);
}

const attribute = (name: string) => (name === 'Ref' ? { Ref: 'It' } : { 'Fn::GetAtt': ['It', name] });

test.each([
  ['AWS::SQS::Queue', 'sqs', ['Ref', 'Arn', 'QueueUrl', 'QueueName']],
  ['AWS::S3::Bucket', 's3', ['Ref', 'Arn']],
  ['AWS::SNS::Topic', 'sns', ['Ref', 'TopicArn']],
  ['AWS::DynamoDB::Table', 'dynamodb', ['Ref', 'Arn']],
  ['AWS::Kinesis::Stream', 'kinesis', ['Ref', 'Arn']],
  ['AWS::StepFunctions::StateMachine', 'states', ['Ref', 'Arn']],
])('who is told of a %s calls %s', (type, service, attributes) => {
  expect(attributes.map((one) => named(type, attribute(one)))).toEqual(attributes.map(() => [['web', 'IT', 'It', service]]));
  expect(named(type, attribute('DomainName'))).toEqual([]);
});

test('a name within a longer value counts', () => {
  expect(named('AWS::S3::Bucket', { 'Fn::Sub': 's3://${It}/files' })).toHaveLength(1);
});

test('a type that programs do not call is nothing', () => {
  expect(named('AWS::Logs::LogGroup', attribute('Ref'))).toEqual([]);
});

test.each([
  ['a plain variable', { Environment: [{ Name: 'IT', Value: attribute('Ref') }, { Name: 'AWS_ACCESS_KEY_ID', Value: 'x' }] }],
  ['a secret', { Secrets: [{ Name: 'S3_ACCESS_KEY_ID', ValueFrom: 'x' }] }],
])('a container with access keys in %s needs no role', (_where, more) => {
  expect(named('AWS::S3::Bucket', attribute('Ref'), more)).toEqual([]);
});

test('a variable that only begins like an access key is none', () => {
  expect(named('AWS::S3::Bucket', attribute('Ref'), { Secrets: [{ Name: 'ACCESS_KEY_ID_OLD', ValueFrom: 'x' }] })).toHaveLength(1);
});
