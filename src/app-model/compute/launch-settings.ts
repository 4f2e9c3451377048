import { asObject, dig } from '../../template/json';
import type { Json } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';

const LAUNCH_TYPES = ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'];

/** The launch template or launch configuration of an Auto Scaling group or instance, where a template of the app has it. */
export function launchResourceOf(model: TemplateModel, resource: Resource): Resource | undefined {
  const { properties } = resource;
  const specification = dig(properties, 'MixedInstancesPolicy', 'LaunchTemplate', 'LaunchTemplateSpecification') ?? dig(properties, 'LaunchTemplate');
  const named = dig(specification, 'LaunchTemplateId') ?? dig(specification, 'LaunchTemplateName') ?? dig(properties, 'LaunchConfigurationName');
  const found = model.pointee(resource, named);
  return found !== undefined && LAUNCH_TYPES.includes(found.type) ? found : undefined;
}

/** What a launch template, a launch configuration or an instance says of the instances, at the place where its type keeps it. */
export function launchSettingsOf(resource: Resource): Json {
  const data = dig(resource.properties, 'LaunchTemplateData');
  return data === undefined ? resource.properties : asObject(data);
}
