import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalAt, nameOf } from '../../template/values';

/** In seconds: each batch of a deployment waits that long for connections that seldom end. */
const TOO_LONG = 1800;

/** What a target group does with the requests of a task that is to go. */
export const requestsCutOff: Rule = {
  id: 'requests-cut-off',
  severity: 'warning',
  says: 'A target group cuts off the requests of tasks that are replaced, or makes each deployment wait for half an hour and more.',
  change: 'Set deregistration_delay.timeout_seconds to what the longest request takes, 30 for example.',
  leadsTo: 'Visitors get errors with every deployment, or deployments take hours.',
  evaluate: ({ model, services }) => {
    const used = new Set(services.flatMap(({ resource }) => asList(dig(resource.properties, 'LoadBalancers'))
      .map((one) => model.pointee(resource, dig(one, 'TargetGroupArn')))));
    return model.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').filter((group) => used.has(group)).flatMap((at) => {
      const seconds = delayOf(at);
      const saw = seconds === 0 && /^HTTPS?$/.test(literalAt(model, at, 'Protocol') ?? '')
        ? 'gives running requests no time'
        : seconds !== undefined && seconds >= TOO_LONG ? `waits ${seconds} s for each task that goes` : undefined;
      return saw === undefined ? [] : [{ at, saw: `${nameOf(at)} ${saw}` }];
    });
  },
};

function delayOf({ properties }: Resource): number | undefined {
  const stated = asList(dig(properties, 'TargetGroupAttributes')).find((one) => dig(one, 'Key') === 'deregistration_delay.timeout_seconds');
  const value = dig(stated, 'Value');
  return typeof value === 'string' || typeof value === 'number' ? Number(value) : undefined;
}
