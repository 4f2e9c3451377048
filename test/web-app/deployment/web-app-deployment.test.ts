import { Lazy } from 'aws-cdk-lib';
import { WebAppDeployment } from '../../../src/web-app/deployment/web-app-deployment';

test('a rolling deployment keeps all tasks and may double them', () => {
  expect(WebAppDeployment.rolling()._bind({ distinctInstances: false })).toMatchObject({ minHealthyPercent: 100, maxHealthyPercent: 200 });
});

test('a rolling deployment adds only half as many where every task needs an instance of its own', () => {
  expect(WebAppDeployment.rolling()._bind({ distinctInstances: true })).toMatchObject({ minHealthyPercent: 100, maxHealthyPercent: 150 });
});

test('a rolling deployment is watched by alarms unless that is turned off', () => {
  expect(WebAppDeployment.rolling()._bind({ distinctInstances: false }).targetAlarms).toBe(true);
  expect(WebAppDeployment.rolling({ rollBackOnAlarms: false })._bind({ distinctInstances: false }).targetAlarms).toBe(false);
});

test.each([
  [{ minHealthyPercent: 101 }, /WebAppDeployment\.rolling: minHealthyPercent is 101, .*0 to 100.*set minHealthyPercent/],
  [{ minHealthyPercent: 99.5 }, /minHealthyPercent is 99\.5/],
  [{ maxHealthyPercent: 99 }, /maxHealthyPercent is 99, .*100 to 200/],
  [{ maxHealthyPercent: 201 }, /maxHealthyPercent is 201/],
  [{ failureThreshold: 0 }, /failureThreshold is 0, .*1 to 200/],
  [{ maxHealthyPercent: 100 }, /minHealthyPercent 100 with maxHealthyPercent 100, .*raise maxHealthyPercent above 100/],
])('fails for %p', (options, message) => {
  expect(() => WebAppDeployment.rolling(options)).toThrow(message);
});

test('values that are known only at deployment pass', () => {
  const token = Lazy.number({ produce: () => 1 });
  expect(() => WebAppDeployment.rolling({ minHealthyPercent: token, maxHealthyPercent: token, failureThreshold: token })).not.toThrow();
});
