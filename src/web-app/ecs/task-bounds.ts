import type { Construct } from 'constructs';
import type { ClusterCapacity } from '../../cluster/cluster-interface';
import { fail, isKnown } from '../../private/errors';
import { warn } from '../../private/warnings';
import type { RollingBounds } from '../deployment/capacity-arithmetic';
import { canRoll, mostTasksOn, tasksDuringUpdate } from '../deployment/capacity-arithmetic';

const DEFAULT_MIN_TASKS = 2;
const DEFAULT_MAX_TASKS = 10;

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
  requireTasks(scope, 'minTasks', minTasks, DEFAULT_MIN_TASKS, 'so that one zone can be lost');
  const instances = wanted.distinctInstances ? capacity.maxInstances : undefined;
  const maxTasks = wanted.maxTasks ?? defaultMaxTasks(scope, minTasks, rolling, instances);
  requireTasks(scope, 'maxTasks', maxTasks, 1, 'the most that scaling may reach');

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

function requireTasks(scope: Construct, name: string, value: number, lowest: number, why: string): void {
  if (isKnown(value) && !(Number.isInteger(value) && value >= lowest)) {
    fail(scope, {
      got: `${name} is ${value}`,
      allowed: `a whole number of at least ${lowest}, ${why}`,
      fix: `set ${name} to ${lowest} or more`,
    });
  }
}

/** 10, or fewer where the instances hold only one task each and a deployment of 10 would not find room among them. */
function defaultMaxTasks(scope: Construct, minTasks: number, rolling: RollingBounds, instances: number | undefined): number {
  const wanted = isKnown(minTasks) ? Math.max(DEFAULT_MAX_TASKS, minTasks) : DEFAULT_MAX_TASKS;
  if (!isKnown(instances) || !isKnown(rolling.maxHealthyPercent)) return wanted;
  const fitting = mostTasksOn(instances, rolling.maxHealthyPercent, wanted);
  if (fitting >= wanted || (isKnown(minTasks) && fitting < minTasks)) return wanted;
  warn(scope, 'HaEcsWebApp.maxTasksLimited',
    `maxTasks is ${fitting} instead of ${wanted}: tasks do not share instances, a deployment of ${wanted} tasks runs up to `
    + `${tasksDuringUpdate(wanted, rolling.maxHealthyPercent)} at ${rolling.maxHealthyPercent} %, and maxInstances is ${instances}. Raise maxInstances to `
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
    got: `maxTasks ${maxTasks} at maxHealthyPercent ${rolling.maxHealthyPercent} needs ${needed} instances (${maxTasks} x ${rolling.maxHealthyPercent} / 100), `
      + `and maxInstances is ${instances}`,
    allowed: 'as many instances as tasks run during a deployment, because no two tasks share an instance',
    fix: `raise maxInstances to ${needed}, ${fitting >= 2 ? `lower maxTasks to ${fitting}, ` : ''}or set task.distinctInstances to false`,
  });
}
