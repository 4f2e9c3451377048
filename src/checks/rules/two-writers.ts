import type { Rule } from './rule';
import { dataDirectoriesOf } from '../../app-model/compute/data-directories';
import { doublesTasks, tasksInDeployment } from '../../app-model/compute/services';
import type { EcsService } from '../../app-model/compute/services';

/** Two database servers on the same files refuse to start, or ruin them: ECS must never run two such tasks, not even for a moment. */
export const twoWriters: Rule = {
  id: 'two-writers',
  severity: 'error',
  says: 'ECS may run two tasks at once on one database directory on EFS: by task count, scaling, deployment or rebalancing.',
  change: 'Set a desired count of 1, minimum healthy percent 0, maximum percent 100 and zone rebalancing DISABLED; no scaling, no blue/green '
    + 'deployment.',
  evaluate: (app) => app.services.flatMap((service) => {
    const [directory] = dataDirectoriesOf(service.taskDefinition);
    const ways = directory === undefined ? [] : waysToASecondTask(service);
    return ways.length === 0 ? [] : [{
      at: service.resource,
      related: [directory.task.resource, directory.volume.fileSystem],
      saw: `two tasks can run on ${directory.path} of container ${directory.container}: ${ways.join('; ')}`,
    }];
  }),
};

function waysToASecondTask(service: EcsService): string[] {
  const { minTasks, maxTasks } = service;
  const most = maxTasks ?? minTasks ?? 1;
  const canBeTwo = !doublesTasks(service) && tasksInDeployment(service, Math.max(most, 1)) > 1;
  return [
    service.daemon ? 'it is a daemon, one task on each instance' : undefined,
    service.scalableTarget !== undefined && most > 1 ? `scaling takes it to ${most} tasks` : undefined,
    service.scalableTarget === undefined && most > 1 ? `its desired count is ${most}` : undefined,
    doublesTasks(service) ? `its deployments are ${service.deployment}, which runs old and new together` : undefined,
    canBeTwo && most <= 1 ? `its maximum percent of ${service.maxPercent} lets a new task start before the old one has stopped` : undefined,
    service.rebalancing === 'ENABLED' ? 'zone rebalancing starts a replacement first' : undefined,
  ].filter((way) => way !== undefined);
}
