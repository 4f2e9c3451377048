import type { LossReader } from './zone-loss';
import { zonesOf } from '../../app-model/compute/zones';
import { asList, dig } from '../../template/json';
import { count } from '../../template/values';

/** A group starts new instances in the zones that are left; what ran at its minimum is what carries the load until then. */
export const readGroupLoss: LossReader = (app, zones) => app.scalingGroups.flatMap(({ resource, subnets, min, max }) => {
  // Of instances that only carry ECS tasks the services tell themselves.
  const rule = asList(dig(resource.properties, 'TargetGroupARNs')).length > 0 ? { rule: 'one-instance-group' } : {};
  const own = zonesOf(subnets);
  return zones.map((zone) => {
    const base = { zone, resource, kind: 'Auto Scaling group' };
    if (own === undefined) return { ...base, outcome: 'unknown' as const, why: 'its zones are not in the templates' };
    if (own.every((one) => one === zone)) {
      return { ...base, outcome: 'stops' as const, why: 'all its instances are in this zone', rule: 'one-zone-capacity' };
    }
    if (!own.includes(zone)) return { ...base, outcome: 'survives' as const, why: 'it has nothing here' };
    if (min === undefined || max === 0) {
      return {
        ...base,
        outcome: min === undefined ? 'unknown' as const : 'survives' as const,
        why: min === undefined ? 'its minimum is not known' : 'it is empty',
      };
    }
    const left = min - Math.ceil(min / own.length);
    return left > 0
      ? { ...base, outcome: 'survives' as const, why: `${left} of at least ${count(min, 'instance')} left, and new ones start elsewhere` }
      : {
        ...base,
        outcome: 'restarts' as const,
        why: `${min === 0 ? 'at its minimum it has no instance' : 'its only instance may be here'}; a new one starts in another zone`,
        ...rule,
      };
  });
});
