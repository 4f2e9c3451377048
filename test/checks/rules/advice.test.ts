import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { verdictOf } from './pair';
import { ec2Cluster, ec2Task, fargateService, fargateTask, network } from './plain';

/** What a service with an instance for each task is made of: what the advice of `distinct-instance-room` may change. */
interface Room {
  readonly instances: number;
  readonly tasks: number;
  readonly fewest?: number;
  readonly minPercent: number;
  readonly maxPercent: number;
}

function distinct({ instances, tasks, fewest, minPercent, maxPercent }: Room) {
  return (stack: Stack) => {
    const { cluster, strategies } = ec2Cluster(stack, { min: 1, max: instances });
    const service = new ecs.Ec2Service(stack, 'Service', {
      cluster,
      taskDefinition: ec2Task(stack),
      capacityProviderStrategies: strategies,
      desiredCount: tasks,
      placementConstraints: [ecs.PlacementConstraint.distinctInstances()],
      minHealthyPercent: minPercent,
      maxHealthyPercent: maxPercent,
    });
    if (fewest !== undefined) service.autoScaleTaskCount({ minCapacity: fewest, maxCapacity: tasks });
  };
}

const adviceOf = (define: (stack: Stack) => void, rule: string) => verdictOf(define).findings.find((one) => one.rule === rule)?.fix ?? '';

/** The room after each of the ways that an advice offers. */
function followed(advice: string, room: Room): Room[] {
  const number = (pattern: RegExp) => (pattern.test(advice) ? Number(pattern.exec(advice)![1]) : undefined);
  const instances = number(/groups' maximum size to (\d+)/);
  const maxPercent = number(/maximum percent to at most (\d+)/);
  const tasks = number(/maximum number of tasks to (\d+)/);
  return [
    ...(instances === undefined ? [] : [{ ...room, instances }]),
    ...(maxPercent === undefined ? [] : [{ ...room, maxPercent }]),
    ...(tasks === undefined ? [] : [{ ...room, tasks }]),
  ];
}

const canMove = ({ tasks, fewest, minPercent, maxPercent }: Room) => [tasks, fewest ?? tasks]
  .every((running) => Math.floor((running * maxPercent) / 100) > running || Math.ceil((running * minPercent) / 100) < running);

describe('the advice of distinct-instance-room', () => {
  const ROOMS: Room[] = [
    { instances: 4, tasks: 4, minPercent: 100, maxPercent: 200 },
    { instances: 2, tasks: 4, minPercent: 100, maxPercent: 200 },
    { instances: 4, tasks: 4, minPercent: 50, maxPercent: 200 },
    { instances: 1, tasks: 1, minPercent: 100, maxPercent: 200 },
    { instances: 10, tasks: 10, fewest: 2, minPercent: 100, maxPercent: 150 },
    { instances: 11, tasks: 10, fewest: 2, minPercent: 100, maxPercent: 150 },
    { instances: 6, tasks: 10, fewest: 2, minPercent: 50, maxPercent: 150 },
  ];

  test.each(ROOMS)('for $tasks tasks on $instances instances at $minPercent to $maxPercent % works in each of its ways, and raises nothing new', (room) => {
    const before = new Set(verdictOf(distinct(room)).findings.map(({ rule }) => rule));
    const ways = followed(adviceOf(distinct(room), 'distinct-instance-room'), room);
    expect(ways.length).toBeGreaterThan(0);
    for (const way of ways) {
      const after = verdictOf(distinct(way)).findings.map(({ rule }) => rule);
      expect(after.filter((rule) => rule === 'distinct-instance-room' || !before.has(rule))).toEqual([]);
      expect([way.maxPercent >= 100, canMove(way), way.tasks >= 1]).toEqual([true, true, true]);
    }
  });

  test('does not ask for a maximum percent that ECS refuses, nor for one task where there is one', () => {
    expect(adviceOf(distinct({ instances: 2, tasks: 4, minPercent: 0, maxPercent: 200 }), 'distinct-instance-room')).not.toMatch(/percent/);
    expect(adviceOf(distinct({ instances: 1, tasks: 1, minPercent: 100, maxPercent: 200 }), 'distinct-instance-room')).toBe('Set the groups\' maximum size to 2.');
  });
});

test('a number of tasks that no service has does not keep the judgement waiting', () => {
  const started = process.cpuUsage().user;
  const advice = adviceOf((stack) => {
    distinct({ instances: 4, tasks: 2, minPercent: 100, maxPercent: 200 })(stack);
    (stack.node.findChild('Service').node.findChild('Service') as ecs.CfnService).desiredCount = 9e15;
  }, 'distinct-instance-room');
  expect(advice).toContain('maximum number of tasks to 2');
  expect(process.cpuUsage().user - started).toBeLessThan(30_000_000);
});

test('the advice of network-interfaces-for-tasks works, and raises nothing new', () => {
  const define = (max: number) => (stack: Stack) => {
    const { cluster, strategies } = ec2Cluster(stack, { instanceType: 't3.small', max });
    new ecs.Ec2Service(stack, 'Service', {
      cluster, taskDefinition: ec2Task(stack, { networkMode: ecs.NetworkMode.AWS_VPC }), capacityProviderStrategies: strategies, desiredCount: 10,
    });
  };
  const before = verdictOf(define(4)).findings.map(({ rule }) => rule);
  const max = Number(/maximum size to (\d+)/.exec(adviceOf(define(4), 'network-interfaces-for-tasks'))![1]);
  const after = verdictOf(define(max)).findings.map(({ rule }) => rule);
  expect(after.filter((rule) => rule === 'network-interfaces-for-tasks' || !before.includes(rule))).toEqual([]);
});

test.each(['256', '512', '1024', '300'])('the advice of fargate-task-size for %s CPU units is a size that Fargate offers', (stated) => {
  const adviceFor = (cpu: string, memory: string) => adviceOf((stack) => {
    const task = fargateTask(stack).node.defaultChild as ecs.CfnTaskDefinition;
    task.cpu = cpu;
    task.memory = memory;
  }, 'fargate-task-size');
  const taken = (advice: string) => /take (\d+)/i.exec(advice)![1];
  const first = adviceFor(stated, '99999');
  const cpu = first.startsWith('Take') ? taken(first) : stated;
  expect(adviceFor(cpu, taken(adviceFor(cpu, '99999')))).toBe('');
});

describe('the advice of deployment-cannot-proceed', () => {
  const rolling = (tasks: number, minimumHealthyPercent: number, maximumPercent: number) => (stack: Stack) => {
    const service = fargateService(stack, network(stack), fargateTask(stack), { desiredCount: tasks });
    (service.node.findChild('Service') as ecs.CfnService).deploymentConfiguration = { minimumHealthyPercent, maximumPercent };
  };

  test.each([1, 2, 3, 7])('lets a deployment of %i tasks proceed by each of its ways, and raises nothing new', (tasks) => {
    const before = new Set(verdictOf(rolling(tasks, 100, 100)).findings.map(({ rule }) => rule));
    const advice = adviceOf(rolling(tasks, 100, 100), 'deployment-cannot-proceed');
    const [max, min] = [/maximum percent to (\d+)/, /minimum healthy percent to (\d+)/].map((pattern) => Number(pattern.exec(advice)![1]));
    for (const way of [rolling(tasks, 100, max), rolling(tasks, min, 100)]) {
      const after = verdictOf(way).findings.map(({ rule }) => rule);
      expect(after.filter((rule) => rule === 'deployment-cannot-proceed' || !before.has(rule))).toEqual([]);
    }
  });
});
