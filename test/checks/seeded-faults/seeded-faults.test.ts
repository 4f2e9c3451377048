import { APPS } from './apps';
import { FAULTS } from './faults';
import { NEAR_MISSES } from './near-misses';
import { ALL_RULES } from '../../../src/checks/rules/all-rules';
import { expectExample } from '../rules/example-messages';
import { findingsIn } from '../rules/resources';
import type { Resources } from '../rules/resources';

const namesOf = (resources: Resources) => findingsIn(resources).map(({ rule, description }) => `${rule}: ${description}`);
const fresh = (app: keyof typeof APPS): Resources => APPS[app]();
const WITHOUT_NEWS = 'open-egress';

test.each(Object.keys(APPS) as Array<keyof typeof APPS>)('nothing is wrong with %s', (app) => {
  expect(namesOf(fresh(app)).filter((name) => !name.startsWith(WITHOUT_NEWS))).toEqual([]);
});

const FOUND = FAULTS.flatMap(({ found, ...rest }) => ('by' in found ? [{ ...rest, rule: found.by }] : []));
const MISSED = FAULTS.filter(({ found }) => 'not' in found);

test.each(FOUND)('$app: $rule finds that $fault', ({ app, rule, fault, change }) => {
  const resources = fresh(app);
  change(resources);
  const found = findingsIn(resources).filter((one) => one.rule === rule);
  expect(found).not.toEqual([]);
  expectExample(rule, `${app}: ${fault}`, found.map(({ description }) => description));
  expect(found.every(({ fix, consequence, at }) => fix.length > 0 && consequence.length > 0 && at !== undefined)).toBe(true);
});

test.each(MISSED)('$app: nothing is said of what the templates do not decide: $fault', ({ app, change }) => {
  const resources = fresh(app);
  change(resources);
  const before = namesOf(fresh(app));
  expect(namesOf(resources).filter((name) => !before.includes(name))).toEqual([]);
});

test.each(NEAR_MISSES)('$app: no word of $change', ({ app, silent, make }) => {
  const resources = fresh(app);
  make(resources);
  expect(namesOf(resources).filter((name) => [...silent, 'cannot-judge'].some((rule) => name.startsWith(`${rule}:`)))).toEqual([]);
});

test('every rule that is named here exists', () => {
  const named = [...FOUND.map(({ rule }) => rule), ...NEAR_MISSES.flatMap(({ silent }) => silent)];
  expect(named.filter((rule) => !ALL_RULES.some(({ id }) => id === rule))).toEqual([]);
});
