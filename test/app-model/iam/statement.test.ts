import { any, glob, matchesAction, readStatements } from '../../../src/app-model/iam/statement';
import type { Match } from '../../../src/app-model/iam/statement';
import { modelOf } from '../model';

const TOPIC = 'AWS::SNS::Topic';

function statements(document: unknown, more: object = {}) {
  const { model } = modelOf({ Holder: { Type: 'AWS::IAM::Policy', ...more }, Topic: { Type: TOPIC } });
  return readStatements(model, model.resource('Test/Holder')!, document);
}

const one = (body: unknown, more: object = {}) => statements({ Statement: body }, more)[0];

test('a statement is read as it stands', () => {
  expect(one({ Effect: 'Deny', Action: 'sns:Publish', Resource: { Ref: 'Topic' }, Principal: '*', Condition: { Bool: { a: 'true' } } })).toMatchObject({
    effect: 'Deny',
    actions: [['sns:Publish']],
    notActions: undefined,
    resources: [[{ target: 'Test/Topic', attribute: 'Ref' }]],
    excepted: false,
    principal: '*',
    condition: { Bool: { a: 'true' } },
  });
});

test('a document has one statement or a list of them', () => {
  expect(statements({ Statement: { Effect: 'Allow' } })).toHaveLength(1);
  expect(statements({ Statement: [{ Effect: 'Allow' }, { Effect: 'Deny' }] }).map(({ effect }) => effect)).toEqual(['Allow', 'Deny']);
  expect(statements({ Statement: [] })).toEqual([]);
});

test('no document has no statements, and one that is not plain has one that is not known', () => {
  expect(statements(undefined)).toEqual([]);
  expect(statements({ 'Fn::If': ['A', {}, {}] })).toEqual([expect.objectContaining({ effect: 'unknown', excepted: false })]);
  expect(statements({ Version: '2012-10-17' })).toEqual([expect.objectContaining({ effect: 'unknown' })]);
});

test.each<[string, unknown, object]>([
  ['without an effect', { Action: '*' }, {}],
  ['with an effect that is not known', { Effect: { Ref: 'Effect' }, Action: '*' }, {}],
  ['that hangs on a condition', { 'Fn::If': ['A', {}, {}] }, {}],
  ['in a resource that hangs on a condition', { Effect: 'Allow', Action: '*' }, { Condition: 'A' }],
  ['that is no object', 'Allow', {}],
])('the effect of a statement %s is not known', (_what, body, more) => {
  expect(one(body, more).effect).toBe('unknown');
});

test.each([['NotResource', true], ['NotPrincipal', true], ['Resource', false], ['Principal', false]])('%s makes an exception: %p', (key, answer) => {
  expect(one({ Effect: 'Allow', Action: '*', [key]: '*' }).excepted).toBe(answer);
});

test.each<[string, unknown, Match]>([
  ['the action', { Action: 's3:GetObject' }, 'yes'],
  ['the action among others', { Action: ['s3:PutObject', 's3:GetObject'] }, 'yes'],
  ['the action in other letters', { Action: 'S3:getobject' }, 'yes'],
  ['a pattern', { Action: 's3:Get*' }, 'yes'],
  ['all actions', { Action: '*' }, 'yes'],
  ['another action', { Action: 's3:PutObject' }, 'no'],
  ['a pattern of others', { Action: ['s3:Put*', 's3:List?'] }, 'no'],
  ['a parameter', { Action: { Ref: 'Action' } }, 'unknown'],
  ['the action and a parameter', { Action: [{ Ref: 'Action' }, 's3:GetObject'] }, 'yes'],
  ['nothing', {}, 'unknown'],
  ['all but the action', { NotAction: 's3:GetObject' }, 'no'],
  ['all but another', { NotAction: ['s3:PutObject'] }, 'yes'],
  ['all but a parameter', { NotAction: { Ref: 'Action' } }, 'no'],
])('whether a statement of %s speaks of s3:GetObject', (_what, body, answer) => {
  expect(matchesAction(one({ Effect: 'Allow', ...body as object }), 's3:GetObject')).toBe(answer);
});

test.each<[Match[], Match]>([[['no', 'unknown', 'yes'], 'yes'], [['no', 'unknown'], 'unknown'], [['no', 'no'], 'no'], [[], 'no']])('any of %j is %s', (matches, answer) => {
  expect(any(matches)).toBe(answer);
});

test.each([
  ['a*c', 'abbc', true], ['a*c', 'ac', true], ['a?c', 'abc', true], ['a?c', 'ac', false], ['a.c', 'abc', false], ['a.*', 'abc', false], ['A*', 'abc', true],
  ['*', '', true], ['a**c', 'abc', true], ['b*', 'abc', false], ['*b', 'abc', false], ['a+*', 'a+b', true], ['[a]*', '[a]b', true], ['abc', 'ABC', true], ['abc', 'ab', false],
])('%s covers %s: %p', (pattern, text, answer) => {
  expect(glob(pattern, text)).toBe(answer);
  expect(glob(pattern, text)).toBe(answer);
});
