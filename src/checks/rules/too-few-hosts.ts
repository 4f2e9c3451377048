import type { Observation, Rule } from './rule';
import { roomFor } from '../../app-model/compute/host-room';
import type { EcsService } from '../../app-model/compute/services';
import type { NetworkModel } from '../../paths/judging/network-model';
import { tasksKept } from '../../private/aws/rolling-update';
import { numberAt, count, nameOf } from '../../template/values';

/** What does not fit stays pending: the first deployment hangs, or each later one, because the old tasks may not go before the new ones run. */
export const tooFewHosts: Rule = {
  id: 'too-few-hosts',
  severity: 'error',
  says: 'All instances that the Auto Scaling groups may start hold fewer tasks than the service runs, at rest or in a deployment.',
  change: 'Raise the groups\' maximum size, take a larger instance type, or lower the minimum healthy percent.',
  evaluate: (app) => app.services.filter(({ daemon }) => !daemon).flatMap((service) => [...grown(app, service), ...never(app, service)].slice(0, 1)),
};

function grown({ model }: NetworkModel, service: EcsService): Observation[] {
  const { resource, minTasks, deployment, minPercent, groups, strategy } = service;
  const room = roomFor(service);
  // A machine of its own may have joined the cluster as well.
  const others = strategy.length === 0 && model.ofType('AWS::EC2::Instance').length > 0;
  if (room === undefined || room === 0 || minTasks === undefined || others) return [];
  const needed = deployment === 'ROLLING' ? Math.max(minTasks, tasksKept(minTasks, minPercent) + 1) : minTasks;
  if (room >= needed) return [];
  return [{
    at: resource,
    related: groups.map((group) => group.resource),
    saw: room < minTasks
      ? `${nameOf(resource)} runs ${count(minTasks, 'task')}, and the instances hold ${room}`
      : `the instances hold ${count(room, 'task')}, and a deployment keeps ${tasksKept(minTasks, minPercent)} while it starts one more`,
    // At rest no percentage makes room.
    ...(room < minTasks ? { change: 'raise the groups\' maximum size, or take a larger instance type' } : {}),
  }];
}

/** Without managed scaling nobody starts the first instance. */
function never({ model }: NetworkModel, { resource, groups, strategy, minTasks }: EcsService): Observation[] {
  const managed = strategy.some(({ managedScaling }) => managedScaling);
  const idle = groups.length > 0 && minTasks !== 0 && groups.every((group) => group.max === 0
    || (!managed && group.min === 0 && (numberAt(model, group.resource, 'DesiredCapacity') === 0
      || group.resource.properties.DesiredCapacity === undefined)
      && model.ofType('AWS::AutoScaling::ScalingPolicy', 'AWS::AutoScaling::ScheduledAction').length === 0 && strategy.length > 0));
  return idle
    ? [{
      at: resource,
      related: groups.map((group) => group.resource),
      saw: `${groups.map((group) => nameOf(group.resource)).join(', ')} never starts an instance`,
      change: 'give the groups a maximum size above 0, and managed scaling or a minimum size of 1',
    }]
    : [];
}
