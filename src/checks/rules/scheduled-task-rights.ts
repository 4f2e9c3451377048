import type { Rule } from './rule';
import { readScheduledTasks } from '../../app-model/compute/scheduled-tasks';
import { Roles } from '../../app-model/iam/roles';
import { asList, dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** A task that EventBridge may not start is never started, and nothing says so but a metric. */
export const scheduledTaskRights: Rule = {
  id: 'scheduled-task-rights',
  severity: 'error',
  says: 'The role of a schedule may not run its task, or not hand over the roles of the task: it is never run.',
  change: 'Let the role do ecs:RunTask on the task definition and iam:PassRole on the task and execution roles.',
  evaluate: ({ model }) => readScheduledTasks(model).flatMap(({ resource, role, taskDefinition }) => {
    if (role?.type !== 'AWS::IAM::Role' || taskDefinition?.type !== 'AWS::ECS::TaskDefinition') return [];
    const roles = Roles.of(model);
    // On instances EventBridge hands over the execution role alone, as the CDK has it.
    const onFargate = asList(dig(taskDefinition.properties, 'RequiresCompatibilities')).includes('FARGATE');
    const passed = ['ExecutionRoleArn', ...(onFargate ? ['TaskRoleArn'] : [])].map((key) => model.pointee(
      taskDefinition,
      dig(taskDefinition.properties, key),
    ))
      .filter((one) => one?.type === 'AWS::IAM::Role');
    const lacks = [
      ...roles.lacks(role, ['ecs:RunTask'], taskDefinition).map((action) => `${action} on ${nameOf(taskDefinition)}`),
      ...passed.flatMap((one) => roles.lacks(role, ['iam:PassRole'], one!).map((action) => `${action} on ${nameOf(one!)}`)),
    ];
    return lacks.length === 0 ? [] : [{ at: resource, related: [role, taskDefinition], saw: `${nameOf(role)} may not ${lacks.join('; nor ')}` }];
  }),
};
