import type { Rule } from './rule';
import { awslogsOptions } from '../../app-model/compute/task-needs';
import { decided, isComplete } from '../../template/decided';
import { dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
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
    const idle = groups.filter((one, index) => one.stack === resource.stack && names[index] !== undefined
      && Mentions.of(model).of(one).length === 0 && !JSON.stringify(resource.stack.template).includes(`"awslogs-group":"${names[index]}"`));
    return names.includes(stated) || idle.length === 0 ? [] : [{
      at: resource,
      related: idle,
      saw: `container ${container} writes to ${stated}, but the app has `
        + `${idle.map((one) => literalAt(model, one, 'LogGroupName')).join(', ')}`,
    }];
  })),
};
