import { Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { only } from './templates';
import { appIn, ec2Capacity, world } from './world';
import { WebAppDeployment } from '../../../src/web-app/deployment/web-app-deployment';
import { testStack } from '../../fixtures';

function bounds(stack: Stack): [number, number] {
  const { MinCapacity, MaxCapacity } = only(Template.fromStack(stack), 'AWS::ApplicationAutoScaling::ScalableTarget').Properties;
  return [MinCapacity, MaxCapacity];
}

function warnings(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('/Test/App', Match.anyValue()).map((warning) => String(warning.entry.data));
}

test.each([
  [{ minTasks: 1 }, /Test\/App: minTasks is 1, but must be a whole number of at least 2, so that one zone can be lost: set minTasks to 2 or more/],
  [{ minTasks: 0 }, /minTasks is 0/],
  [{ minTasks: 2.5 }, /minTasks is 2\.5, .*whole number/],
  [{ minTasks: NaN }, /minTasks is NaN/],
  [{ maxTasks: 2.5 }, /maxTasks is 2\.5, .*whole number/],
  [{ minTasks: 4, maxTasks: 3 }, /minTasks is 4 and maxTasks is 3, .*raise maxTasks to 4 or more, or lower minTasks/],
  [{ maxTasks: 1 }, /minTasks is 2 and maxTasks is 1/],
  [{ deployment: WebAppDeployment.rolling({ maxHealthyPercent: 120 }) },
    /minHealthyPercent 100 and maxHealthyPercent 120 with 2 tasks, .*run 3 tasks, or 1: set maxHealthyPercent to 150 or more/],
])('fails for %p', (props, message) => {
  expect(() => appIn(world(testStack()), props)).toThrow(message);
});

test('numbers that are known only at deployment pass', () => {
  const token = Lazy.number({ produce: () => 3 });
  expect(() => appIn(world(testStack(), ec2Capacity()), { minTasks: token, maxTasks: token, containerPort: token })).not.toThrow();
});

test('more tasks than 10 are followed by the maximum', () => {
  const stack = testStack();
  appIn(world(stack), { minTasks: 12 });
  expect(bounds(stack)).toEqual([12, 12]);
});

describe('where no two tasks share an instance', () => {
  test('10 tasks fit on 15 instances', () => {
    const stack = testStack();
    appIn(world(stack, ec2Capacity(15)), { maxTasks: 10 });
    expect(bounds(stack)).toEqual([2, 10]);
  });

  test.each([[14, 9], [6, 4], [4, 3], [3, 2]])('%d instances bring the default maximum down to %d, with a warning that says the numbers', (instances, tasks) => {
    const stack = testStack();
    appIn(world(stack, ec2Capacity(instances)));
    expect(bounds(stack)).toEqual([2, tasks]);
    expect(warnings(stack)).toEqual([expect.stringMatching(new RegExp(
      `maxTasks is ${tasks} instead of 10.*up to 15 at 150 %, and maxInstances is ${instances}.*HaEcsWebApp\\.maxTasksLimited`,
    ))]);
  });

  test('fails for a maximum whose update does not fit, with the numbers', () => {
    expect(() => appIn(world(testStack(), ec2Capacity(14)), { maxTasks: 10 })).toThrow(
      /maxTasks 10 at maxHealthyPercent 150 needs 15 instances \(10 x 150 \/ 100\), and maxInstances is 14.*raise maxInstances to 15, lower maxTasks to 9, or set task\.distinctInstances to false/,
    );
  });

  test('fails when not even the fewest tasks fit', () => {
    expect(() => appIn(world(testStack(), ec2Capacity(2)))).toThrow(/maxInstances is 2.*raise maxInstances to/);
  });

  test('the percentages of the deployment count', () => {
    expect(() => appIn(world(testStack(), ec2Capacity(15)), { maxTasks: 10, deployment: WebAppDeployment.rolling({ maxHealthyPercent: 200 }) }))
      .toThrow(/needs 20 instances \(10 x 200 \/ 100\)/);
  });

  test('tasks that may share instances are not counted, and have no constraint', () => {
    const stack = testStack();
    appIn(world(stack, ec2Capacity(2)), { task: { distinctInstances: false } });
    const service = only(Template.fromStack(stack), 'AWS::ECS::Service').Properties;
    expect(bounds(stack)).toEqual([2, 10]);
    expect(service).not.toHaveProperty('PlacementConstraints');
    expect(service.DeploymentConfiguration.MaximumPercent).toBe(200);
  });
});

test('a deployment that may not exceed 100 % gives up zone rebalancing', () => {
  const stack = testStack();
  appIn(world(stack), { deployment: WebAppDeployment.rolling({ minHealthyPercent: 50, maxHealthyPercent: 100 }) });
  expect(only(Template.fromStack(stack), 'AWS::ECS::Service').Properties).toMatchObject({
    AvailabilityZoneRebalancing: 'DISABLED', DeploymentConfiguration: { MinimumHealthyPercent: 50, MaximumPercent: 100 },
  });
});
