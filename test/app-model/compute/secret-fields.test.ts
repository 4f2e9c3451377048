import { secretFields } from '../../../src/app-model/compute/secret-fields';
import { modelOf } from '../model';

function fields(properties: object, more: object = {}, attached = false) {
  const { model } = modelOf({
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: properties, ...more },
    Other: { Type: 'AWS::SecretsManager::Secret' },
    Attachment: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: attached ? 'Secret' : 'Other' } } },
  });
  const found = secretFields(model, model.resource('Test/Secret')!);
  return found === undefined || found === 'none' ? found : [...found];
}

const ATTACHED = ['engine', 'host', 'port', 'dbname', 'username', 'password', 'dbInstanceIdentifier', 'dbClusterIdentifier', 'masterarn', 'ssl'];
const generated = (more: object = {}) => ({ GenerateSecretString: { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: 'pw', ...more } });

test.each<[string, object, unknown]>([
  ['a JSON object', { SecretString: '{"a":1,"b":2}' }, ['a', 'b']],
  ['a word', { SecretString: 'hunter2' }, 'none'],
  ['a JSON list', { SecretString: '[1]' }, 'none'],
  ['nothing', {}, undefined],
  ['what a parameter says', { SecretString: { Ref: 'Parameter' } }, undefined],
  ['what is generated into a template', generated(), ['username', 'pw']],
  ['a generated word', { GenerateSecretString: {} }, 'none'],
  ['what is generated into a template that is not known', generated({ SecretStringTemplate: { Ref: 'Parameter' } }), undefined],
  ['what is generated under a key that is not known', generated({ GenerateStringKey: { Ref: 'Parameter' } }), undefined],
  ['what hangs on a condition', { GenerateSecretString: { 'Fn::If': ['A', {}, {}] } }, undefined],
  ['replicas', { SecretString: '{"a":1}', ReplicaRegions: [{ Region: 'eu-west-2' }] }, undefined],
])('the fields of a secret of %s', (_what, properties, expected) => {
  expect(fields(properties)).toEqual(expected);
});

test.each(['', '{}', 'CHANGE_ME', 'changeme', 'change-me', '<change me>', 'todo', 'Placeholder', 'replace_me', 'dummy', 'none', '***'])('%p is filled in later by hand', (SecretString) => {
  expect(fields({ SecretString })).toBeUndefined();
});

test('a word that only holds one for later is none', () => {
  expect(fields({ SecretString: 'changeme123' })).toBe('none');
});

test('a secret that exists on a condition may be another', () => {
  expect(fields({ SecretString: '{"a":1}' }, { Condition: 'A' })).toBeUndefined();
});

test('an attachment to a database adds its fields', () => {
  expect(fields(generated(), {}, true)).toEqual(['username', 'pw', ...ATTACHED.filter((one) => one !== 'username')]);
  expect(fields({ GenerateSecretString: {} }, {}, true)).toEqual(ATTACHED);
  expect(fields({ SecretString: '{}' }, {}, true)).toEqual(ATTACHED);
});
