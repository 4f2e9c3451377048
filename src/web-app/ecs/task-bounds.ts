import type { Construct } from 'constructs';
import type { ClusterCapacity } from '../../cluster/cluster-interface';
import { canRoll, mostTasksOn, tasksDuringUpdate } from '../../private/aws/rolling-update';
import type { RollingBounds } from '../../private/aws/rolling-update';
import { fail, isKnown } from '../../private/errors';
import { requireWhole } from '../../private/numbers';
import { warn } from '../../private/warnings';

const DEFAULT_MIN_TASKS = 2;
const DEFAULT_MAX_TASKS = 10;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MOST_TASKS = 5000;

/** Between which numbers of tasks a service is scaled. */
export interface TaskBounds {
  readonly minTasks: number;
  readonly maxTasks: number;
}

/** What the props say of the numbers of tasks. */
export interface WantedTasks {
  readonly minTasks?: number;
  readonly maxTasks?: number;
  /** Whether no two tasks may share an instance. */
  readonly distinctInstances: boolean;
}

/** Decides the numbers of tasks; throws for numbers that are not highly available, or that a deployment could not move. */
export function resolveTaskBounds(scope: Construct, wanted: WantedTasks, rolling: RollingBounds, capacity: ClusterCapacity): TaskBounds {
  const minTasks = wanted.minTasks ?? DEFAULT_MIN_TASKS;
  requireWhole(scope, {
    name: 'minTasks',
    value: minTasks,
    min: DEFAULT_MIN_TASKS,
    ceiling: MOST_TASKS,
    note: ', so that one zone can be lost',
    fix: 'set minTasks to '
      + `${DEFAULT_MIN_TASKS} or more`,
  });
  const instances = wanted.distinctInstances ? capacity.maxInstances : undefined;
  const maxTasks = wanted.maxTasks ?? defaultMaxTasks(scope, minTasks, rolling, instances);
  requireWhole(scope, {
    name: 'maxTasks', value: maxTasks, min: 1, ceiling: MOST_TASKS, note: ', the most that scaling may reach', fix: 'set maxTasks to 1 or more',
  });

  if (isKnown(minTasks) && isKnown(maxTasks) && minTasks > maxTasks) {
    fail(scope, {
      got: `minTasks is ${minTasks} and maxTasks is ${maxTasks}`,
      allowed: 'minTasks no larger than maxTasks',
      fix: `raise maxTasks to ${minTasks} or more, or lower minTasks`,
    });
  }
  requireRollingUpdate(scope, minTasks, rolling);
  requireInstances(scope, maxTasks, rolling, instances);
  return { minTasks, maxTasks };
}

/** 10, or fewer where the instances hold only one task each and a deployment of 10 would not find room among them. */
function defaultMaxTasks(scope: Construct, minTasks: number, rolling: RollingBounds, instances: number | undefined): number {
  const wanted = isKnown(minTasks) ? Math.max(DEFAULT_MAX_TASKS, minTasks) : DEFAULT_MAX_TASKS;
  if (!isKnown(instances) || !isKnown(rolling.maxHealthyPercent)) return wanted;
  const fitting = mostTasksOn(instances, rolling.maxHealthyPercent, wanted);
  if (fitting >= wanted || (isKnown(minTasks) && fitting < minTasks)) return wanted;
  warn(scope, 'HaEcsWebApp.maxTasksLimited',
    `maxTasks is ${fitting} instead of ${wanted}: tasks do not share instances, a deployment of ${wanted} tasks runs up to `
    + `${tasksDuringUpdate(wanted, rolling.maxHealthyPercent)} at ${rolling.maxHealthyPercent} %, and maxInstances is ${instances}. Raise `
      + 'maxInstances to '
    + `${tasksDuringUpdate(wanted, rolling.maxHealthyPercent)}, or set maxTasks to ${fitting}`);
  return fitting;
}

function requireRollingUpdate(scope: Construct, minTasks: number, rolling: RollingBounds): void {
  const { minHealthyPercent, maxHealthyPercent } = rolling;
  if (![minTasks, minHealthyPercent, maxHealthyPercent].every(isKnown) || canRoll(minTasks, rolling)) return;
  fail(scope, {
    got: `minHealthyPercent ${minHealthyPercent} and maxHealthyPercent ${maxHealthyPercent} with ${minTasks} tasks`,
    allowed: `percentages that let a deployment run ${minTasks + 1} tasks, or ${minTasks - 1}`,
    fix: `set maxHealthyPercent to ${Math.ceil(((minTasks + 1) * 100) / minTasks)} or more`,
  });
}

/** Old and new tasks stand under the same constraint, so with no spare instance a deployment would wait for ever. */
function requireInstances(scope: Construct, maxTasks: number, rolling: RollingBounds, instances: number | undefined): void {
  if (!isKnown(instances) || !isKnown(maxTasks) || !isKnown(rolling.maxHealthyPercent)) return;
  const needed = tasksDuringUpdate(maxTasks, rolling.maxHealthyPercent);
  if (needed <= instances) return;
  const fitting = mostTasksOn(instances, rolling.maxHealthyPercent, maxTasks);
  fail(scope, {
    got: `maxTasks ${maxTasks} at maxHealthyPercent ${rolling.maxHealthyPercent} needs ${needed} instances (${maxTasks} x `
      + `${rolling.maxHealthyPercent} / 100), `
      + `and maxInstances is ${instances}`,
    allowed: 'as many instances as tasks run during a deployment, because no two tasks share an instance',
    fix: `raise maxInstances to ${needed}, ${fitting >= 2 ? `lower maxTasks to ${fitting}, ` : ''}or set task.distinctInstances to false`,
  });
}
