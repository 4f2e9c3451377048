import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** Tasks without an address of their own are found by port: only SRV records hold one. */
export const recordTypeMismatch: Rule = {
  id: 'record-type-mismatch',
  severity: 'error',
  says: 'The service registers address records, but its tasks in bridge or host mode have no address of their own.',
  change: 'Register SRV records (dnsRecordType: SRV) with container and port, or take network mode awsvpc.',
  evaluate: ({ model, services }) => services.flatMap(({ resource, taskDefinition }) => {
    if (taskDefinition === undefined || !['bridge', 'host'].includes(taskDefinition.networkMode)) return [];
    return asList(dig(resource.properties, 'ServiceRegistries')).flatMap((registry) => {
      const entry = model.pointee(resource, dig(registry, 'RegistryArn'));
      const types = asList(dig(entry?.properties, 'DnsConfig', 'DnsRecords')).map((record) => dig(record, 'Type'));
      return types.length > 0 && types.every((type) => type === 'A' || type === 'AAAA')
        ? [{
          at: resource,
          related: [entry, taskDefinition.resource],
          saw: `${nameOf(entry!)} has ${types.join(' and ')} records, and the tasks have network mode ${taskDefinition.networkMode}`,
        }]
        : [];
    });
  }),
};
