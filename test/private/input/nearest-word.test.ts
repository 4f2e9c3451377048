import { nearestWord } from '../../../src/private/input/nearest-word';

const WORDS = ['minTasks', 'maxTasks', 'cpu', 'image', 'healthCheckPath'];

test.each([
  ['minTask', 'minTasks'], ['mintasks', 'minTasks'], ['min_tasks', 'minTasks'], ['minTaks', 'minTasks'], ['CPU', 'cpu'], ['imgae', 'image'],
  ['healthcheck_path', 'healthCheckPath'],
])('%s was meant to be %s', (written, meant) => {
  expect(nearestWord(written, WORDS)).toBe(meant);
});

test.each(['', 'x', 'desiredCount', 'gpu1', 'imagination'])("'%s' is near to no word", (written) => {
  expect(nearestWord(written, WORDS)).toBeUndefined();
});

test('of two words the nearer one was meant', () => {
  expect(nearestWord('maxTask', WORDS)).toBe('maxTasks');
});
