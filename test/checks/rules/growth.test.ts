import { judgeApp } from '../../../src/checks/findings';
import { shops } from '../shops';

function secondsFor(amount: number): number {
  const content = shops(amount);
  const start = process.hrtime.bigint();
  const { findings } = judgeApp(content);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  // No way to the internet: every service has that finding, and none has another error.
  expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(Array(amount).fill('image-pull-route'));
  return seconds;
}

test('up to 2,000 security groups, the work grows with the app and not with its square', () => {
  secondsFor(60);
  const [small, large] = [secondsFor(167), secondsFor(667)];
  // Four times the app may take twelve times as long on a busy machine; a square would be sixteen.
  expect(large).toBeLessThan(small * 12 + 1);
});
