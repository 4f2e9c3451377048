import type { LossReader } from './zone-loss';
import { count, textAt } from '../../template/values';
import { zonesOf } from '../../app-model/zones';
import { keyOf } from '../../template/text';

const RULE = 'one-zone-file-system';

/** The data of a regional file system is in all zones; what is lost is the mount target. */
export const readFileSystemLoss: LossReader = (app, zones) => app.model.ofType('AWS::EFS::FileSystem').flatMap((resource) => {
  const targets = app.mountTargetsOf(resource);
  const own = zonesOf(targets.flatMap((target) => app.subnetOf(target, 'SubnetId') ?? []));
  const stated = textAt(app.model, resource, 'AvailabilityZoneName');
  const oneZone = stated.length === 0 ? undefined : keyOf(stated) ?? '';
  return targets.length === 0 ? [] : zones.map((zone) => {
    const base = { zone, resource, kind: 'EFS file system' };
    if (oneZone !== undefined) {
      return zone === oneZone || own?.includes(zone)
        ? { ...base, outcome: 'stops' as const, why: 'a One Zone file system keeps its only copy of the data here', rule: RULE }
        : { ...base, outcome: 'survives' as const, why: 'a One Zone file system in another zone' };
    }
    if (own === undefined) {
      return { ...base, outcome: 'unknown' as const, why: 'the zones of its mount targets are not in the templates' };
    }
    const left = own.filter((one) => one !== zone).length;
    return left > 0
      ? { ...base, outcome: 'survives' as const, why: `mount targets in ${count(left, 'other zone')}` }
      : { ...base, outcome: 'stops' as const, why: 'its only mount target is here', rule: RULE };
  });
});
