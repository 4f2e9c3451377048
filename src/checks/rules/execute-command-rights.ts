import type { Rule } from './rule';
import { roleOf } from '../../app-model/compute/task-needs';
import { Roles } from '../../app-model/iam/roles';
import { dig } from '../../template/json';
import { isOn, nameOf } from '../../template/values';

const CHANNELS = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map((name) => `ssmmessages:${name}`);

/** The service starts all the same; the shell is missed on the day on which it is needed. */
export const executeCommandRights: Rule = {
  id: 'execute-command-rights',
  severity: 'warning',
  says: 'ECS Exec is on, and the task role may not open its channels: no command can be run in the containers.',
  change: 'Let the task role do ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel on *.',
  evaluate: ({ model, services }) => services.flatMap(({ resource, taskDefinition }) => {
    if (taskDefinition === undefined || !isOn(dig(resource.properties, 'EnableExecuteCommand'))) return [];
    const stated = dig(taskDefinition.resource.properties, 'TaskRoleArn');
    const role = roleOf(model, taskDefinition, 'TaskRoleArn');
    const lacks = role === undefined ? [] : Roles.of(model).lacks(role, CHANNELS, '*');
    if (stated !== undefined && lacks.length === 0) return [];
    // On EC2 a task without a role asks with that of its instance.
    if (stated === undefined && !(taskDefinition.fargate && !taskDefinition.ec2)) return [];
    const saw = role === undefined ? `${nameOf(taskDefinition.resource)} has no task role` : `${nameOf(role)} may not ${lacks.join(', ')}`;
    return [{ at: resource, related: [taskDefinition.resource, role], saw }];
  }),
};
