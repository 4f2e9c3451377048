import type { AppModel } from './app-model';
import type { TaskDefinition } from './compute/task-definitions';
import type { Endpoint } from './endpoints/endpoint';
import { oncePer } from '../template/once-per';
import type { Resource } from '../template/resource';

const SINGLE_TASKS = ['scheduled ECS task', 'ECS task of a runbook'];

/** Something that starts tasks of a task definition: a service, an EventBridge rule, a schedule or a runbook. */
export interface TaskRun {
  readonly resource: Resource;
  readonly taskDefinition: TaskDefinition;
  readonly endpoints: readonly Endpoint[];
}

/** Everything in an app that starts tasks whose definition is in the app too. */
export const readTaskRuns = oncePer((app: AppModel): readonly TaskRun[] => {
  const byPath = new Map(app.taskDefinitions.map((task) => [task.resource.path, task]));
  const single = app.endpoints.filter(({ kind }) => SINGLE_TASKS.includes(kind)).flatMap((endpoint) => {
    const taskDefinition = endpoint.aliases.map((path) => byPath.get(path)).find((task) => task !== undefined);
    return taskDefinition === undefined ? [] : [{ resource: endpoint.resource!, taskDefinition, endpoints: [endpoint] }];
  });
  const ofServices = app.services.flatMap(({ resource, taskDefinition }) => (
    taskDefinition === undefined ? [] : [{ resource, taskDefinition, endpoints: app.endpointsOf(resource) }]
  ));
  return [...ofServices, ...single];
});
