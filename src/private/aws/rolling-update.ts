/** The percentages that bound how many tasks run while a deployment replaces them. */
export interface RollingBounds {
  readonly minHealthyPercent: number;
  readonly maxHealthyPercent: number;
}

/** True for the deployment strategies of ECS, and CodeDeploy's, that run old and new tasks side by side, each in full number. */
export function runsTwice(strategy: string): boolean {
  return ['BLUE_GREEN', 'LINEAR', 'CANARY', 'CODE_DEPLOY'].includes(strategy);
}

/** The most tasks, old and new together, that a rolling update of `tasks` may run; ECS rounds down. */
export function tasksDuringUpdate(tasks: number, maxHealthyPercent: number): number {
  return Math.floor((tasks * maxHealthyPercent) / 100);
}

/** The fewest healthy tasks that a rolling update of `tasks` leaves; ECS rounds up. */
export function tasksKept(tasks: number, minHealthyPercent: number): number {
  return Math.ceil((tasks * minHealthyPercent) / 100);
}

/**
 * Whether a rolling update of `tasks` can move at all: it must be allowed to start one task more than there are, or to
 * stop one. With neither it waits until it is timed out.
 */
export function canRoll(tasks: number, bounds: RollingBounds): boolean {
  return tasksDuringUpdate(tasks, bounds.maxHealthyPercent) > tasks || tasksKept(tasks, bounds.minHealthyPercent) < tasks;
}

/**
 * The most tasks of which a rolling update still fits on `instances` when no two tasks share an instance, and never more
 * than `ceiling`.
 */
export function mostTasksOn(instances: number, maxHealthyPercent: number, ceiling: number): number {
  if (maxHealthyPercent <= 0) return ceiling;
  const fitting = Math.ceil((100 * (instances + 1)) / maxHealthyPercent) - 1;
  return Math.max(0, Math.min(ceiling, fitting));
}
