import { isAccount, letsService, namesRole, namesService } from '../../../src/app-model/iam/principals';
import { readStatements } from '../../../src/app-model/iam/statement';
import type { Match } from '../../../src/app-model/iam/statement';
import { modelOf } from '../model';

const { model } = modelOf({
  Queue: { Type: 'AWS::SQS::Queue' },
  Role: { Type: 'AWS::IAM::Role' },
  Other: { Type: 'AWS::IAM::Role' },
});
const holder = model.resource('Test/Queue')!;
const role = model.resource('Test/Role')!;

const statement = (body: object) => readStatements(model, holder, { Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', ...body } })[0];

test.each<[unknown, Match]>([
  ['*', 'yes'],
  [{ AWS: '*' }, 'yes'],
  [undefined, 'unknown'],
  ['sns.amazonaws.com', 'unknown'],
  [{ Service: 'sns.amazonaws.com' }, 'yes'],
  [{ Service: ['s3.amazonaws.com', 'sns.amazonaws.com'] }, 'yes'],
  [{ Service: 'sns.eu-west-1.amazonaws.com' }, 'yes'],
  [{ Service: 'sns.amazonaws.com.cn' }, 'yes'],
  [{ Service: { 'Fn::Sub': 'sns.${AWS::Region}.amazonaws.com' } }, 'yes'],
  [{ Service: { 'Fn::Sub': 'sns.${AWS::URLSuffix}' } }, 'yes'],
  [{ Service: '*' }, 'yes'],
  [{ Service: 's3.amazonaws.com' }, 'no'],
  [{ Service: 'mysns.amazonaws.com' }, 'no'],
  [{ Service: 'sns.amazonaws.com.example.com' }, 'no'],
  [{ Service: { Ref: 'Parameter' } }, 'unknown'],
  [{ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, 'no'],
  [{ AWS: 'arn:aws:iam::111111111111:root' }, 'no'],
])('a statement for %j names SNS: %s', (Principal, answer) => {
  expect(namesService(model, statement({ Principal }), ['sns.amazonaws.com'])).toBe(answer);
});

test('a dot in the name of a service is a dot', () => {
  const named = (Service: string) => namesService(model, statement({ Principal: { Service } }), ['monitoring.rds.amazonaws.com']);
  expect([named('monitoring.rds.amazonaws.com'), named('monitoringxrds.eu-west-1.amazonaws.com')]).toEqual(['yes', 'no']);
});

test('any of several services is enough', () => {
  const asked = ['s3.amazonaws.com', 'sns.amazonaws.com'];
  expect(namesService(model, statement({ Principal: { Service: 'sns.amazonaws.com' } }), asked)).toBe('yes');
});

test('a service that has no name of its own is compared as it is', () => {
  expect(namesService(model, statement({ Principal: { Service: 'sns.example.com' } }), ['sns'])).toBe('no');
  expect(namesService(model, statement({ Principal: { Service: 'sns' } }), ['sns'])).toBe('yes');
});

test.each<[unknown, Match]>([
  ['*', 'yes'],
  [{ AWS: '*' }, 'yes'],
  [undefined, 'unknown'],
  [{ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, 'yes'],
  [{ AWS: [{ 'Fn::GetAtt': ['Other', 'Arn'] }, { 'Fn::GetAtt': ['Role', 'Arn'] }] }, 'yes'],
  [{ AWS: { 'Fn::GetAtt': ['Other', 'Arn'] } }, 'no'],
  [{ AWS: { 'Fn::Sub': 'arn:aws:iam::111111111111:role/${Role}' } }, 'yes'],
  [{ AWS: '111111111111' }, 'no'],
  [{ AWS: 'arn:aws:iam::111111111111:root' }, 'no'],
  [{ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, 'no'],
  [{ AWS: 'arn:aws:iam::111111111111:role/its' }, 'unknown'],
  [{ AWS: { Ref: 'Parameter' } }, 'unknown'],
  [{ Service: 'sns.amazonaws.com' }, 'no'],
])('a statement for %j names the role: %s', (Principal, answer) => {
  expect(namesRole(model, statement({ Principal }), role)).toBe(answer);
});

test.each([
  [['111111111111'], true], [['*'], true], [['arn:aws:iam::111111111111:root'], true], [['arn:aws-cn:iam::', { target: 'AWS::AccountId', attribute: '' }, ':root'], true],
  [['11111111111'], false], [['1111111111111'], false], [['arn:aws:iam::111111111111:role/root'], false], [['arn:aws:sts::111111111111:root'], false],
  [['arn:aws:iam::', { reason: 'not known' }, ':root'], false], [['arn:aws:iam::', { target: 'Test/Role', attribute: 'Ref' }, ':root'], false],
])('%j stands for a whole account: %p', (text, answer) => {
  expect(isAccount(text)).toBe(answer);
});

const SNS = { Service: 'sns.amazonaws.com' };

test.each<[string, object[], Match]>([
  ['that lets it', [{ Principal: SNS }], 'yes'],
  ['that lets another', [{ Principal: { Service: 's3.amazonaws.com' } }], 'no'],
  ['that lets it do something else', [{ Principal: SNS, Action: 'sqs:ReceiveMessage' }], 'no'],
  ['that lets it under a condition', [{ Principal: SNS, Condition: { ArnEquals: { 'aws:SourceArn': 'x' } } }], 'yes'],
  ['that lets all but somebody', [{ NotPrincipal: SNS }], 'unknown'],
  ['of a parameter', [{ Principal: { Service: { Ref: 'Parameter' } } }], 'unknown'],
  ['of an effect that is not known', [{ Principal: SNS, Effect: { Ref: 'Effect' } }], 'unknown'],
  ['that denies it', [{ Principal: SNS, Effect: 'Deny' }], 'no'],
  ['that lets another, and one that lets it', [{ Principal: { Service: 's3.amazonaws.com' } }, { Principal: SNS }], 'yes'],
  ['of nothing', [], 'no'],
])('whether a policy with a statement %s lets SNS send', (_what, bodies, answer) => {
  expect(letsService(model, bodies.map(statement), ['sns.amazonaws.com'], 'sqs:SendMessage')).toBe(answer);
});
