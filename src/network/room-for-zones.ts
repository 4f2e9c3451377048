import type { aws_ec2 as ec2 } from 'aws-cdk-lib';

/**
 * Addresses dealt out as if there were more zones, so that a zone that is added later finds room: else all subnets would move along, which
 * means new ones, with addresses that the old ones still hold.
 *
 * The CDK can reserve zones too, but then counts them among the zones of the VPC.
 */
export class RoomForZones implements ec2.IIpAddresses {
  public constructor(private readonly addresses: ec2.IIpAddresses, private readonly reserved: (zones: number) => number) {}

  public allocateVpcCidr(): ec2.VpcIpamOptions {
    return this.addresses.allocateVpcCidr();
  }

  public allocateSubnetsCidr(request: ec2.AllocateCidrRequest): ec2.SubnetIpamOptions {
    const padded = groupsOf(request.requestedSubnets).flatMap((group) => [
      ...group.map((subnet) => ({ subnet, wanted: true })),
      ...Array.from({ length: this.reserved(group.length) }, () => ({ subnet: group[0], wanted: false })),
    ]);
    const { allocatedSubnets } = this.addresses.allocateSubnetsCidr({ ...request, requestedSubnets: padded.map(({ subnet }) => subnet) });
    return { allocatedSubnets: allocatedSubnets.filter((_subnet, index) => padded[index].wanted) };
  }
}

/** The subnets of each group, one in each zone; the CDK asks for them group by group. */
function groupsOf(subnets: ec2.RequestedSubnet[]): ec2.RequestedSubnet[][] {
  const groups = new Map<ec2.SubnetConfiguration, ec2.RequestedSubnet[]>();
  subnets.forEach((subnet) => groups.set(subnet.configuration, [...groups.get(subnet.configuration) ?? [], subnet]));
  return [...groups.values()];
}
