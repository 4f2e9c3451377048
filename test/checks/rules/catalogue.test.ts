import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { writeCatalogue } from './catalogue';
import { exampleMessages } from './example-messages';
import { CANNOT_JUDGE } from '../../../src/checks/findings';
import { ALL_RULES } from '../../../src/checks/rules/all-rules';
import { FAULTS } from '../seeded-faults/faults';

const REPOSITORY = join(__dirname, '..', '..', '..');
const RULES = join(REPOSITORY, 'src', 'checks', 'rules');
const NOT_A_RULE = [
  'rule', 'all-rules', 'service-route', 'zone-loss-rule',
  'reachability-and-placement', 'permissions-and-front-door', 'containers-data-and-operations',
];

test('docs/checks.md lists the rules as they are', () => {
  const page = readFileSync(join(REPOSITORY, 'docs', 'checks.md'), 'utf8');
  // After a change: print writeCatalogue() and put it between the two marks.
  expect(page).toContain(writeCatalogue());
});

test('each rule has a file of its name, and each file a rule that is judged', () => {
  const files = readdirSync(RULES).map((name) => name.replace('.ts', '')).filter((name) => !NOT_A_RULE.includes(name)).sort();
  expect(files).toEqual(ALL_RULES.map(({ id }) => id).sort());
});

test('each rule has a failing and a passing app in these tests', () => {
  const tests = readdirSync(__dirname).filter((name) => name.endsWith('.test.ts')).map((name) => readFileSync(join(__dirname, name), 'utf8')).join('\n');
  const seeded = FAULTS.flatMap(({ found }) => ('by' in found ? [found.by] : []));
  expect(ALL_RULES.map(({ id }) => id).filter((id) => !tests.includes(`rule: '${id}'`) && !seeded.includes(id))).toEqual([]);
});

test('each rule has an example of its message, which its failing app gives', () => {
  const examples = exampleMessages();
  expect(ALL_RULES.map(({ id }) => id).filter((id) => examples[id] === undefined)).toEqual([]);
  expect(Object.keys(examples).filter((id) => !ALL_RULES.some((rule) => rule.id === id))).toEqual([]);
});

test.each([...ALL_RULES, CANNOT_JUDGE].map(({ id, says, change }) => [id, says, change]))('%s says whole sentences', (id, says, change) => {
  expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
  expect(says).toMatch(/^[A-Z].*\.$/);
  expect(change).toMatch(/^[A-Z].*\.$/);
});
