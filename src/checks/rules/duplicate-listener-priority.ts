import type { Rule } from './rule';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf, numberAt } from '../../template/values';

/** Two stacks that share a listener do not see each other's rules; the load balancer refuses the second. */
export const duplicateListenerPriority: Rule = {
  id: 'duplicate-listener-priority',
  severity: 'error',
  says: 'Two rules of one listener have the same priority.',
  change: 'Give each rule of the listener a priority of its own.',
  evaluate: ({ model }) => {
    const taken = new Map<string, Resource>();
    return model.ofType('AWS::ElasticLoadBalancingV2::ListenerRule').filter(({ conditional }) => !conditional).flatMap((rule) => {
      const listener = model.pointee(rule, dig(rule.properties, 'ListenerArn'));
      const priority = numberAt(model, rule, 'Priority');
      const key = `${listener?.id} ${priority}`;
      const other = taken.get(key);
      if (listener === undefined || priority === undefined) return [];
      taken.set(key, other ?? rule);
      return other === undefined
        ? []
        : [{ at: rule, related: [other], saw: `priority ${priority} of ${nameOf(listener)} is also that of ${nameOf(other)}` }];
    });
  },
};
