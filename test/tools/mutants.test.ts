import { mutantsOf } from '../../tools/mutation/mutants';
import { sampleOf } from '../../tools/mutation/sample';
import { withRecorders } from '../../tools/mutation/workspace';

const faults = (text: string) => mutantsOf('a.ts', text).map(({ original, replacement }) => [original, replacement]);

test.each([
  ['a condition is negated', 'if (a) b;', ['a', '!(a)']],
  ['a boundary moves', 'c = a < b;', ['a < b', '(a <= b)']],
  ['and becomes or', 'c = a && b;', ['a && b', '(a || b)']],
  ['a default is forgotten', 'c = a ?? b;', ['a ?? b', '(a)']],
  ['a call is left out', 'a.b();', ['a.b()', 'undefined']],
  ['a number is one more', 'c = 1_000;', ['1_000', '1001']],
  ['a string is emptied', 'c = "x";', ['"x"', "''"]],
  ['a flag is turned', 'c = true;', ['true', 'false']],
])('%s', (_what, text, fault) => {
  expect(faults(text)).toEqual([fault]);
});

test('each element of a list is left out once', () => {
  expect(faults('c = [a, b];')).toEqual([['[a, b]', '[b]'], ['[a, b]', '[a]']]);
});

test.each(["import a from 'b';", "type A = 'b';", "interface A { b: 'c' }", "c = { 'b-c': a };", "enum A { B = 'b' }"])('names and types are no place for a fault: %s', (text) => {
  expect(faults(text)).toEqual([]);
});

test('a source with recorders has the same values, and notes what it passes', () => {
  const text = 'a && b === 2 ? [1, 2] : [3];';
  const passed: number[] = [];
  const evaluate = new Function('a', 'b', 'globalThis', `return ${withRecorders(text, 'a.ts', mutantsOf('a.ts', text))}`);

  expect(evaluate(true, 2, { mutantPassed: (mutant: number) => passed.push(mutant) })).toEqual([1, 2]);
  expect(new Set(passed).size).toBe(mutantsOf('a.ts', text).length - 2);
});

test('a seed gives the same sample each time, and another seed another one', () => {
  const items = Array.from({ length: 100 }, (_item, index) => index);
  expect(sampleOf(items, 10, 1)).toEqual(sampleOf(items, 10, 1));
  expect(sampleOf(items, 10, 1)).not.toEqual(sampleOf(items, 10, 2));
  expect(new Set(sampleOf(items, 100, 1)).size).toBe(100);
});
