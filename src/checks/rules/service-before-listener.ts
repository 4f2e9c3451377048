import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

const FORWARDS = ['AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerRule'];

/** ECS refuses a service whose target group has no load balancer yet: whether the stack comes up is a matter of luck. */
export const serviceBeforeListener: Rule = {
  id: 'service-before-listener',
  severity: 'warning',
  says: 'The service does not wait for the listener, or rule, that forwards to its target group: it may be refused because the group has no '
    + 'load balancer.',
  change: 'Call service.node.addDependency(listener), or DependsOn for the listener or its rule.',
  evaluate: ({ model, services, dependencies }) => services.flatMap(({ resource }) => {
    const groups = asList(dig(resource.properties, 'LoadBalancers')).flatMap((one) => model.pointee(resource, dig(one, 'TargetGroupArn')) ?? []);
    const early = groups.flatMap((group): Resource[][] => {
      const forwards = Mentions.of(model).of(group).filter(({ type, conditional }) => FORWARDS.includes(type) && !conditional);
      return forwards.length > 0 && !forwards.some((one) => dependencies.isAfter(resource, one)) ? [forwards] : [];
    });
    return early.length === 0
      ? []
      : [{ at: resource, related: early.flat(), saw: `${nameOf(resource)} does not depend on ${early.map((one) => nameOf(one[0])).join(', ')}` }];
  }),
};
