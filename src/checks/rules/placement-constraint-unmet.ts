import type { Rule } from './rule';
import type { ScalingGroup } from '../../app-model/compute/scaling-groups';
import type { EcsService } from '../../app-model/compute/services';
import { glob } from '../../app-model/iam/statement';
import { instanceArchitecture } from '../../private/aws/instance-types';
import { asList, dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** ECS looks for a host that meets every constraint, and goes on looking. */
export const placementConstraintUnmet: Rule = {
  id: 'placement-constraint-unmet',
  severity: 'error',
  says: 'No instance of the Auto Scaling groups meets a placement constraint of the service or its tasks: they stay pending.',
  change: 'Correct the expression, or give the instances the attribute it asks for.',
  evaluate: (app) => app.services.filter(({ groups }) => groups.length > 0).flatMap((service) => {
    const { resource, taskDefinition, groups } = service;
    return [resource, ...(taskDefinition === undefined ? [] : [taskDefinition.resource])]
      .flatMap((holder) => asList(dig(holder.properties, 'PlacementConstraints')).map((one) => literalOf(app.model.text(
        holder,
        dig(one, 'Expression') ?? '',
      ))))
      .filter((expression) => expression !== undefined && expression !== '' && groups.every((group) => fails(group, expression)))
      .map((expression) => ({
        at: resource,
        related: groups.map((group) => group.resource),
        saw: `no instance of ${groups.map((group) => nameOf(group.resource)).join(', ')} meets "${expression}"${seen(service)}`,
      }));
  }),
};

function seen({ groups }: EcsService): string {
  const types = groups.flatMap(({ instanceTypes }) => instanceTypes);
  return types.length === 0 ? '' : `: they are of type ${[...new Set(types)].join(', ')}`;
}

/** Only plain comparisons of one attribute are judged. */
function fails(group: ScalingGroup, expression: string): boolean {
  const [, attribute, operator, value] = /^\(?\s*attribute:([\w.-]+)\s*(==|=~|in)\s*(.+?)\s*\)?$/.exec(expression) ?? [];
  if (attribute === undefined || /\b(and|or|not|exists)\b|&&|\|\|/.test(value)) return false;
  const wanted = value.replace(/^[[(]|[\])]$/g, '').split(',').map((one) => one.trim().replace(/^["']|["']$/g, ''));
  const has = valuesOf(group, attribute);
  return has !== undefined && has.length > 0 && !has.some((one) => wanted.some((pattern) => (operator === '=~'
    ? glob(pattern, one)
    : pattern === one)));
}

function valuesOf(group: ScalingGroup, attribute: string): readonly string[] | undefined {
  if (attribute === 'ecs.instance-type') return group.instanceTypes;
  if (attribute === 'ecs.cpu-architecture') {
    const architectures = group.instanceTypes.map(instanceArchitecture);
    return architectures.includes(undefined) ? undefined : architectures.map((one) => (one === 'ARM64' ? 'arm64' : 'x86_64'));
  }
  const zones = group.subnets.map(({ zone }) => zone);
  const plain = zones.every((zone) => zone !== undefined && /^[a-z]{2}-[a-z-]+-\d[a-z]$/.test(zone));
  return attribute === 'ecs.availability-zone' && plain ? zones as string[] : undefined;
}
