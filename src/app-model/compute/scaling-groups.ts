import { launchResourceOf, launchSettingsOf } from './launch-settings';
import { asList, asObject, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { isOn, isUndecided, literalAt, numberAt, parameterDefault } from '../../template/values';
import type { Subnet } from '../network/subnet';
import type { Subnets } from '../network/subnets';

/** An Auto Scaling group with what its launch template says of the instances. */
export interface ScalingGroup {
  readonly resource: Resource;
  readonly min?: number;
  readonly max?: number;
  readonly subnets: readonly Subnet[];
  /** Empty where the template does not name them. */
  readonly instanceTypes: readonly string[];
  /** The AMI, or the public parameter in which its id stands. */
  readonly image?: string;
  readonly launchTemplate?: Resource;
  /** Whether new instances are protected from scale-in; undefined where only the deployment knows. */
  readonly protectedFromScaleIn?: boolean;
  /** In seconds; the group replaces what is older, protected or not. */
  readonly maxLifetime?: number;
}

/** Reads every Auto Scaling group of an app. */
export function readScalingGroups(model: TemplateModel, subnets: Subnets): Map<string, ScalingGroup> {
  return new Map(model.ofType('AWS::AutoScaling::AutoScalingGroup').map((resource) => [resource.id, readGroup(model, resource, subnets)]));
}

/** True where the instances of a group join an ECS cluster: its name stands in their user data. */
export function joins(model: TemplateModel, group: ScalingGroup, cluster: Resource): boolean {
  const launched = group.launchTemplate;
  return launched !== undefined && model.mentions(launched, launchSettingsOf(launched).UserData, cluster);
}

function readGroup(model: TemplateModel, resource: Resource, subnets: Subnets): ScalingGroup {
  const mixed = dig(resource.properties, 'MixedInstancesPolicy', 'LaunchTemplate');
  const overrides = asList(dig(mixed, 'Overrides')).map((override) => String(asObject(override).InstanceType ?? ''));
  const launchTemplate = launchResourceOf(model, resource);
  const single = launchTemplate && (literalAt(model, launchTemplate, 'LaunchTemplateData', 'InstanceType') ?? literalAt(
    model,
    launchTemplate,
    'InstanceType',
  ));
  return {
    resource,
    min: numberAt(model, resource, 'MinSize'),
    max: numberAt(model, resource, 'MaxSize'),
    subnets: model.texts(resource, dig(resource.properties, 'VPCZoneIdentifier'))
      .map((text) => subnets.named(text)).filter((subnet) => subnet !== undefined),
    instanceTypes: overrides.some(Boolean) ? overrides.filter(Boolean) : single === undefined ? [] : [single],
    image: launchTemplate === undefined ? undefined : parameterDefault(launchTemplate, launchSettingsOf(launchTemplate).ImageId),
    launchTemplate,
    protectedFromScaleIn: isUndecided(model, resource, 'NewInstancesProtectedFromScaleIn')
      ? undefined
      : isOn(dig(resource.properties, 'NewInstancesProtectedFromScaleIn')),
    maxLifetime: numberAt(model, resource, 'MaxInstanceLifetime'),
  };
}
