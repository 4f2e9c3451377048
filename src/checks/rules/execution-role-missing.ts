import type { Rule } from './rule';
import { awslogsOptions, givenSecrets } from '../../app-model/compute/task-needs';
import { dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** The agent of Fargate has no rights of its own, and that of an instance does not read secrets. */
export const executionRoleMissing: Rule = {
  id: 'execution-role-missing',
  severity: 'error',
  says: 'The task definition has no execution role, and its start needs one: for an image in ECR, for logs or for secrets.',
  change: 'Give it an execution role with the managed policy AmazonECSTaskExecutionRolePolicy, and the right to read the secrets.',
  evaluate: ({ model, taskDefinitions }) => taskDefinitions.filter(({ resource }) => dig(
    resource.properties,
    'ExecutionRoleArn',
  ) === undefined).flatMap((task) => {
    const alone = task.fargate && !task.ec2;
    const needs = [
      ...(alone && task.containers.some(({ image }) => image.some((part) => typeof part === 'string' && part.includes('.dkr.ecr.')))
        ? ['an image from ECR']
        : []),
      ...(alone && awslogsOptions(task).length > 0 ? ['logs in CloudWatch'] : []),
      ...(givenSecrets(model, task).length > 0 ? ['secrets'] : []),
    ];
    return needs.length === 0 ? [] : [{ at: task.resource, saw: `${nameOf(task.resource)} has ${needs.join(', ')} and no execution role` }];
  }),
};
