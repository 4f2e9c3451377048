import type { Rule } from './rule';
import { readListeners } from '../../app-model/endpoints/listeners';
import { dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** Without a certificate AWS refuses the listener; plain HTTP on the port of HTTPS is made, and no browser can talk to it. */
export const httpsWithoutCertificate: Rule = {
  id: 'https-without-certificate',
  severity: 'error',
  says: 'A listener is to speak HTTPS or TLS and has no certificate, or speaks plain HTTP to the internet on port 443.',
  change: 'Give the listener protocol HTTPS and a certificate.',
  evaluate: ({ model }) => readListeners(model).flatMap(({ resource, protocol, port, balancer }) => {
    const bare = (protocol === 'HTTPS' || protocol === 'TLS') && dig(resource.properties, 'Certificates') === undefined;
    const plain = protocol === 'HTTP' && port === 443 && dig(balancer?.properties, 'Scheme') === 'internet-facing';
    return bare || plain
      ? [{
        at: resource,
        related: [balancer],
        saw: bare ? `${nameOf(resource)} has protocol ${protocol} and no certificate` : `${nameOf(resource)} has protocol HTTP on port 443`,
      }]
      : [];
  }),
};
