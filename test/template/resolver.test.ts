import { TemplateModel } from '../../src/template/template-model';
import { literalOf, readable, reasonOf } from '../../src/template/text';
import { contentOf, stackTemplate } from '../checks/apps';

/** A parent that hands a value to a stack nested in it, and what `{ Ref: 'Given' }` is there. */
function given(value: unknown): { texts: string[]; text: string } {
  const parent = stackTemplate('Parent', {
    Resources: {
      A: { Type: 'AWS::EC2::Subnet' },
      B: { Type: 'AWS::EC2::Subnet' },
      Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Given: value } } },
    },
  });
  const nested = stackTemplate('Parent/Nested', { Parameters: { Given: {} }, Resources: { User: { Type: 'X', Properties: {} } } }, {
    parent: { stack: parent, logicalId: 'Nested' },
  });
  const model = new TemplateModel(contentOf([parent, nested]));
  const user = model.resource('Parent/Nested/User')!;
  return { texts: model.texts(user, { Ref: 'Given' }).map(readable), text: readable(model.text(user, { Ref: 'Given' })) };
}

describe('a list parameter of a nested stack', () => {
  test.each<[string, unknown]>([
    ['a list', [{ Ref: 'A' }, { Ref: 'B' }]],
    ['one text joined by commas', { 'Fn::Join': [',', [{ Ref: 'A' }, { Ref: 'B' }]] }],
  ])('given as %s is the list of its items', (_how, value) => {
    expect(given(value).texts).toEqual(['(Parent/A)', '(Parent/B)']);
  });

  test('is one text with commas where a text is wanted', () => {
    expect(given([{ Ref: 'A' }, 'subnet-1']).text).toBe('(Parent/A),subnet-1');
  });

  test('of literals is taken apart', () => {
    expect(given('subnet-1,subnet-2').texts).toEqual(['subnet-1', 'subnet-2']);
  });
});

test('a value that two stacks share is read in each of them', () => {
  const region = { Ref: 'AWS::Region' };
  const stacks = ['eu-west-1', 'us-east-1'].map((name) => stackTemplate(name, { Resources: { Thing: { Type: 'X', Properties: { region } } } }, { region: name }));
  const model = new TemplateModel(contentOf(stacks));
  const said = ['eu-west-1', 'us-east-1', 'eu-west-1'].map((name) => literalOf(model.text(model.resource(`${name}/Thing`)!, region)));
  expect(said).toEqual(['eu-west-1', 'us-east-1', 'eu-west-1']);
});

describe('a value', () => {
  const stack = stackTemplate('Test', {
    Parameters: { Later: { Type: 'String' } },
    Mappings: { Sizes: { small: { cpu: '256' } } },
    Resources: { Thing: { Type: 'X', Properties: {} } },
  }, { account: '111111111111', region: 'eu-west-1' });
  const model = new TemplateModel(contentOf([stack]));
  const thing = model.resource('Test/Thing')!;
  const textOf = (value: unknown) => model.text(thing, value);

  test.each<[unknown, string]>([
    [{ 'Fn::Sub': 'a-${AWS::Region}-${!literal}' }, 'a-eu-west-1-${literal}'],
    [{ 'Fn::Sub': ['${One}${Two}', { One: '1', Two: '2' }] }, '12'],
    [{ 'Fn::Select': [1, ['a', 'b']] }, 'b'],
    [{ 'Fn::Select': ['0', { 'Fn::Split': ['/', 'x/y'] }] }, 'x'],
    [{ 'Fn::FindInMap': ['Sizes', 'small', 'cpu'] }, '256'],
    [{ 'Fn::If': ['Any', 'same', 'same'] }, 'same'],
    [{ 'Fn::Base64': 'plain' }, 'plain'],
    [{ Ref: 'AWS::AccountId' }, '111111111111'],
  ])('%j is %s', (value, text) => {
    expect(literalOf(textOf(value))).toBe(text);
  });

  test.each<[unknown, RegExp]>([
    [{ Ref: 'Later' }, /parameter Later of Test is given at deployment/],
    [{ Ref: 'Nobody' }, /Nobody is not in the template of Test/],
    [{ 'Fn::If': ['Any', 'one', 'other'] }, /condition Any is decided at deployment/],
    [{ 'Fn::Select': [2, ['a', 'b']] }, /there is no item 2 in the list/],
    [{ 'Fn::ImportValue': 'elsewhere' }, /export elsewhere is not in this app/],
    ['{{resolve:ssm:/x}}', /is read at deployment/],
  ])('%j is not decided', (value, reason) => {
    expect(reasonOf(textOf(value))).toMatch(reason);
  });
});
