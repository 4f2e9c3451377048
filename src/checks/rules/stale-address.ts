import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { literalAt, nameOf, numberAt, numberOf } from '../../template/values';

/** In seconds: tasks come and go faster than that. */
const LONGEST = 300;

/** Clients keep an address for as long as its record says, whatever has become of it. */
export const staleAddress: Rule = {
  id: 'stale-address',
  severity: 'warning',
  says: 'The record of a name that changes with tasks or sites may be kept for more than five minutes.',
  change: 'Set the TTL to 60 seconds or less.',
  leadsTo: 'After a failover or a deployment clients go on asking what is no longer there.',
  evaluate: ({ model }) => [
    ...model.ofType('AWS::ServiceDiscovery::Service').flatMap((at) => asList(dig(at.properties, 'DnsConfig', 'DnsRecords'))
      .map((record) => numberOf(model, at, dig(record, 'TTL')) ?? 0).filter((ttl) => ttl > LONGEST).slice(0, 1)
      .map((ttl) => ({ at, saw: `${nameOf(at)} has a TTL of ${ttl} s` }))),
    ...model.ofType('AWS::Route53::RecordSet').filter((one) => literalAt(model, one, 'Failover') !== undefined)
      .flatMap((at) => {
        const ttl = numberAt(model, at, 'TTL') ?? 0;
        return ttl > LONGEST ? [{ at, saw: `${nameOf(at)}, a record of a failover, has a TTL of ${ttl} s` }] : [];
      }),
  ],
};
