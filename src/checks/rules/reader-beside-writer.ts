import type { Rule } from './rule';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { keyOf } from '../../template/text';
import { literalAt, nameOf, numberAt } from '../../template/values';

const TYPES = ['AWS::RDS::DBInstance', 'AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'];

/** A reader takes over only where it is still there. */
export const readerBesideWriter: Rule = {
  id: 'reader-beside-writer',
  severity: 'warning',
  says: 'No reader of the database cluster can take over: all instances are put into one zone, or the readers do not grow with the writer.',
  change: 'Leave AvailabilityZone out, so that the instances are spread, or name different zones.',
  evaluate: ({ model }) => {
    const clusters = new Map<Resource, Resource[]>();
    for (const instance of model.ofType(...TYPES)) {
      const cluster = model.pointee(instance, dig(instance.properties, 'DBClusterIdentifier'));
      if (cluster !== undefined) clusters.set(cluster, [...clusters.get(cluster) ?? [], instance]);
    }
    const slow = [...clusters].flatMap(([cluster, members]) => {
      const tiers = members.map((one) => numberAt(model, one, 'PromotionTier'));
      const serverless = members.every((one) => literalAt(model, one, 'DBInstanceClass') === 'db.serverless');
      const readers = members.filter((_one, index) => (tiers[index] ?? 1) > 1);
      return serverless && members.length > 1 && readers.length >= members.length - 1
        ? [{
          at: cluster,
          related: members,
          saw: `${readers.map(nameOf).join(', ')} of ${nameOf(cluster)} has PromotionTier ${Math.max(...tiers.map((tier) => tier ?? 1))}: `
            + 'it stays small while the writer is large',
          change: 'Give one reader PromotionTier 0 or 1: it then grows with the writer, and can carry its load.',
        }]
        : [];
    });
    return [...slow, ...[...clusters].filter(([, members]) => members.length > 1).flatMap(([cluster, members]) => {
      const zones = members.map((one) => keyOf(model.text(one, dig(one.properties, 'AvailabilityZone'))));
      return zones[0] === undefined || zones.some((zone) => zone !== zones[0]) ? [] : [{
        at: cluster, related: members, saw: `${members.map(nameOf).join(', ')} of ${nameOf(cluster)} name one AvailabilityZone`,
      }];
    })];
  },
};
