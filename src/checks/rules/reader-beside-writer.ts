import type { Rule } from './rule';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { keyOf } from '../../template/text';
import { nameOf } from '../../template/values';

const TYPES = ['AWS::RDS::DBInstance', 'AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'];

/** A reader takes over only where it is still there. */
export const readerBesideWriter: Rule = {
  id: 'reader-beside-writer',
  severity: 'warning',
  says: 'All instances of the database cluster are put into one zone: none is left to take over when that zone is lost.',
  change: 'Leave AvailabilityZone out, so that the instances are spread, or name different zones.',
  evaluate: ({ model }) => {
    const clusters = new Map<Resource, Resource[]>();
    for (const instance of model.ofType(...TYPES)) {
      const cluster = model.pointee(instance, dig(instance.properties, 'DBClusterIdentifier'));
      if (cluster !== undefined) clusters.set(cluster, [...clusters.get(cluster) ?? [], instance]);
    }
    return [...clusters].filter(([, members]) => members.length > 1).flatMap(([cluster, members]) => {
      const zones = members.map((one) => keyOf(model.text(one, dig(one.properties, 'AvailabilityZone'))));
      return zones[0] === undefined || zones.some((zone) => zone !== zones[0]) ? [] : [{
        at: cluster, related: members, saw: `${members.map(nameOf).join(', ')} of ${nameOf(cluster)} name one AvailabilityZone`,
      }];
    });
  },
};
