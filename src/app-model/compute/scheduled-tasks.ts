import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';

/** A rule or schedule that runs a task, with the role by which it does. */
export interface ScheduledTask {
  readonly resource: Resource;
  readonly role?: Resource;
  readonly taskDefinition?: Resource;
}

/** Every task of the app that EventBridge starts. */
export function readScheduledTasks(model: TemplateModel): ScheduledTask[] {
  const read = (resource: Resource, target: unknown): ScheduledTask[] => (dig(target, 'EcsParameters') === undefined ? [] : [{
    resource,
    role: model.pointee(resource, dig(target, 'RoleArn')),
    taskDefinition: model.pointee(resource, dig(target, 'EcsParameters', 'TaskDefinitionArn')),
  }]);
  return [
    ...model.ofType('AWS::Events::Rule').flatMap((rule) => asList(dig(rule.properties, 'Targets')).flatMap((target) => read(rule, target))),
    ...model.ofType('AWS::Scheduler::Schedule').flatMap((schedule) => read(schedule, dig(schedule.properties, 'Target'))),
  ];
}
