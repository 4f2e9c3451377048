import type { Rule } from './rule';
import { mayBePublic, openStores } from '../../app-model/open-stores';
import { isPublic } from '../../private/aws/ip-range';

export const dataStoreOpenToInternet: Rule = {
  id: 'data-store-open-to-internet',
  severity: 'error',
  says: 'The security group of a database or file system lets addresses of the internet in.',
  change: 'Let in only the security group of the application: database.connections.allowFrom(service, port).',
  evaluate: (app) => openStores(app).filter((one) => isPublic(one.range) && mayBePublic(one)).map(({ store, resource, range, ports, rulePath }) => ({
    at: resource,
    related: [app.model.atPath(rulePath)],
    saw: `${store.label} (${store.kind}) lets ${range.text} in on ${ports === 'all ports' ? ports : `port ${ports}`}, by ${rulePath}`,
  })),
};
