import type { Observation, Rule } from './rule';
import { dataDirectoriesOf } from '../../app-model/compute/data-directories';
import type { EcsService } from '../../app-model/compute/services';
import { canRoll, tasksDuringUpdate, tasksKept } from '../../private/aws/rolling-update';
import { dig } from '../../template/json';
import { count, isUndecided, nameOf } from '../../template/values';

const BOUNDS = ['MinimumHealthyPercent', 'MaximumPercent'];

/** ECS may neither start a new task nor stop an old one: the deployment waits until CloudFormation gives up after hours. */
export const deploymentCannotProceed: Rule = {
  id: 'deployment-cannot-proceed',
  severity: 'error',
  says: 'A deployment of the service can never proceed: the percentages let no task be started and none be stopped.',
  change: 'Set the maximum percent to 200 (never for a database on files), or the minimum healthy percent so low that one task may stop: '
    + '0 for one task, 50 for several.',
  evaluate: ({ model, services }) => services.flatMap((service): Observation[] => {
    const { resource, daemon, deployment, minTasks, minPercent, maxPercent, scalableTarget } = service;
    const undecided = BOUNDS.some((key) => isUndecided(model, resource, 'DeploymentConfiguration', key));
    // A service that states no number keeps the one it has.
    const stated = scalableTarget !== undefined || dig(resource.properties, 'DesiredCount') !== undefined;
    if (daemon && deployment === 'ROLLING' && !undecided && minPercent >= 100 && maxPercent <= 100) {
      return [{
        at: resource,
        saw: `${nameOf(resource)} runs one task on each instance, keeps ${minPercent} % and runs at most ${maxPercent} %`,
        change: 'Set the minimum healthy percent of the daemon to 0.',
      }];
    }
    if (!stated || daemon || deployment !== 'ROLLING' || undecided || minTasks === undefined || minTasks === 0) return [];
    return canRoll(minTasks, { minHealthyPercent: minPercent, maxHealthyPercent: maxPercent }) ? [] : [{
      at: resource,
      related: [scalableTarget],
      saw: `of ${count(minTasks, 'task')} ${nameOf(resource)} keeps ${tasksKept(minTasks, minPercent)} at ${minPercent} % and runs at most `
        + `${tasksDuringUpdate(minTasks, maxPercent)} at ${maxPercent} %`,
      change: `set ${waysOut(service, minTasks).join(', or ')}`,
    }];
  }),
};

/** One task may be stopped, or one more started; of a database on files never two run. */
function waysOut({ taskDefinition }: EcsService, tasks: number): string[] {
  const lower = `the minimum healthy percent to ${Math.floor((100 * (tasks - 1)) / tasks)} or less`;
  return dataDirectoriesOf(taskDefinition).length > 0 ? [lower] : ['the maximum percent to 200', lower];
}
