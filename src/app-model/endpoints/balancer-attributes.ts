import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';

/** The value of an attribute of a load balancer or target group, as the template has it. */
export function attributeOf(resource: Resource, name: string): unknown {
  const list = dig(resource.properties, resource.type.endsWith('TargetGroup') ? 'TargetGroupAttributes' : 'LoadBalancerAttributes');
  return dig(asList(list).find((one) => dig(one, 'Key') === name), 'Value');
}
