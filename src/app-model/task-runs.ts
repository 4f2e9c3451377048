import type { AppModel } from './app-model';
import type { TaskDefinition } from './compute/task-definitions';
import type { Endpoint } from './endpoints/endpoint';
import type { Resource } from '../template/resource';
import { oncePer } from '../template/once-per';

/** Something that starts tasks of a task definition: a service, an EventBridge rule or a schedule. */
export interface TaskRun {
  readonly resource: Resource;
  readonly taskDefinition: TaskDefinition;
  readonly endpoints: readonly Endpoint[];
}

/** Everything in an app that starts tasks whose definition is in the app too. */
export const readTaskRuns = oncePer((app: AppModel): readonly TaskRun[] => {
  const byPath = new Map(app.taskDefinitions.map((task) => [task.resource.path, task]));
  const scheduled = app.endpoints.filter(({ kind }) => kind === 'scheduled ECS task').flatMap((endpoint) => {
    const taskDefinition = endpoint.aliases.map((path) => byPath.get(path)).find((task) => task !== undefined);
    return taskDefinition === undefined ? [] : [{ resource: endpoint.resource!, taskDefinition, endpoints: [endpoint] }];
  });
  const ofServices = app.services.flatMap(({ resource, taskDefinition }) => (
    taskDefinition === undefined ? [] : [{ resource, taskDefinition, endpoints: app.endpointsOf(resource) }]
  ));
  return [...ofServices, ...scheduled];
});
