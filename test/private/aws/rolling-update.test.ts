import { canRoll, mostTasksOn, runsTwice, tasksDuringUpdate, tasksKept } from '../../../src/private/aws/rolling-update';

test.each([[2, 150, 3], [3, 150, 4], [10, 150, 15], [10, 200, 20], [4, 125, 5], [1, 100, 1]])(
  'an update of %d tasks at %d %% runs up to %d', (tasks, percent, most) => {
    expect(tasksDuringUpdate(tasks, percent)).toBe(most);
  });

test.each([
  [2, 100, 200, true], [2, 100, 150, true], [2, 100, 149, false], [2, 50, 100, true],
  [3, 50, 100, true], [2, 51, 100, false], [10, 100, 109, false], [10, 100, 110, true],
])('%d tasks between %d and %d %% can be replaced: %s', (tasks, minHealthyPercent, maxHealthyPercent, answer) => {
  expect(canRoll(tasks, { minHealthyPercent, maxHealthyPercent })).toBe(answer);
});

test.each([[15, 150, 10], [14, 150, 9], [6, 150, 4], [3, 150, 2], [2, 150, 1], [0, 150, 0], [100, 150, 10]])(
  'on %d instances at %d %% fit the updates of %d of at most 10 tasks', (instances, percent, tasks) => {
    expect(mostTasksOn(instances, percent, 10)).toBe(tasks);
  });

test('the most tasks that fit are really the most', () => {
  for (let instances = 2; instances <= 30; instances += 1) {
    for (const percent of [110, 125, 150, 200]) {
      const tasks = mostTasksOn(instances, percent, 50);
      expect(tasksDuringUpdate(tasks, percent)).toBeLessThanOrEqual(instances);
      expect(tasksDuringUpdate(tasks + 1, percent)).toBeGreaterThan(instances);
    }
  }
});

test.each([[2, 50, 1], [3, 50, 2], [3, 100, 3], [3, 0, 0], [10, 51, 6]])('an update of %d tasks at %d %% keeps %d', (tasks, percent, kept) => {
  expect(tasksKept(tasks, percent)).toBe(kept);
});

test.each([['BLUE_GREEN', true], ['LINEAR', true], ['CANARY', true], ['CODE_DEPLOY', true], ['ROLLING', false]])('%s runs old and new in full number: %p', (strategy, answer) => {
  expect(runsTwice(strategy)).toBe(answer);
});
