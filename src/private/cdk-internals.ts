import type { CfnResource, aws_ecs as ecs } from 'aws-cdk-lib';

/*
 * Every member of the CDK that is not public and that this library reads or writes nevertheless, each with the reason. The suite runs
 * on the oldest and on the newest CDK, so that a change of one of them is noticed.
 */

/**
 * Leaves deployment alarms out of a service. Without a feature flag the CDK writes disabled alarms here, with it nothing; the L2 has no
 * prop for it. `enableDeploymentAlarms()` still works afterwards.
 */
export function leaveOutDeploymentAlarms(service: ecs.BaseService): void {
  // eslint-disable-next-line dot-notation
  service['deploymentAlarms'] = undefined;
}

/** All containers of a task, also those that a user added to its definition: the L2 finds containers by name only. */
export function containersOf(taskDefinition: ecs.TaskDefinition): ecs.ContainerDefinition[] {
  // eslint-disable-next-line dot-notation
  return taskDefinition['containers'];
}

/** What `addOverride()` and its like left on a resource; the only other way to see it is to render the whole resource. */
export function overridesOf(resource: CfnResource): { readonly Properties?: unknown } {
  // eslint-disable-next-line dot-notation
  return resource['rawOverrides'];
}
