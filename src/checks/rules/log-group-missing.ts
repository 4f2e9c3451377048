import type { Rule } from './rule';
import type { TaskDefinition } from '../../app-model/compute/task-definitions';
import { awslogsOptions, roleOf } from '../../app-model/compute/task-needs';
import { decided, isComplete } from '../../template/decided';
import { asList, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { isOn, literalAt, nameOf } from '../../template/values';

/** The log driver makes no log group by itself: without one the task stops before its first container. */
export const logGroupMissing: Rule = {
  id: 'log-group-missing',
  severity: 'warning',
  says: 'Containers write to a log group that is not in the app or not in that region, and the driver does not create it; the group that is '
    + 'there is used by nobody.',
  change: 'Name the log group of the app by reference, and its own region.',
  evaluate: ({ model, taskDefinitions }) => taskDefinitions.flatMap((task) => awslogsOptions(task).flatMap(({ container, options }) => {
    const { resource } = task;
    const [region, group, stated] = [
      resource.stack.region,
      model.pointee(resource, dig(options, 'awslogs-group')),
      decided(model, resource, dig(options, 'awslogs-group')),
    ];
    const told = decided(model, resource, dig(options, 'awslogs-region'));
    if (isOn(dig(options, 'awslogs-create-group'))) return [];
    if (group !== undefined && region !== undefined && typeof told === 'string' && told !== region && group.stack.region === region) {
      return [{ at: resource, related: [group], saw: `container ${container} writes to ${nameOf(group)} in ${told}, but it is in ${region}` }];
    }
    if (typeof stated !== 'string' || !isComplete(model)) return [];
    const groups = model.ofType('AWS::Logs::LogGroup');
    const names = groups.map((one) => literalAt(model, one, 'LogGroupName'));
    const idle = groups.filter((one, index) => one.stack === resource.stack && isIdle(model, one, names[index] !== undefined, task)
      && !JSON.stringify(resource.stack.template).includes(`"awslogs-group":"${names[index]}"`));
    return names.includes(stated) || idle.length === 0 ? [] : [{
      at: resource,
      related: idle,
      saw: `container ${container} writes to ${stated}, but the app has `
        + `${idle.map((one) => literalAt(model, one, 'LogGroupName') ?? nameOf(one)).join(', ')}`,
    }];
  })),
};

/** A group that nothing names, or one without a name of its own that only the execution role of the task may write to. */
function isIdle(model: TemplateModel, group: Resource, named: boolean, task: TaskDefinition): boolean {
  const users = Mentions.of(model).of(group);
  const role = roleOf(model, task, 'ExecutionRoleArn');
  return named || dig(group.properties, 'LogGroupName') !== undefined
    ? named && users.length === 0
    : role !== undefined && users.length > 0 && users.every((one) => one.type === 'AWS::IAM::Policy'
      && asList(dig(one.properties, 'Roles')).every((each) => model.pointee(one, each) === role));
}
