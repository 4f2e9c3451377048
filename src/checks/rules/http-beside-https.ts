import type { Rule } from './rule';
import { actionTypes, readListeners } from '../../app-model/endpoints/listeners';
import { nameOf } from '../../template/values';

/** Who types the name without a scheme logs in over plain HTTP, and nothing looks different. */
export const httpBesideHttps: Rule = {
  id: 'http-beside-https',
  severity: 'warning',
  says: 'The load balancer speaks HTTPS, and forwards plain HTTP as well: passwords and cookies cross the network in clear.',
  change: 'Let the listener on port 80 redirect to HTTPS.',
  evaluate: ({ model }) => {
    const listeners = readListeners(model).filter(({ resource }) => !resource.conditional);
    const secure = new Map(listeners.filter(({ protocol }) => protocol === 'HTTPS').map((one) => [one.balancer, one.resource]));
    return listeners.filter(({ protocol, port }) => protocol === 'HTTP' && port === 80).flatMap(({ resource, balancer }) => {
      const beside = balancer && secure.get(balancer);
      return beside !== undefined && actionTypes(model, resource, 'DefaultActions').includes('forward')
        ? [{ at: resource, related: [balancer, beside], saw: `${nameOf(resource)} forwards on port 80 beside ${nameOf(beside)}` }]
        : [];
    });
  },
};
