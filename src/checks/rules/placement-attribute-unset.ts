import type { Rule } from './rule';
import { launchSettings } from '../../app-model/compute/instance-profiles';
import type { ScalingGroup } from '../../app-model/compute/scaling-groups';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, asObject, dig } from '../../template/json';
import { literalOf, reasonOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** An attribute of the customer's own is on an instance when its user data say so, or when somebody put it there. */
export const placementAttributeUnset: Rule = {
  id: 'placement-attribute-unset',
  severity: 'warning',
  says: 'A placement constraint asks for an attribute of your own that the user data give no instance.',
  change: 'Write ECS_INSTANCE_ATTRIBUTES={"name":"value"} to /etc/ecs/ecs.config in the user data of the instances.',
  leadsTo: 'The tasks stay pending until somebody puts the attribute on an instance by hand.',
  evaluate: (app) => app.services.filter(({ groups }) => groups.length > 0).flatMap(({ resource, taskDefinition, groups }) => (
    [resource, ...(taskDefinition === undefined ? [] : [taskDefinition.resource])].flatMap((holder) => (
      asList(dig(holder.properties, 'PlacementConstraints')).flatMap((one) => literalOf(app.model.text(holder, dig(one, 'Expression') ?? '')) ?? [])
    )).flatMap((expression) => {
      const [, name, value] = /^\(?\s*attribute:([\w-]+)\s*==\s*["']?([\w.-]+)["']?\s*\)?$/.exec(expression) ?? [];
      const given = groups.map((group) => attributesOf(app, group));
      if (name === undefined || given.includes(undefined) || given.some((attributes) => attributes![name] === value)) return [];
      const has = given.flatMap((attributes) => Object.entries(attributes!).map(([key, own]) => `${key}=${own}`)).join(', ') || 'none';
      return [{
        at: resource,
        related: groups.map((group) => group.resource),
        saw: `"${expression}"; the user data of ${groups.map((group) => nameOf(group.resource)).join(', ')} give ${has}`,
      }];
    })
  )),
};

/** Undefined where user data are not known, or read them from elsewhere. */
function attributesOf({ model }: NetworkModel, { launchTemplate }: ScalingGroup): Record<string, string> | undefined {
  const stated = launchTemplate && dig(launchSettings(launchTemplate), 'UserData');
  const text = stated === undefined || launchTemplate === undefined ? undefined : model.text(launchTemplate, stated);
  if (text === undefined || reasonOf(text) !== undefined) return undefined;
  const plain = text.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  if (!/[\s#]/.test(plain) || /S3|aws |source /i.test(plain)) return undefined;
  const found = /ECS_INSTANCE_ATTRIBUTES=\s*["']?(\{[^}]*\})/.exec(plain)?.[1];
  if (found === undefined) return plain.includes('ECS_INSTANCE_ATTRIBUTES') ? undefined : {};
  try {
    return asObject(JSON.parse(found.replace(/\\"/g, '"'))) as Record<string, string>;
  } catch {
    return undefined;
  }
}
