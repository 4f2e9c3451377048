import type { Rule } from './rule';
import { dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** Behind a load balancer nobody needs the address of a task; only its security group then stands between it and the internet. */
export const publicTaskAddress: Rule = {
  id: 'public-task-address',
  severity: 'warning',
  says: 'The tasks have public addresses of their own: the internet reaches them past their load balancer as soon as one rule is too wide.',
  change: 'Put the tasks into private subnets with a NAT gateway or VPC endpoints, and set AssignPublicIp to DISABLED.',
  evaluate: ({ services }) => services.filter(({ resource }) => (
    dig(resource.properties, 'NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp') === 'ENABLED' && dig(
      resource.properties,
      'LoadBalancers',
    ) !== undefined
  )).map(({ resource }) => ({ at: resource, saw: `${nameOf(resource)} has AssignPublicIp ENABLED behind a load balancer` })),
};
