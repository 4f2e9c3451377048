import { readVpcEndpoints } from '../../../src/app-model/endpoints/vpc-endpoints';
import { letsNothingThrough, policyLacks } from '../../../src/app-model/iam/endpoint-policy';
import { modelOf } from '../model';

function endpoint(service: string, statements?: unknown) {
  const document = statements === undefined ? undefined : { Statement: statements };
  const app = modelOf({
    Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { ServiceName: `com.amazonaws.eu-west-1.${service}`, PolicyDocument: document } },
    Bucket: { Type: 'AWS::S3::Bucket' },
  });
  return { model: app.model, one: readVpcEndpoints(app)[0] };
}

function lacks(service: string, statements?: unknown) {
  const { model, one } = endpoint(service, statements);
  return policyLacks(model, one);
}

const lets = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Principal: '*', Action, Resource: '*', ...more });

test.each([
  ['s3', ['s3:GetObject']],
  ['ecr.api', ['ecr:GetAuthorizationToken']],
  ['ecr.dkr', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']],
  ['logs', ['logs:PutLogEvents']],
  ['secretsmanager', ['secretsmanager:GetSecretValue']],
  ['ssm', ['ssm:GetParameters']],
])('a task asks the endpoint of %s for %j', (service, actions) => {
  expect(lacks(service)).toBeUndefined();
  expect(lacks(service, [lets(actions)])).toBeUndefined();
  for (const missing of actions) {
    expect(lacks(service, [lets(['x:Other', ...actions.filter((one) => one !== missing)])])).toBe(missing);
  }
});

const LAYERS = 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*';

test.each<[string, unknown, string | undefined]>([
  ['lets all of the bucket of the layers', [lets('s3:GetObject', { Resource: LAYERS })], undefined],
  ['lets all of that bucket, in any region', [lets('s3:GetObject', { Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::prod-${AWS::Region}-starport-layer-bucket/*' } })], undefined],
  ['lets another bucket', [lets('s3:GetObject', { Resource: 'arn:aws:s3:::shop/*' })], 's3:GetObject'],
  ['lets a bucket of the app', [lets('s3:GetObject', { Resource: { 'Fn::Sub': '${Bucket.Arn}/*' } })], undefined],
  ['denies it to everybody', [lets('*'), lets('s3:GetObject', { Effect: 'Deny' })], 's3:GetObject'],
  ['denies it to everybody of AWS', [lets('*'), lets('s3:GetObject', { Effect: 'Deny', Principal: { AWS: '*' } })], 's3:GetObject'],
  ['denies it to somebody', [lets('*'), lets('s3:GetObject', { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::111111111111:root' } })], undefined],
  ['denies it under a condition', [lets('*'), lets('s3:GetObject', { Effect: 'Deny', Condition: { Bool: { a: 'true' } } })], undefined],
  ['denies something else', [lets('*'), lets('s3:PutObject', { Effect: 'Deny' })], undefined],
  ['lets all but some', [lets('s3:GetObject', { Resource: undefined, NotResource: 'arn:aws:s3:::shop/*' })], undefined],
  ['names no resource', [lets('s3:GetObject', { Resource: undefined })], undefined],
  ['has an effect that is not known', [lets('s3:GetObject', { Effect: { Ref: 'Effect' } })], undefined],
  ['lets what is not known', [lets({ Ref: 'Action' })], undefined],
])('what a task lacks where the policy of the endpoint of S3 %s', (_what, statements, answer) => {
  expect(lacks('s3', statements)).toBe(answer);
});

test('for an endpoint of a service that no start of a task asks nothing is lacking', () => {
  expect(lacks('sqs', [lets('x:Other')])).toBeUndefined();
});

test.each([
  ['sqs', ['sqs:SendMessage', 'sqs:ReceiveMessage']],
  ['sns', ['sns:Publish']],
  ['s3', ['s3:GetObject', 's3:PutObject']],
  ['dynamodb', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']],
  ['kinesis', ['kinesis:PutRecord', 'kinesis:PutRecords', 'kinesis:GetRecords']],
  ['states', ['states:StartExecution']],
  ['ssmmessages', ['ssmmessages:OpenDataChannel']],
])('through an endpoint of %s goes who may do one of %j', (service, actions) => {
  const nothing = (statements?: unknown) => {
    const { model, one } = endpoint(service, statements);
    return letsNothingThrough(model, one);
  };
  expect(nothing()).toBe(false);
  expect(nothing([lets('x:Other')])).toBe(true);
  expect(actions.map((action) => nothing([lets(action)]))).toEqual(actions.map(() => false));
  expect(nothing([lets(actions, { Effect: 'Deny' })])).toBe(true);
  expect(nothing([lets(actions, { Principal: { AWS: 'arn:aws:iam::111111111111:root' } })])).toBe(false);
});

test('of an endpoint of a service that is not known nothing is said', () => {
  const { model, one } = endpoint('athena', [lets('x:Other')]);
  expect(letsNothingThrough(model, one)).toBe(false);
});
