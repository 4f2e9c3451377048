import Ajv from 'ajv';
import { OPEN_SHOP, SHOP } from './templates';
import { folder, runIn } from './terminal';
import { HOSTILE, hostileTemplate } from '../page/drawings';

/* eslint-disable @typescript-eslint/no-require-imports */
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const draft = require('ajv/lib/refs/json-schema-draft-04.json');
/* eslint-enable @typescript-eslint/no-require-imports */

const validator = new Ajv({ schemaId: 'auto', allErrors: true });
validator.addMetaSchema(draft);
const isValid = validator.compile(schema);

/** What the published schema of SARIF 2.1.0 finds wrong. */
function complaints(log: unknown): string[] {
  return isValid(log) ? [] : isValid.errors!.map(({ dataPath, message }) => `${dataPath} ${message}`);
}

const accepted = { accepted: [{ rule: 'data-store-open-to-internet', path: 'open', reason: 'moves', owner: 'team', until: '2099-01-01' }] };
const places = folder({
  'shop.yaml': SHOP,
  'open.yaml': OPEN_SHOP,
  'empty.yaml': 'Resources:\n  Queue: { Type: AWS::SQS::Queue }\n',
  'odd.json': JSON.stringify({ Resources: { 'Fn::ForEach::Gone': [], 'A': null } }),
  'hostile.json': JSON.stringify(hostileTemplate()),
  [`${HOSTILE.replace(/\//g, '')} name.json`]: JSON.stringify(hostileTemplate()),
  'accepted.json': JSON.stringify(accepted),
});
const sarifOf = (words: string) => JSON.parse(runIn(places, `check ${words} --format sarif`).out);

describe('check --format sarif is valid by the published schema', () => {
  test.each([
    ['findings', 'open.yaml'], ['no finding', 'empty.yaml'], ['accepted findings', 'open.yaml --baseline accepted.json'], ['what cannot be judged', 'odd.json'],
    ['hostile names', 'hostile.json'], ['hostile names of files', '.'], ['every place of a rule', 'open.yaml shop.yaml --details'],
  ])('with %s', (_what, words) => {
    expect(complaints(sarifOf(words))).toEqual([]);
  });
});

test('the schema would complain of a level that SARIF does not know', () => {
  const log = sarifOf('open.yaml');
  log.runs[0].results[0].level = 'fatal';
  expect(complaints(log)).toEqual(['.runs[0].results[0].level should be equal to one of the allowed values']);
});

test('the file of a finding is an address that is encoded', () => {
  const uris = sarifOf('.').runs[0].results.flatMap(({ locations }: any) => locations.map((one: any) => one.physicalLocation.artifactLocation.uri));
  expect(uris.filter((uri: string) => /[ "<>`\\^{}|]/.test(uri))).toEqual([]);
});
