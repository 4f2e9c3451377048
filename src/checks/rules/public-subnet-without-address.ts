import type { Rule } from './rule';
import type { NetworkModel } from '../../paths/judging/network-model';
import { dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { sameKeyOf } from '../../template/text';
import { literalAt, nameOf } from '../../template/values';

/**
 * What a parameter holds is not known, but an internet-facing load balancer stands in public subnets alone. A task there has a way out by an
 * address of its own, and by nothing else.
 */
export const publicSubnetWithoutAddress: Rule = {
  id: 'public-subnet-without-address',
  severity: 'warning',
  says: 'Tasks on Fargate are placed in the subnets of an internet-facing load balancer, without an address of the internet.',
  change: 'Place the tasks in private subnets with a NAT gateway or endpoints, or set AssignPublicIp to ENABLED.',
  leadsTo: 'The tasks cannot pull their image, and never start.',
  evaluate: (app) => {
    const { model } = app;
    // With IPv6 every address is one of the internet.
    const outer = model.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').filter((one) => literalAt(model, one, 'Scheme') === 'internet-facing'
      && [undefined, 'ipv4'].includes(literalAt(model, one, 'IpAddressType')));
    // Endpoints would do as well.
    if (outer.length === 0 || model.ofType('AWS::EC2::VPCEndpoint').length > 0) return [];
    return app.services.filter(({ capacity }) => capacity === 'fargate').flatMap(({ resource }) => {
      const network = dig(resource.properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
      const own = listKey(app, resource, dig(network, 'Subnets'));
      const balancer = outer.find((one) => own !== undefined && listKey(app, one, dig(one.properties, 'Subnets')) === own);
      return balancer === undefined || ![undefined, 'DISABLED'].includes(dig(network, 'AssignPublicIp') as string | undefined) ? [] : [{
        at: resource,
        related: [balancer],
        saw: `${nameOf(resource)} has the subnets of ${nameOf(balancer)}, and AssignPublicIp is not ENABLED`,
      }];
    });
  },
};

/** Equal for equal lists of which the routes are not known; those that are known are judged by their routes. */
function listKey({ model, subnets }: NetworkModel, holder: Resource, value: unknown): string | undefined {
  if (value === undefined || subnets.listed(holder, value).some(({ known }) => known)) return undefined;
  const keys = model.texts(holder, value).map(sameKeyOf);
  return keys.length === 0 || keys.includes(undefined) ? undefined : [...keys].sort().join(',');
}
