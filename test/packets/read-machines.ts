import type { Facts, MachineFacts } from './facts';
import type { Lookup } from './templates';

/** The EC2 instances of hand-written templates. */
export function readMachines(lookup: Lookup, subnets: Facts['subnets']): MachineFacts[] {
  return lookup.ofType('AWS::EC2::Instance').map(({ stack, path, properties }) => {
    const [face] = properties.NetworkInterfaces;
    const subnet = subnets.get(lookup.target(stack, face.SubnetId)!)!;
    return {
      path,
      subnets: [subnet.id],
      groups: face.GroupSet === undefined ? [`${subnet.vpc}.DefaultSecurityGroup`] : lookup.targets(stack, face.GroupSet),
      publicAddress: face.AssociatePublicIpAddress === true,
      ipv6: subnet.ipv6,
      opens: true,
      takes: true,
    };
  });
}
