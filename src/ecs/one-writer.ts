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
  const resolve = (value: unknown) => Stack.of(resource).resolve(value);
  const overrides = asObject(overridesOf(resource).Properties);
  // An override by what is no object, such as a deletion, leaves nothing of the configuration.
  const replaced = 'DeploymentConfiguration' in overrides && !isObject(overrides.DeploymentConfiguration);
  const deployment = replaced ? {} : asObject(resolve(resource.deploymentConfiguration));
  const deploymentOverrides = asObject(overrides.DeploymentConfiguration);
  return {
    desiredCount: resolve('DesiredCount' in overrides ? overrides.DesiredCount : resource.desiredCount),
    rebalancing: resolve('AvailabilityZoneRebalancing' in overrides ? overrides.AvailabilityZoneRebalancing : resource.availabilityZoneRebalancing),
    maximumPercent: resolve('MaximumPercent' in deploymentOverrides ? deploymentOverrides.MaximumPercent : deployment.maximumPercent),
    strategy: resolve('Strategy' in deploymentOverrides ? deploymentOverrides.Strategy : deployment.strategy),
  };
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
