import type { ScalingGroup } from './scaling-groups';
import { asList, asObject, dig, isObject } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalAt } from '../../template/values';

/** The role of a group's instances; `none` where the launch template surely gives them none, undefined where it is not known. */
export function instanceRole(model: TemplateModel, group: ScalingGroup): Resource | 'none' | undefined {
  const launched = group.launchTemplate;
  if (launched === undefined) return undefined;
  const settings = launchSettings(launched);
  if (settings === undefined) return undefined;
  const stated = dig(settings, 'IamInstanceProfile');
  if (stated === undefined) return 'none';
  const value = launched.type === 'AWS::AutoScaling::LaunchConfiguration' ? stated : dig(stated, 'Arn') ?? dig(stated, 'Name');
  const profile = value === undefined ? undefined : model.pointee(launched, value)
    ?? model.ofType('AWS::IAM::InstanceProfile').find((one) => typeof value === 'string' && literalAt(model, one, 'InstanceProfileName') === value);
  const role = profile && model.pointee(profile, asList(dig(profile.properties, 'Roles'))[0]);
  return role?.type === 'AWS::IAM::Role' ? role : undefined;
}

/** What a launch template, or a launch configuration, says of its instances. */
export function launchSettings(launched: Resource): Record<string, unknown> | undefined {
  const data = launched.type === 'AWS::EC2::LaunchTemplate' ? dig(launched.properties, 'LaunchTemplateData') : launched.properties;
  return isObject(data) && !Object.keys(data).some((key) => key.startsWith('Fn::')) ? asObject(data) : undefined;
}
