import { judgeApp } from '../../../src/checks/findings';
import { shops } from '../shops';
import { workOf } from '../work';

function workFor(amount: number): number {
  const content = shops(amount);
  return workOf(() => {
    const { findings } = judgeApp(content);
    // No way to the internet: every service has that finding, and none has another error.
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(Array(amount).fill('image-pull-route'));
  });
}

test('up to 2,000 security groups, the work grows with the app and not with its square', () => {
  const [small, large] = [workFor(167), workFor(667)];

  expect(small).toBeGreaterThan(10_000);
  // Four times the app: linear is 4, a square would be 16.
  expect(large / small).toBeLessThan(6);
});
