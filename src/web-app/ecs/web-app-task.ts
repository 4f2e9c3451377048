import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { WebAppSettings } from './web-app-settings';
import type { IHaEcsCluster } from '../../cluster/cluster-interface';
import { defineTask } from '../../ecs/define-task';
import { acknowledge } from '../../private/acknowledge';

/** Defines the task of an application, still without containers. */
export function defineAppTask(scope: Construct, cluster: IHaEcsCluster, { networkMode, task, taskSize }: WebAppSettings): ecs.TaskDefinition {
  const taskDefinition = defineTask(scope, 'Task', cluster, {
    ...taskSize,
    networkMode,
    taskRole: task.taskRole,
    executionRole: task.executionRole,
  });
  acknowledgeTask(taskDefinition, task.enableExecuteCommand ?? false);
  return taskDefinition;
}

/** All containers of a task, also those that a user added to its definition. */
export function containersOf(taskDefinition: ecs.TaskDefinition): ecs.ContainerDefinition[] {
  // eslint-disable-next-line dot-notation
  return taskDefinition['containers'];
}

/** The reasons are about a role of ours; one that was passed in answers for itself. */
function acknowledgeTask(taskDefinition: ecs.TaskDefinition, entered: boolean): void {
  acknowledge(taskDefinition, 'AwsSolutions-ECS2',
    'Plain variables say where the database is and the like; credentials are secrets, and a plain name that looks like one is warned of (ECS2).');
  const taskRole = taskDefinition.node.tryFindChild('TaskRole');
  if (taskRole && entered) {
    acknowledge(taskRole, 'AwsSolutions-IAM5[Resource::*]', 'The channels of ECS Exec and logs:DescribeLogGroups know no resource (IAM5).');
  }
}
