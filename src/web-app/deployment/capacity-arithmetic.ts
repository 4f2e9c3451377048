/** The percentages that bound how many tasks run while a deployment replaces them. */
export interface RollingBounds {
  readonly minHealthyPercent: number;
  readonly maxHealthyPercent: number;
}

/** The most tasks, old and new together, that a rolling update of `tasks` may run; ECS rounds down. */
export function tasksDuringUpdate(tasks: number, maxHealthyPercent: number): number {
  return Math.floor((tasks * maxHealthyPercent) / 100);
}

/**
 * Whether a rolling update of `tasks` can move at all: it must be allowed to start one task more than there are, or to
 * stop one (ECS rounds the lower bound up). With neither it waits until it is timed out.
 */
export function canRoll(tasks: number, bounds: RollingBounds): boolean {
  return tasksDuringUpdate(tasks, bounds.maxHealthyPercent) > tasks || Math.ceil((tasks * bounds.minHealthyPercent) / 100) < tasks;
}

/**
 * The most tasks of which a rolling update still fits on `instances` when no two tasks share an instance, and never more
 * than `ceiling`.
 */
export function mostTasksOn(instances: number, maxHealthyPercent: number, ceiling: number): number {
  let tasks = ceiling;
  while (tasks > 0 && tasksDuringUpdate(tasks, maxHealthyPercent) > instances) {
    tasks -= 1;
  }
  return tasks;
}
