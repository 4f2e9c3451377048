import { existsSync } from 'fs';
import { join } from 'path';
import { EVERYDAY_CHANGES } from '../../tools/rehearsal/everyday-changes';
import { FORMS, formsOf, WAYS_TO_LEAVE } from '../../tools/rehearsal/forms';
import { countDeviations, leftBehind } from '../../tools/rehearsal/inventory';
import type { LiveState } from '../../tools/rehearsal/live-state';
import { summarize, writeTable } from '../../tools/rehearsal/table';

const EXAMPLES = join(__dirname, '..', '..', 'examples', 'typescript');

describe('the forms that are rehearsed', () => {
  test.each([...new Set(FORMS.map(({ example }) => example))])('%s has a program', (example) => {
    expect(existsSync(join(EXAMPLES, example, 'app.ts'))).toBe(true);
  });

  test('are all of them where no example is named', () => {
    expect(formsOf([])).toEqual(FORMS);
  });

  test('are those of the example that is named', () => {
    expect(formsOf(['bookstore']).map(({ example }) => example)).toEqual(['bookstore']);
  });

  test('an unknown example is refused with the names there are', () => {
    expect(() => formsOf(['bookshop'])).toThrow("'bookshop' is no example: name some of ecs-lab, ecs-autoscaling, wordpress, flask-shared-files, bookstore, or none for all");
  });

  test('ways to leave have names of their own', () => {
    expect(new Set(WAYS_TO_LEAVE.map(({ name }) => name)).size).toBe(WAYS_TO_LEAVE.length);
  });

  test('every everyday change says what it may touch', () => {
    expect(EVERYDAY_CHANGES.filter(({ touches }) => touches.length === 0)).toEqual([]);
  });
});

describe('what the services list', () => {
  const listing = (secrets: string[]): LiveState => ({
    stacks: {}, network: { groups: {}, waysOut: {}, nats: [] }, endpoints: {}, values: undefined, inventory: { 'AWS::SecretsManager::Secret': secrets },
  });
  const templates = { One: { Resources: { Secret: { Type: 'AWS::SecretsManager::Secret' } } } };

  test('is compared with the templates, less what was there before', () => {
    expect(countDeviations(listing(['theirs']), listing(['theirs', 'ours']), templates)).toEqual([]);
  });

  test('is said to deviate where something is missing', () => {
    expect(countDeviations(listing(['theirs']), listing(['theirs']), templates)).toEqual(['0 instead of 1 AWS::SecretsManager::Secret']);
  });

  test('is left behind where it was not there on the first day', () => {
    expect(leftBehind(listing(['theirs']), listing(['theirs', 'ours']))).toEqual({ 'AWS::SecretsManager::Secret': ['ours'] });
  });
});

describe('the table at the end', () => {
  const outcomes = [{ form: 'a', step: 'deploy', held: true, detail: 'x | y', seconds: 4.4 }, { form: 'a', step: 'leave', held: false, detail: '', seconds: 1 }];

  test('shows a step that did not hold', () => {
    expect(writeTable(outcomes)).toContain('| a | leave | **no** |  | 1 |');
  });

  test('is no longer than one row a step where a detail has a bar', () => {
    expect(writeTable(outcomes)).toContain('| a | deploy | yes | x \\| y | 4 |');
  });

  test('ends in counts', () => {
    expect(summarize(outcomes)).toBe('1 forms, 2 steps: 1 held, 1 did not');
  });
});
