import { CfnResource, Stack, aws_applicationautoscaling as scaling } from 'aws-cdk-lib';
import type { aws_ecs as ecs } from 'aws-cdk-lib';
import { overridesOf } from '../private/cdk-internals';

/**
 * What was done to the service of a database, by way of the L2 that it exposes, that could start a second server on the same files.
 *
 * To be asked at synthesis, after every method, override and aspect of the user.
 */
export function waysToASecondWriter(service: ecs.BaseService): string[] {
  const facts = writerFacts(service.node.defaultChild as ecs.CfnService);
  const scaled = service.node.findAll().some((child) =>
    CfnResource.isCfnResource(child) && child.cfnResourceType === scaling.CfnScalableTarget.CFN_RESOURCE_TYPE_NAME);
  return [
    scaled ? 'the number of tasks is scaled' : undefined,
    complaint('DesiredCount', facts.desiredCount, [0, 1]),
    complaint('MaximumPercent', facts.maximumPercent, [100]),
    complaint('Strategy', facts.strategy, [undefined, 'ROLLING']),
    complaint('AvailabilityZoneRebalancing', facts.rebalancing, ['DISABLED']),
  ].filter((way) => way !== undefined).map((way) =>
    `${way}, but must be left as it is, because two servers on the same files destroy them: take it back, or use a managed database`);
}

function complaint(name: string, value: unknown, allowed: unknown[]): string | undefined {
  return allowed.includes(value) ? undefined : `${name} of the service is ${JSON.stringify(value)}`;
}

/** What decides how many tasks can run, as it reaches the template: read from the resource, because to render it whole takes far longer. */
function writerFacts(resource: ecs.CfnService): Record<'desiredCount' | 'rebalancing' | 'maximumPercent' | 'strategy', unknown> {
  const stack = Stack.of(resource);
  const overrides = asObject(stack.resolve(overridesOf(resource).Properties));
  const deployment = asObject(stack.resolve(resource.deploymentConfiguration));
  const deploymentOverrides = 'DeploymentConfiguration' in overrides ? asObject(overrides.DeploymentConfiguration) : {};
  return {
    desiredCount: overridden(overrides, 'DesiredCount', stack.resolve(resource.desiredCount)),
    rebalancing: overridden(overrides, 'AvailabilityZoneRebalancing', stack.resolve(resource.availabilityZoneRebalancing)),
    maximumPercent: overridden(deploymentOverrides, 'MaximumPercent', deployment.maximumPercent),
    strategy: overridden(deploymentOverrides, 'Strategy', deployment.strategy),
  };
}

function overridden(overrides: Record<string, unknown>, name: string, otherwise: unknown): unknown {
  return name in overrides ? overrides[name] : otherwise;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
}
