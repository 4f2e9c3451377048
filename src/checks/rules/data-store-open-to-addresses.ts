import type { Rule } from './rule';
import { mayBePublic, openStores } from '../../app-model/open-stores';
import { isPublic } from '../../private/aws/ip-range';

export const dataStoreOpenToAddresses: Rule = {
  id: 'data-store-open-to-addresses',
  severity: 'warning',
  says: 'The security group of a database or file system lets in a block of addresses of its network: everything that lives there, now or later.',
  change: 'Let in only the security group of the application: database.connections.allowFrom(service, port).',
  evaluate: (app) => openStores(app).filter((one) => !isPublic(one.range) || !mayBePublic(one))
    .map(({ store, resource, range, ports, rulePath }) => ({
      at: resource,
      related: [app.model.atPath(rulePath)],
      saw: `${store.label} (${store.kind}) lets ${range.text} in on ${ports === 'all ports' ? ports : `port ${ports}`}, by ${rulePath}`,
    })),
};
