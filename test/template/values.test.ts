import { decided, isComplete, isSeenInPart, UNDECIDED } from '../../src/template/decided';
import { asList, asObject, dig, intrinsicOf, isNoValue, isObject } from '../../src/template/json';
import { Mentions } from '../../src/template/mentions';
import { isNestedStack, templateNamed } from '../../src/template/nested-stacks';
import { Pointers } from '../../src/template/pointers';
import { referencesIn } from '../../src/template/references';
import { isSlip } from '../../src/template/slip';
import { TemplateModel } from '../../src/template/template-model';
import { readable, sameKeyOf } from '../../src/template/text';
import { count, isOn, isUndecided, literalAt, nameOf, numberAt, parameterDefault, textAt } from '../../src/template/values';
import { contentOf, stackTemplate } from '../checks/apps';

const modelOf = (resources: Record<string, unknown>, rest: Record<string, unknown> = {}) => new TemplateModel(contentOf([stackTemplate('Test', { Resources: resources, ...rest })]));
const THING = { Type: 'AWS::SNS::Topic' };

test('json is read as far as it goes', () => {
  expect([asObject({ a: 1 }), asObject([1]), asObject(null), asObject('a')]).toEqual([{ a: 1 }, {}, {}, {}]);
  expect([isObject({}), isObject([]), isObject(null), isObject('a')]).toEqual([true, false, false, false]);
  expect([asList(undefined), asList(null), asList([1]), asList('a'), asList({ a: 1 }), asList(0)]).toEqual([[], [], [1], ['a'], [{ a: 1 }], [0]]);
  expect([dig({ a: { b: 1 } }, 'a', 'b'), dig({ a: { b: 1 } }, 'b', 'a'), dig('a', 'length'), dig({ a: { Ref: 'AWS::NoValue' } }, 'a')]).toEqual([1, undefined, undefined, undefined]);
  expect([isNoValue({ Ref: 'AWS::NoValue' }), isNoValue({ Ref: 'Other' }), isNoValue('AWS::NoValue')]).toEqual([true, false, false]);
});

test.each<[unknown, unknown]>([
  [{ Ref: 'A' }, ['Ref', 'A']], [{ 'Fn::Sub': 'a' }, ['Fn::Sub', 'a']], [{ 'Ref': 'A', 'Fn::Sub': 'a' }, undefined], [{ Name: 'A' }, undefined], [{}, undefined], ['Ref', undefined], [[{ Ref: 'A' }], undefined],
])('the function in %j is %j', (value, expected) => {
  expect(intrinsicOf(value)).toEqual(expected);
});

test.each<[unknown, unknown]>([['a', 'a'], ['', ''], [1, '1'], [false, 'false'], [undefined, undefined], [{ Ref: 'P' }, UNDECIDED], [{ Ref: 'It' }, UNDECIDED], [{ a: 1 }, UNDECIDED]])('%j is decided as %p', (value, expected) => {
  const model = modelOf({ It: THING });
  expect(decided(model, model.resource('Test/It')!, value)).toBe(expected);
});

const SAM = 'AWS::Serverless-2016-10-31';

test.each<[string, Record<string, unknown>, Record<string, unknown>, boolean, boolean]>([
  ['plain', { It: THING }, {}, true, false],
  ['with the extensions of the language', { It: THING }, { Transform: 'AWS::LanguageExtensions' }, true, false],
  ['with a macro', { It: THING }, { Transform: 'Shop' }, false, true],
  ['with a macro among others', { It: THING }, { Transform: ['AWS::LanguageExtensions', 'Shop'] }, false, true],
  ['of SAM without its types', { It: THING }, { Transform: SAM }, true, false],
  ['of SAM', { It: { Type: 'AWS::Serverless::Function' } }, { Transform: SAM }, false, false],
  ['of SAM with a nested application', { It: { Type: 'AWS::Serverless::Application', Properties: { Location: 'a.yaml' } } }, { Transform: SAM }, true, false],
  ['with a loop', { 'Fn::ForEach::A': ['a', [], {}] }, {}, false, true],
  ['with an include', { 'Fn::Transform': {} }, {}, false, true],
])('whether a template %s is all there is', (_what, resources, rest, complete, inPart) => {
  const model = modelOf(resources, rest);
  expect([isComplete(model), isSeenInPart(model.stacks[0])]).toEqual([complete, inPart]);
  expect([isComplete(model), isSeenInPart(model.stacks[0])]).toEqual([complete, inPart]);
});

test('a template without resources is not all there is', () => {
  const model = new TemplateModel(contentOf([stackTemplate('Test', {})]));
  expect([isComplete(model), model.problems]).toEqual([false, [{ subject: 'Test', reason: 'its template has no Resources object' }]]);
});

test('what no resource is becomes a problem', () => {
  expect(modelOf({ A: 'text', B: { Properties: {} }, C: THING }).problems.map(({ subject, reason }) => [subject, reason])).toEqual([
    ['Test/A', 'the resource has no Type'], ['Test/B', 'the resource has no Type'],
  ]);
});

test('a model finds resources by id, by stack and by type, and knows who was asked for', () => {
  const model = modelOf({ A: THING, B: { Type: 'AWS::SQS::Queue', Properties: { To: { Ref: 'A' } } }, C: { Type: 'AWS::S3::Bucket', Condition: 'Yes' } });
  expect(model.ofType('AWS::SQS::Queue', 'AWS::Nothing').map(({ id }) => id)).toEqual(['Test/B']);
  expect([...model.unasked()]).toEqual([['AWS::SNS::Topic', 1], ['AWS::S3::Bucket', 1]]);
  expect(model.pointee(model.resource('Test/B')!, { Ref: 'A' })?.id).toBe('Test/A');
  expect([...model.unasked().keys()]).toEqual(['AWS::S3::Bucket']);
  expect(model.stacksWith('A').map(({ id }) => id)).toEqual(['Test']);
  expect(model.stacksWith('D')).toEqual([]);
  expect(model.all().map(({ conditional }) => conditional)).toEqual([false, false, true]);
});

test('a value mentions a resource however it is glued', () => {
  const model = modelOf({ A: THING, B: THING });
  const [a, b] = model.all();
  expect([{ Ref: 'A' }, { 'Fn::Sub': 'x-${A}-y' }, 'A', { Ref: 'B' }, undefined].map((value) => model.mentions(b, value, a))).toEqual([true, true, false, false, false]);
});

test('a path is that of the assembly, else that of the metadata, else the id', () => {
  const stack = stackTemplate('Test', { Resources: { A: THING, B: { ...THING, Metadata: { 'aws:cdk:path': 'Shop/B' } }, C: { ...THING, Metadata: { 'aws:cdk:path': 1 } } } }, { paths: new Map([['A', 'Shop/A']]) });
  expect(new TemplateModel(contentOf([stack])).all().map(({ path }) => path)).toEqual(['Shop/A', 'Shop/B', 'Test/C']);
});

const PROPERTIES = { Text: 'a', Number: '12', Low: -3, Half: 1.5, Open: { Ref: 'P' }, Deep: { Text: 'b' } };

test('properties are read as text, literal and number', () => {
  const model = modelOf({ It: { ...THING, Properties: PROPERTIES } });
  const it = model.resource('Test/It')!;
  expect([textAt(model, it, 'Text'), textAt(model, it, 'Nothing'), literalAt(model, it, 'Deep', 'Text'), literalAt(model, it, 'Open'), literalAt(model, it, 'Nothing')])
    .toEqual([['a'], [], 'b', undefined, undefined]);
  expect(['Number', 'Low', 'Half', 'Text', 'Open', 'Nothing'].map((key) => numberAt(model, it, key))).toEqual([12, -3, undefined, undefined, undefined, undefined]);
  expect(['Text', 'Open', 'Nothing'].map((key) => isUndecided(model, it, key))).toEqual([false, true, false]);
});

test.each([[true, true], ['true', true], [false, false], ['false', false], [1, false], [undefined, false]])('%j is on: %p', (value, answer) => {
  expect(isOn(value)).toBe(answer);
});

test.each<[unknown, string | undefined]>([[{ Ref: 'Ami' }, '/aws/ami'], ['{{resolve:ssm:/aws/ami}}', '{{resolve:ssm:/aws/ami}}'], [{ Ref: 'Open' }, undefined], [{ Ref: 'Nothing' }, undefined], [{ 'Fn::Sub': 'a' }, undefined], [undefined, undefined]])(
  'the default of %j is %p', (value, expected) => {
    const model = modelOf({ It: THING }, { Parameters: { Ami: { Default: '/aws/ami' }, Open: {} } });
    expect(parameterDefault(model.resource('Test/It')!, value)).toBe(expected);
  });

test.each([
  ['Shop/Web/Resource', 'Shop/Web'], ['Shop/Web/Default', 'Shop/Web'], ['Shop/Web/Service', 'Shop/Web'], ['Shop/Web/ASG', 'Shop/Web'], ['Shop/A/Subnet', 'Shop/A'], ['Shop/A/SecurityGroup', 'Shop/A'],
  ['Shop/Web/Target', 'Shop/Web/Target'], ['Test/Service', 'Test/Service'],
])('what lies at %s is called %s', (path, name) => {
  const model = new TemplateModel(contentOf([stackTemplate('Test', { Resources: { A: THING } }, { paths: new Map([['A', path]]) })]));
  expect(nameOf(model.all()[0])).toBe(name);
});

test.each([[0, '0 tasks'], [1, '1 task'], [2, '2 tasks']])('%d of them are %s', (amount, text) => {
  expect(count(amount, 'task')).toBe(text);
});

test.each([
  ['healthy', 'healty', true], ['healthy', 'heatlhy', true], ['Healthy', 'healthy', true], ['healthy', 'healthy', false], ['healthy', 'helt', false], ['abc', 'abd', false], ['abcd', 'abce', true], ['A', 'a', true],
  ['healthy', 'healthyxx', true], ['healthy', 'healthyxxx', false],
])('%s is a slip of %s: %p', (one, other, answer) => {
  expect(isSlip(one, other)).toBe(answer);
});

test('parameters have names by which they are equal, what else is not known has none', () => {
  const parameter = { reason: 'parameter Port of Test is given at deployment' };
  expect([sameKeyOf([parameter]), sameKeyOf(['a', parameter]), sameKeyOf([{ reason: 'nobody knows' }]), sameKeyOf(['a'])])
    .toEqual(['(parameter Port of Test)', 'a(parameter Port of Test)', undefined, 'a']);
  expect(readable([parameter, { target: 'Test/A', attribute: 'Ref' }, { target: 'Test/A', attribute: 'Arn' }, { target: 'AWS::Region', attribute: '/' }]))
    .toBe('(parameter Port of Test)(Test/A)(Test/A.Arn)(AWS::Region)');
});

test('references are found at any depth, those of a condition too', () => {
  const model = modelOf({ A: THING, B: THING, C: THING, It: THING });
  const value = { List: [{ Ref: 'A' }], Sub: { 'Fn::Sub': '${B.Arn}' }, Join: { 'Fn::Join': ['', ['x', { 'Fn::GetAtt': ['C', 'Arn'] }]] }, Not: { Ref: 'P' }, If: { 'Fn::If': ['D', { Ref: 'It' }, 'x'] } };
  expect([...referencesIn(model, model.resource('Test/It')!, value)].sort()).toEqual(['Test/A', 'Test/B', 'Test/C', 'Test/It']);
});

test('pointers lead from a resource to those that name it, one or many, once each', () => {
  const to = (value: unknown) => ({ ...THING, Properties: { Deep: { To: value } } });
  const model = modelOf({ A: { Type: 'AWS::SQS::Queue' }, One: to({ Ref: 'A' }), Many: to([{ Ref: 'A' }, { 'Fn::GetAtt': ['A', 'Arn'] }]), None: to('a') });
  const pointers = new Pointers(model);
  expect(pointers.to(model.resource('Test/A'), 'AWS::SNS::Topic', 'Deep', 'To').map(({ logicalId }) => logicalId)).toEqual(['One', 'Many']);
  expect(pointers.to(model.resource('Test/A'), 'AWS::SNS::Topic', 'To')).toEqual([]);
  expect(pointers.to(undefined, 'AWS::SNS::Topic', 'Deep', 'To')).toEqual([]);
});

function mentions(user: object, Outputs: object = {}) {
  const model = modelOf({ A: THING, User: user }, { Outputs });
  const [all, a] = [Mentions.of(model), model.resource('Test/A')!];
  return [all.of(a).map(({ logicalId }) => logicalId), all.isHandedOut(a), all.isHandedToOthers(a)];
}

test.each<[string, object, object, unknown[]]>([
  ['nobody', THING, {}, [[], false, false]],
  ['a reference', { ...THING, Properties: { To: { Ref: 'A' } } }, {}, [['User'], false, false]],
  ['an attribute', { ...THING, Properties: { To: [{ 'Fn::GetAtt': ['A', 'Arn'] }] } }, {}, [['User'], false, false]],
  ['an attribute in one word', { ...THING, Properties: { To: { 'Fn::GetAtt': 'A.Arn' } } }, {}, [['User'], false, false]],
  ['a text', { ...THING, Properties: { To: { 'Fn::Sub': 'x${A.Arn}' } } }, {}, [['User'], false, false]],
  ['a value of a text', { ...THING, Properties: { To: { 'Fn::Sub': ['x${B}', { B: { Ref: 'A' } }] } } }, {}, [['User'], false, false]],
  ['a nested stack', { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { A: { Ref: 'A' } } } }, {}, [['User'], true, true]],
  ['a resource of its own kind', { Type: 'Custom::Thing', Properties: { A: { Ref: 'A' } } }, {}, [['User'], true, true]],
  ['an output', THING, { It: { Value: { Ref: 'A' } } }, [[], true, true]],
  ['an output of the CDK', THING, { ExportsOutputRefA: { Value: { Ref: 'A' } } }, [[], true, false]],
])('what is mentioned by %s', (_who, user, outputs, expected) => {
  expect(mentions(user, outputs)).toEqual(expected);
});

test.each<[unknown, boolean]>([
  [{ Type: 'AWS::CloudFormation::Stack' }, true], [{ Type: 'AWS::Serverless::Application', Properties: { Location: 'a.yaml' } }, true],
  [{ Type: 'AWS::Serverless::Application', Properties: { Location: { ApplicationId: 'a' } } }, false], [THING, false], ['text', false],
])('%j is a stack: %p', (body, answer) => {
  expect(isNestedStack(body)).toBe(answer);
});

test.each<[unknown, string | undefined]>([
  [{ Metadata: { 'aws:asset:path': 'a.nested.template.json' } }, 'a.nested.template.json'], [{ Properties: { TemplateURL: 'https://example.com/b/net.yaml' } }, 'net.yaml'],
  [{ Properties: { TemplateURL: { 'Fn::Sub': 'https://${Bucket}/b/net.yml' } } }, 'net.yml'], [{ Properties: { TemplateURL: { 'Fn::Join': ['/', ['https:', { Ref: 'B' }, 'c/net.template']] } } }, 'net.template'],
  [{ Properties: { Location: './app/sam.yaml' } }, 'sam.yaml'], [{ Properties: { TemplateURL: 'https://example.com/net' } }, undefined], [{}, undefined],
])('the file of the template of %j is %p', (body, expected) => {
  expect(templateNamed(body)).toBe(expected);
});
