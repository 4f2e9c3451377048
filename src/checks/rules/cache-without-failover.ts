import type { Rule } from './rule';
import { dig } from '../../template/json';
import { isOn, isUndecided, nameOf, numberAt } from '../../template/values';

/** A replica that is never promoted is paid for and does not help. */
export const cacheWithoutFailover: Rule = {
  id: 'cache-without-failover',
  severity: 'warning',
  says: 'The replicas of a cache do not take over when its node or its zone is lost.',
  change: 'Set AutomaticFailoverEnabled and MultiAZEnabled to true.',
  leadsTo: 'The cache is away until somebody promotes a replica by hand.',
  evaluate: ({ model }) => model.ofType('AWS::ElastiCache::ReplicationGroup').flatMap((at) => {
    const nodes = numberAt(model, at, 'NumCacheClusters') ?? 1 + (numberAt(model, at, 'ReplicasPerNodeGroup') ?? 0);
    const off = ['AutomaticFailoverEnabled', 'MultiAZEnabled']
      .filter((key) => !isUndecided(model, at, key) && !isOn(dig(at.properties, key)));
    return nodes < 2 || off.length === 0 || at.conditional ? [] : [{ at, saw: `${nameOf(at)} has ${nodes} nodes and ${off.join(' and ')} off` }];
  }),
};
