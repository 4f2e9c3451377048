import { readFileSync } from 'fs';
import { join } from 'path';
import { ALL_RULES } from '../../src/checks/rules/all-rules';
import { RELATIONS, writeCoverage } from '../../tools/checks-coverage';

const named = RELATIONS.flatMap(({ by }) => (typeof by === 'string' ? [] : by));

test('docs/checks-coverage.md is what its tables say', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'checks-coverage.md'), 'utf8')).toBe(writeCoverage());
});

test('the tables name no rule that there is not', () => {
  const ids = ALL_RULES.map(({ id }) => id);
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});

test('each rule stands in the tables', () => {
  expect(ALL_RULES.map(({ id }) => id).filter((id) => !named.includes(id))).toEqual([]);
});

test('what no rule finds says why, unless AWS refuses it', () => {
  expect(RELATIONS.filter(({ by, why }) => (by === 'not covered' || by === 'not decidable') && !why)).toEqual([]);
});
