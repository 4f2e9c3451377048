import { CfnResource, Stack, aws_applicationautoscaling as scaling } from 'aws-cdk-lib';
import type { aws_ecs as ecs } from 'aws-cdk-lib';

/** The part of the service's template that decides how many tasks can run. */
interface RenderedService {
  readonly DesiredCount?: unknown;
  readonly AvailabilityZoneRebalancing?: unknown;
  readonly DeploymentConfiguration?: { readonly MaximumPercent?: unknown; readonly Strategy?: unknown };
}

/**
 * What was done to the service of a database, by way of the L2 that it exposes, that could start a second server on the same files.
 *
 * To be asked at synthesis, after every method, override and aspect of the user.
 */
export function waysToASecondWriter(service: ecs.BaseService): string[] {
  const { DesiredCount, AvailabilityZoneRebalancing, DeploymentConfiguration = {} } = rendered(service.node.defaultChild as ecs.CfnService);
  const scaled = service.node.findAll().some((child) =>
    CfnResource.isCfnResource(child) && child.cfnResourceType === scaling.CfnScalableTarget.CFN_RESOURCE_TYPE_NAME);
  return [
    scaled ? 'the number of tasks is scaled' : undefined,
    complaint('DesiredCount', DesiredCount, [0, 1]),
    complaint('MaximumPercent', DeploymentConfiguration.MaximumPercent, [100]),
    complaint('Strategy', DeploymentConfiguration.Strategy, [undefined, 'ROLLING']),
    complaint('AvailabilityZoneRebalancing', AvailabilityZoneRebalancing, ['DISABLED']),
  ].filter((way) => way !== undefined).map((way) =>
    `${way}, but must be left as it is, because two servers on the same files destroy them: take it back, or use a managed database`);
}

function complaint(name: string, value: unknown, allowed: unknown[]): string | undefined {
  return allowed.includes(value) ? undefined : `${name} of the service is ${JSON.stringify(value)}`;
}

/** The properties as they reach the template, with the user's overrides. */
function rendered(resource: ecs.CfnService): RenderedService {
  const template = Stack.of(resource).resolve(resource._toCloudFormation());
  return Object.values<{ Properties?: RenderedService }>(template.Resources ?? {})[0]?.Properties ?? {};
}
