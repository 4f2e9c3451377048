import type { AclFacts, Facts, GroupFacts, MachineFacts, RuleFacts, SubnetFacts, Way } from './facts';
import { readMachines } from './read-machines';
import { Lookup } from './templates';
import type { Found, Templates } from './templates';

const ALL = { from: 0, to: 65535 };
const EVERYONE = ['0.0.0.0/0', '::/0'];

/** Subnets, groups and machines of an app's templates. Throws at whatever it cannot read: nothing is guessed. */
export function readFacts(templates: Templates, machinesOf: (lookup: Lookup, subnets: Facts['subnets']) => MachineFacts[] = readMachines): Facts {
  const lookup = new Lookup(templates);
  const subnets = new Map(lookup.ofType('AWS::EC2::Subnet').map((one) => [one.id, readSubnet(lookup, one)]));
  const groups = new Map(lookup.ofType('AWS::EC2::SecurityGroup').map((one) => [one.id, readGroup(lookup, one)]));
  for (const vpc of lookup.ofType('AWS::EC2::VPC')) {
    const id = `${vpc.id}.DefaultSecurityGroup`;
    const stripped = lookup.ofType('Custom::VpcRestrictDefaultSG').some((one) => lookup.target(one.stack, one.properties.DefaultSecurityGroupId) === id);
    const own = stripped ? [] : [{ egress: false, group: id, ...ALL }, ...openEgress()];
    groups.set(id, { id, rules: [...own, ...separateRules(lookup, id, false), ...separateRules(lookup, id, true)] });
  }
  return { subnets, groups, machines: machinesOf(lookup, subnets) };
}

function openEgress(): RuleFacts[] {
  return EVERYONE.map((cidr) => ({ egress: true, cidr, ...ALL }));
}

function readSubnet(lookup: Lookup, subnet: Found): SubnetFacts {
  const { stack, properties, id } = subnet;
  const points = (type: string): Found | undefined => lookup.ofType(type).find((one) => lookup.target(one.stack, one.properties.SubnetId) === id);
  const acl = points('AWS::EC2::SubnetNetworkAclAssociation');
  const table = points('AWS::EC2::SubnetRouteTableAssociation');
  const way = (destination: string, everyone: string): Way => wayOf(lookup, table, destination, everyone);
  return {
    id,
    vpc: lookup.target(stack, properties.VpcId)!,
    cidr: lookup.literal(stack, properties.CidrBlock),
    ipv6: properties.Ipv6CidrBlock !== undefined,
    route4: way('DestinationCidrBlock', '0.0.0.0/0'),
    route6: way('DestinationIpv6CidrBlock', '::/0'),
    acl: acl === undefined ? undefined : entriesOf(lookup, lookup.target(acl.stack, acl.properties.NetworkAclId)!),
  };
}

function wayOf(lookup: Lookup, association: Found | undefined, destination: string, everyone: string): Way {
  const table = association === undefined ? undefined : lookup.target(association.stack, association.properties.RouteTableId);
  const route = lookup.ofType('AWS::EC2::Route')
    .find((one) => lookup.target(one.stack, one.properties.RouteTableId) === table && one.properties[destination] === everyone);
  if (table === undefined || route === undefined) return 'none';
  if (route.properties.EgressOnlyInternetGatewayId !== undefined) return 'out only';
  if (route.properties.GatewayId !== undefined) return 'internet';
  const nat = lookup.resource(route.stack, route.properties.NatGatewayId)!;
  return { natIn: lookup.target(nat.stack, nat.properties.SubnetId)! };
}

function entriesOf(lookup: Lookup, acl: string): AclFacts[] {
  return lookup.ofType('AWS::EC2::NetworkAclEntry')
    .filter(({ stack, properties }) => lookup.target(stack, properties.NetworkAclId) === acl && [-1, 6].includes(Number(properties.Protocol)))
    .sort((one, other) => one.properties.RuleNumber - other.properties.RuleNumber)
    .map(({ stack, properties }) => ({
      egress: properties.Egress === true,
      allow: properties.RuleAction === 'allow',
      cidr: lookup.literal(stack, properties.CidrBlock ?? properties.Ipv6CidrBlock),
      ...(Number(properties.Protocol) === -1 ? ALL : { from: properties.PortRange.From, to: properties.PortRange.To }),
    }));
}

/** EC2 gives a group without egress rules one for everybody; CloudFormation takes it away for the first rule that is a resource of its own. */
function readGroup(lookup: Lookup, group: Found): GroupFacts {
  const { id, stack, properties } = group;
  const inline = (key: string): any[] => properties[key] ?? [];
  const stated = inline('SecurityGroupEgress').length + separate(lookup, id, true).length;
  return {
    id,
    rules: [
      ...inline('SecurityGroupIngress').flatMap((body) => readRule(lookup, stack, body, false)),
      ...inline('SecurityGroupEgress').flatMap((body) => readRule(lookup, stack, body, true)),
      ...separateRules(lookup, id, false),
      ...(stated === 0 ? openEgress() : separateRules(lookup, id, true)),
    ],
  };
}

function separateRules(lookup: Lookup, group: string, egress: boolean): RuleFacts[] {
  return separate(lookup, group, egress).flatMap(({ stack, properties }) => readRule(lookup, stack, properties, egress));
}

function separate(lookup: Lookup, group: string, egress: boolean): Found[] {
  return lookup.ofType(`AWS::EC2::SecurityGroup${egress ? 'Egress' : 'Ingress'}`)
    .filter(({ stack, properties }) => lookup.target(stack, properties.GroupId) === group);
}

function readRule(lookup: Lookup, stack: string, body: any, egress: boolean): RuleFacts[] {
  const protocol = String(body.IpProtocol);
  if (!['tcp', '6', '-1'].includes(protocol)) return [];
  const group = body.SourceSecurityGroupId ?? body.DestinationSecurityGroupId;
  return [{
    egress,
    ...(group === undefined ? { cidr: lookup.literal(stack, body.CidrIp ?? body.CidrIpv6) } : { group: lookup.target(stack, group) }),
    ...(protocol === '-1' ? ALL : { from: Number(lookup.literal(stack, body.FromPort)), to: Number(lookup.literal(stack, body.ToPort)) }),
  }];
}
