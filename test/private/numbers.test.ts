import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { findWholeNumberProblem, requireWhole, requireWholeDuration } from '../../src/private/numbers';

const later = Lazy.number({ produce: () => 1 });

test.each([[0], [5], [10], [undefined], [later]])('%s passes from 0 to 10', (value) => {
  expect(findWholeNumberProblem({ name: 'readers', value, min: 0, max: 10 })).toBeUndefined();
});

test.each([[-1], [11], [1.5], [NaN], [Infinity]])('%s does not pass from 0 to 10', (value) => {
  expect(findWholeNumberProblem({ name: 'readers', value, min: 0, max: 10 }))
    .toEqual({ got: `readers is ${value}`, allowed: 'a whole number from 0 to 10', fix: 'change readers' });
});

test('without an upper bound the words name the lower one alone', () => {
  expect(findWholeNumberProblem({ name: 'cpu', value: 1, min: 128 })?.allowed).toBe('a whole number of at least 128');
});

test('the reason follows the allowed numbers, and the fix is what is said', () => {
  expect(findWholeNumberProblem({ name: 'maxAzs', value: 1, min: 2, note: ', for two zones', fix: 'set it to 2' }))
    .toEqual({ got: 'maxAzs is 1', allowed: 'a whole number of at least 2, for two zones', fix: 'set it to 2' });
});

test('throws in the name of the construct', () => {
  expect(() => requireWhole(new Stack(undefined, 'Shop'), { name: 'cpu', value: 1, min: 2 })).toThrow(/^Shop: cpu is 1, but must be/);
});

test('throws in the name of the call', () => {
  expect(() => requireWhole('EcsCapacity.ec2', { name: 'cpu', value: 1, min: 2 })).toThrow(/^EcsCapacity\.ec2: cpu is 1, but must be/);
});

test.each<[string, Duration | undefined]>([
  ['a whole number of seconds', Duration.minutes(1)], ['none', undefined], ['one known at deployment', Duration.seconds(later)],
])('%s passes as a length of time', (_title, value) => {
  expect(() => requireWholeDuration('X', { name: 'delay', value, min: 0, max: 60, unit: 'seconds' })).not.toThrow();
});

test('half a second does not pass as a length of time', () => {
  expect(() => requireWholeDuration('X', { name: 'delay', value: Duration.millis(500), min: 0, max: 60, unit: 'seconds' }))
    .toThrow('X: delay is 0.5 seconds, but must be 0 to 60 whole seconds: change delay');
});

test('minutes are counted in minutes', () => {
  expect(() => requireWholeDuration('X', { name: 'delay', value: Duration.seconds(90), min: 0, max: 60, unit: 'minutes' }))
    .toThrow('X: delay is 1.5 minutes, but must be 0 to 60 whole minutes: change delay');
});
