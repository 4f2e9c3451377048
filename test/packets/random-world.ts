import { OUTSIDE, inBlock, vpcBlock } from './addresses';

/** The ports on which everything listens; the last one lies among those from which callers ask. */
export const PORTS: readonly number[] = [22, 80, 443, 3306, 8080, 40000];

const PORT_RANGES: ReadonlyArray<readonly [number, number]> = [
  [22, 22], [80, 80], [80, 443], [443, 443], [0, 65535], [0, 65535], [3306, 3306], [1024, 65535], [8000, 8100], [32768, 60999],
];
const ACL_RANGES: ReadonlyArray<readonly [number, number]> = [
  [0, 65535], [0, 65535], [22, 443], [80, 80], [1024, 65535], [32768, 60999], [49152, 65535], [3306, 3306],
];

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> }>;
type Body = Record<string, unknown>;

/** A made-up network as the resources of a template. The same seed gives the same one. */
export function randomWorld(seed: number): Resources {
  return new Maker(seed).make();
}

class Maker {
  private state: number;
  private readonly resources: Resources = {};
  private readonly blocks4: string[] = ['0.0.0.0/0', '0.0.0.0/0', OUTSIDE[4], '203.0.113.0/25', '255.255.255.255/32'];
  private readonly blocks6: string[] = ['::/0', '::/0', OUTSIDE[6], vpcBlock(0)];

  public constructor(seed: number) {
    this.state = (seed * 7919 + 104729) % 2147483647;
    // Neighbouring seeds begin alike.
    for (let step = 0; step < 20; step += 1) this.below(2);
  }

  public make(): Resources {
    const vpcs = this.below(5) === 0 ? 2 : 1;
    for (let vpc = 0; vpc < vpcs; vpc += 1) this.network(vpc);
    const groups = 1 + this.below(4);
    this.groups(groups, vpcs);
    const subnets = Object.keys(this.resources).filter((id) => this.resources[id].Type === 'AWS::EC2::Subnet');
    const machines = 3 + this.below(3);
    for (let machine = 0; machine < machines; machine += 1) this.machine(machine, this.pick(subnets), groups);
    return this.resources;
  }

  private network(vpc: number): void {
    this.add(`Vpc${vpc}`, 'VPC', { CidrBlock: `10.${vpc}.0.0/16` });
    this.blocks4.push(`10.${vpc}.0.0/16`);
    this.add(`Gateway${vpc}`, 'InternetGateway', {});
    this.add(`OutOnly${vpc}`, 'EgressOnlyInternetGateway', { VpcId: { Ref: `Vpc${vpc}` } });
    const dual = this.below(2) === 0;
    const subnets = 1 + this.below(vpc === 0 ? 3 : 2);
    for (let number = 0; number < subnets; number += 1) this.subnet(vpc, number, dual && this.below(3) > 0);
  }

  private subnet(vpc: number, number: number, dual: boolean): void {
    const id = `Subnet${vpc}x${number}`;
    const block = `10.${vpc}.${number}.0/24`;
    this.blocks4.push(block, `10.${vpc}.${number}.0/25`, `10.${vpc}.${number}.128/25`, `${inBlock(block, 0, 0)}/32`);
    const ipv6 = { Ipv6CidrBlock: { 'Fn::Select': [number, { 'Fn::Cidr': [{ 'Fn::Select': [0, { 'Fn::GetAtt': [`Vpc${vpc}`, 'Ipv6CidrBlocks'] }] }, 256, '64'] }] } };
    this.add(id, 'Subnet', { VpcId: { Ref: `Vpc${vpc}` }, CidrBlock: block, ...(dual ? { ...ipv6, AssignIpv6AddressOnCreation: true } : {}) });
    if (this.below(8) > 0) this.routes(id, vpc, number);
    if (this.below(2) === 0) this.acl(id, vpc);
  }

  /** The first subnet of a VPC is where its NAT gateway stands, if any subnet has a route to one. */
  private routes(subnet: string, vpc: number, number: number): void {
    const table = { RouteTableId: { Ref: `Table${subnet}` } };
    this.add(`Table${subnet}`, 'RouteTable', { VpcId: { Ref: `Vpc${vpc}` } });
    this.add(`Uses${subnet}`, 'SubnetRouteTableAssociation', { SubnetId: { Ref: subnet }, ...table });
    const toGateway = { GatewayId: { Ref: `Gateway${vpc}` } };
    const ways4 = number === 0 ? [toGateway, toGateway, undefined] : [toGateway, toGateway, { NatGatewayId: { Ref: `Nat${vpc}` } }, { NatGatewayId: { Ref: `Nat${vpc}` } }, undefined];
    const [way4, way6] = [this.pick(ways4), this.pick([toGateway, { EgressOnlyInternetGatewayId: { Ref: `OutOnly${vpc}` } }, undefined])];
    if (way4 !== undefined) this.add(`Out4${subnet}`, 'Route', { ...table, DestinationCidrBlock: '0.0.0.0/0', ...way4 });
    if (way6 !== undefined) this.add(`Out6${subnet}`, 'Route', { ...table, DestinationIpv6CidrBlock: '::/0', ...way6 });
    if (way4 !== undefined && 'NatGatewayId' in way4) this.add(`Nat${vpc}`, 'NatGateway', { SubnetId: { Ref: `Subnet${vpc}x0` } });
  }

  /** Half of them let everything through but for what stands before. */
  private acl(subnet: string, vpc: number): void {
    const acl = { NetworkAclId: { Ref: `Acl${subnet}` } };
    this.add(`Acl${subnet}`, 'NetworkAcl', { VpcId: { Ref: `Vpc${vpc}` } });
    this.add(`Has${subnet}`, 'SubnetNetworkAclAssociation', { SubnetId: { Ref: subnet }, ...acl });
    const open = this.below(3) > 0;
    for (const Egress of [true, false]) {
      const entries = this.below(4);
      for (let number = 0; number < entries; number += 1) {
        const Protocol = this.pick([6, 6, 6, -1, 17]);
        const [From, To] = this.pick(ACL_RANGES);
        this.add(`Entry${subnet}${Egress ? 'Out' : 'In'}${number}`, 'NetworkAclEntry', {
          ...acl,
          Egress,
          Protocol,
          RuleNumber: 100 + number * 10,
          RuleAction: this.pick(open ? ['deny', 'allow'] : ['allow', 'allow', 'deny']),
          ...this.aclPeer(),
          ...(Protocol === -1 ? {} : { PortRange: { From, To } }),
        });
      }
      if (open) this.openEntries(subnet, acl, Egress);
    }
  }

  private openEntries(subnet: string, acl: Body, Egress: boolean): void {
    const last = { ...acl, Egress, Protocol: -1, RuleAction: 'allow' };
    this.add(`Last${subnet}${Egress ? 'Out' : 'In'}4`, 'NetworkAclEntry', { ...last, RuleNumber: 900, CidrBlock: '0.0.0.0/0' });
    if (this.below(2) === 0) this.add(`Last${subnet}${Egress ? 'Out' : 'In'}6`, 'NetworkAclEntry', { ...last, RuleNumber: 910, Ipv6CidrBlock: '::/0' });
  }

  private aclPeer(): Body {
    return this.below(3) === 0 ? { Ipv6CidrBlock: this.pick(this.blocks6) } : { CidrBlock: this.pick(this.blocks4) };
  }

  private groups(groups: number, vpcs: number): void {
    const inline = Array.from({ length: groups }, (): { in: Body[]; out: Body[] } => ({ in: [], out: [] }));
    const rules = groups * 2 + this.below(9);
    for (let number = 0; number < rules; number += 1) {
      const group = this.below(groups);
      const egress = this.below(4) === 0;
      const body = this.rule(groups, egress);
      if (this.below(2) === 0) {
        inline[group][egress ? 'out' : 'in'].push(body);
      } else {
        const GroupId = this.below(8) === 0 ? { 'Fn::GetAtt': ['Vpc0', 'DefaultSecurityGroup'] } : this.pick([{ Ref: `Group${group}` }, groupId(group)]);
        this.add(`Rule${number}`, egress ? 'SecurityGroupEgress' : 'SecurityGroupIngress', { GroupId, ...body });
      }
    }
    inline.forEach((stated, group) => this.add(`Group${group}`, 'SecurityGroup', {
      GroupDescription: 'made up',
      VpcId: { Ref: `Vpc${group % vpcs}` },
      ...(stated.in.length === 0 ? {} : { SecurityGroupIngress: stated.in }),
      ...(stated.out.length === 0 ? {} : { SecurityGroupEgress: stated.out }),
    }));
  }

  private rule(groups: number, egress: boolean): Body {
    const IpProtocol = this.pick(['tcp', 'tcp', 'tcp', 'tcp', '6', '-1', 'udp', 'icmp']);
    const [FromPort, ToPort] = this.pick(PORT_RANGES);
    const peer = [
      { [egress ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId']: groupId(this.below(groups)) },
      { CidrIp: this.pick(this.blocks4) },
      { CidrIp: '0.0.0.0/0' },
      { CidrIpv6: this.pick(this.blocks6) },
    ][this.below(4)];
    return { IpProtocol, ...peer, ...(IpProtocol === '-1' ? {} : { FromPort, ToPort }) };
  }

  private machine(number: number, subnet: string, groups: number): void {
    const vpc = this.resources[subnet].Properties.VpcId as { Ref: string };
    const fitting = Array.from({ length: groups }, (_unused, group) => group)
      .filter((group) => (this.resources[`Group${group}`].Properties.VpcId as { Ref: string }).Ref === vpc.Ref);
    const chosen = [...new Set(Array.from({ length: this.below(3) }, () => this.pick(fitting)))].filter((group) => group !== undefined);
    this.add(`Machine${number}`, 'Instance', {
      NetworkInterfaces: [{
        DeviceIndex: '0',
        SubnetId: { Ref: subnet },
        AssociatePublicIpAddress: this.below(3) > 0,
        ...(chosen.length === 0 ? {} : { GroupSet: chosen.map(groupId) }),
      }],
    });
  }

  private add(id: string, type: string, Properties: Body): void {
    this.resources[id] = { Type: `AWS::EC2::${type}`, Properties };
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  private below(limit: number): number {
    this.state = (this.state * 48271) % 2147483647;
    return limit === 0 ? 0 : this.state % limit;
  }
}

function groupId(group: number): Body {
  return { 'Fn::GetAtt': [`Group${group}`, 'GroupId'] };
}
