import { namedOrKnownPort, portIn } from '../../../src/app-model/network/store-ports';
import type { Subnet } from '../../../src/app-model/network/subnet';
import { stackTemplate } from '../../checks/apps';
import { NETWORK, modelOf, modelOfStacks } from '../model';

type Template = Parameters<typeof modelOf>[0];

function subnet(properties: object, more: Template = {}, rest: Record<string, unknown> = {}): Subnet {
  const It = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.9.0/24', ...properties } };
  return modelOf({ ...NETWORK, It, ...more }, rest).subnets.get('Test/It')!;
}

test('a subnet is read as it stands', () => {
  expect(subnet({ AvailabilityZone: 'eu-west-1c' })).toMatchObject({
    id: 'Test/It',
    path: 'Test/It',
    known: true,
    vpc: 'Test/Vpc',
    zone: 'eu-west-1c',
    range: { text: '10.0.9.0/24' },
    hasIpv6: false,
    assignsIpv6: false,
    mapsPublicIp: false,
    networkAcl: undefined,
  });
});

test.each<[object, string | undefined]>([
  [{ AvailabilityZoneId: 'euw1-az1' }, 'euw1-az1'], [{ AvailabilityZone: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] } }, '${zones of any account any region.1}'],
  [{ AvailabilityZone: { Ref: 'Parameter' } }, undefined], [{}, undefined],
])('a subnet with %j is in zone %p', (properties, zone) => {
  expect(subnet(properties).zone).toBe(zone);
});

test.each<[object, boolean]>([[{ Ipv6CidrBlock: '2001:db8::/64' }, true], [{ Ipv6CidrBlock: { 'Fn::Select': [0, ['a']] } }, true], [{}, false]])('a subnet with %j has IPv6: %p', (properties, answer) => {
  expect(subnet(properties).hasIpv6).toBe(answer);
});

test('a block of IPv6 may be a resource of its own', () => {
  expect(subnet({}, { Block: { Type: 'AWS::EC2::SubnetCidrBlock', Properties: { SubnetId: { Ref: 'It' } } } }).hasIpv6).toBe(true);
});

test.each<[string, unknown, boolean]>([
  ['AssignIpv6AddressOnCreation', true, true], ['AssignIpv6AddressOnCreation', 'true', true], ['AssignIpv6AddressOnCreation', false, false], ['MapPublicIpOnLaunch', true, true], [
    'MapPublicIpOnLaunch', 'true', true,
  ], ['MapPublicIpOnLaunch', 'false', false],
])('%s as %j gives out addresses: %p', (key, value, answer) => {
  const { assignsIpv6, mapsPublicIp } = subnet({ [key]: value });
  expect(key === 'MapPublicIpOnLaunch' ? mapsPublicIp : assignsIpv6).toBe(answer);
});

test.each<[unknown, string | undefined]>([['10.0.9.0/24', '10.0.9.0/24'], [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, '10.0.0.0/16'], [{ Ref: 'Parameter' }, undefined], [undefined, undefined]])(
  'the block %j holds %p', (CidrBlock, text) => {
    expect(subnet({ CidrBlock }).range?.text).toBe(text);
  });

const acl = (id: unknown) => ({
  Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: {} }, Bound: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: { Ref: 'It' }, NetworkAclId: id } },
});

test.each<[unknown, string]>([[{ Ref: 'Acl' }, 'Test/Acl'], ['acl-1', 'unknown']])('a subnet with network ACL %j has %s', (id, expected) => {
  expect(subnet({}, acl(id)).networkAcl).toBe(expected);
});

test('a subnet of the CDK is called by the path of its construct', () => {
  const at = (path: string) => modelOf({ It: { Type: 'AWS::EC2::Subnet', Properties: {}, Metadata: { 'aws:cdk:path': path } } }).subnets.all()[0].path;
  expect([at('Shop/Vpc/Subnet1/Subnet'), at('Shop/Subnet')]).toEqual(['Shop/Vpc/Subnet1', 'Shop/Subnet']);
});

test('a subnet that no template has is known by its id alone', () => {
  const { model, subnets } = modelOf(NETWORK);
  const vpc = model.resource('Test/Vpc')!;
  expect(subnets.listed(vpc, ['subnet-1', { Ref: 'Parameter' }, { Ref: 'SubnetA' }]).map(({ id, known }) => [id, known])).toEqual([['subnet-1', false], ['Test/SubnetA', true]]);
  expect(subnets.named(['subnet-1'])).toMatchObject({
    ipv4Route: { kind: 'unknown', reason: 'the routes of subnet subnet-1 are not in any template of this app' }, hasIpv6: false, assignsIpv6: false, mapsPublicIp: false,
  });
  expect([subnets.named([]), subnets.get('subnet-1')]).toEqual([undefined, undefined]);
});

const TABLE = {
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Bound: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: 'It' }, RouteTableId: { Ref: 'Table' } } },
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
};
const route = (properties: object, more: object = {}) => ({ Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'Table' }, ...properties }, ...more });
const ALL = { DestinationCidrBlock: '0.0.0.0/0' };
const GATEWAY = { GatewayId: { Ref: 'Gateway' } };

test.each<[string, Template, string]>([
  ['no table of its own', { Bound: { Type: 'AWS::SNS::Topic' } }, 'none'],
  ['a table elsewhere', { Bound: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: 'It' }, RouteTableId: 'rtb-1' } } }, 'unknown'],
  ['no route', {}, 'none'],
  ['a route to an internet gateway', { R: route({ ...ALL, ...GATEWAY }) }, 'internet-gateway'],
  ['a route to an internet gateway elsewhere', { R: route({ ...ALL, GatewayId: 'igw-1' }) }, 'internet-gateway'],
  ['a route to a virtual gateway', { R: route({ ...ALL, GatewayId: 'vgw-1' }) }, 'unknown'],
  ['a route to a firewall', { R: route({ ...ALL, VpcEndpointId: 'vpce-1' }) }, 'unknown'],
  ['a route that hangs on a condition', { R: route({ ...ALL, ...GATEWAY }, { Condition: 'A' }) }, 'unknown'],
  ['a route to a private network', { R: route({ DestinationCidrBlock: '192.168.0.0/16', ...GATEWAY }) }, 'none'],
  ['a route to a part of the internet', { R: route({ DestinationCidrBlock: '0.0.0.0/1', ...GATEWAY }) }, 'unknown'],
  ['routes to both halves of the internet', { R: route({ DestinationCidrBlock: '0.0.0.0/1', ...GATEWAY }), S: route({ DestinationCidrBlock: '128.0.0.0/1', ...GATEWAY }) }, 'internet-gateway'],
  ['routes of two kinds to both halves', { R: route({ DestinationCidrBlock: '0.0.0.0/1', ...GATEWAY }), S: route({ DestinationCidrBlock: '128.0.0.0/1', VpcEndpointId: 'x' }) }, 'unknown'],
  ['a route to a list of prefixes', { R: route({ DestinationPrefixListId: 'pl-1', ...GATEWAY }) }, 'unknown'],
  ['a route to a place that is not known', { R: route({ DestinationCidrBlock: { Ref: 'P' }, ...GATEWAY }) }, 'unknown'],
  ['a route of IPv6', { R: route({ DestinationIpv6CidrBlock: '::/0', ...GATEWAY }) }, 'none'],
])('the way of IPv4 out of a subnet with %s', (_what, more, kind) => {
  expect(subnet({}, { ...TABLE, ...more }).ipv4Route.kind).toBe(kind);
});

test.each<[string, Template, string]>([
  ['egress only', { R: route({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' }) }, 'egress-only'],
  ['an internet gateway', { R: route({ DestinationIpv6CidrBlock: '::/0', ...GATEWAY }) }, 'internet-gateway'],
  ['an internet gateway in two halves', { R: route({ DestinationIpv6CidrBlock: '::/1', ...GATEWAY }), S: route({ DestinationIpv6CidrBlock: '8000::/1', ...GATEWAY }) }, 'internet-gateway'],
  ['IPv4 alone', { R: route({ ...ALL, ...GATEWAY }) }, 'none'],
])('the way of IPv6 out of a subnet with %s', (_what, more, kind) => {
  expect(subnet({}, { ...TABLE, ...more }).ipv6Route.kind).toBe(kind);
});

test('in the VPC of another app the main route table is not known', () => {
  expect(subnet({ VpcId: 'vpc-1' }).ipv4Route.kind).toBe('unknown');
});

test.each<[string, Template]>([['a subnet without a table', {}], ['a table without a route', TABLE]])('where a macro may add routes the way out of %s is not known', (_what, more) => {
  expect(subnet({}, more, { Transform: 'Shop' }).ipv4Route.kind).toBe('unknown');
});

const nat = (properties: object = { SubnetId: { Ref: 'SubnetA' } }) => ({ ...TABLE, Nat: { Type: 'AWS::EC2::NatGateway', Properties: properties }, R: route({ ...ALL, NatGatewayId: { Ref: 'Nat' } }) });
const onward = (properties?: object) => ({
  PublicTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  PublicBound: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: 'SubnetA' }, RouteTableId: { Ref: 'PublicTable' } } },
  ...(properties && { Onward: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'PublicTable' }, ...properties } } }),
});

test.each<[string, Template, string]>([
  ['a NAT gateway in a public subnet', { ...nat(), ...onward({ ...ALL, ...GATEWAY }) }, 'nat'],
  ['a regional NAT gateway', nat({ AvailabilityMode: 'regional' }), 'nat'],
  ['a private NAT gateway', nat({ ConnectivityType: 'private', SubnetId: { Ref: 'SubnetA' } }), 'unknown'],
  ['a NAT gateway elsewhere', { ...TABLE, R: route({ ...ALL, NatGatewayId: 'nat-1' }) }, 'unknown'],
  ['a NAT gateway in a subnet without a table', nat(), 'none'],
  ['a NAT gateway in a subnet without a route', { ...nat(), ...onward() }, 'none'],
  ['a NAT gateway behind another', { ...nat(), ...onward({ ...ALL, NatGatewayId: 'nat-1' }) }, 'none'],
  ['a NAT gateway behind a firewall', { ...nat(), ...onward({ ...ALL, VpcEndpointId: 'vpce-1' }) }, 'unknown'],
  ['a NAT gateway that reaches a part of the internet', { ...nat(), ...onward({ DestinationCidrBlock: '0.0.0.0/1', ...GATEWAY }) }, 'unknown'],
])('the way out of a subnet with %s', (_what, more, kind) => {
  expect(subnet({}, more).ipv4Route.kind).toBe(kind);
});

test('the way out by a NAT gateway tells the subnet in which it stands', () => {
  expect(subnet({}, { ...nat(), ...onward({ ...ALL, ...GATEWAY }) }).ipv4Route).toEqual({ kind: 'nat', path: 'Test/R', subnet: 'Test/SubnetA' });
});

const DATABASE = { Database: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } }, Stated: { Type: 'AWS::RDS::DBCluster', Properties: { Port: { Ref: 'Port' } } }, Queue: { Type: 'AWS::SQS::Queue' } };

test.each<[unknown, number | undefined]>([
  ['3306', 3306], [-1, -1], ['all', undefined], ['3306 ', undefined], [{ 'Fn::GetAtt': ['Database', 'Endpoint.Port'] }, 3306], [{ 'Fn::GetAtt': ['Database', 'Port'] }, undefined],
  [{ 'Fn::GetAtt': ['Stated', 'Endpoint.Port'] }, undefined], [{ 'Fn::GetAtt': ['Queue', 'Endpoint.Port'] }, undefined], [{ Ref: 'Port' }, undefined],
])('the port in %j is %p', (value, port) => {
  const { model } = modelOf(DATABASE, { Parameters: { Port: { Type: 'Number' } } });
  expect(portIn(model, model.text(model.resource('Test/Queue')!, value))).toBe(port);
});

test.each<[unknown, string]>([
  [{ Ref: 'Port' }, '(parameter Port of Test)'], [{ 'Fn::GetAtt': ['Stated', 'Endpoint.Port'] }, '(parameter Port of Test)'], [{ 'Fn::GetAtt': ['Queue', 'Endpoint.Port'] }, '${Test/Queue.Endpoint.Port}'],
  [{ 'Fn::ImportValue': 'elsewhere' }, ''],
])('a port %j that is not known goes by the name %p', (value, name) => {
  const { model } = modelOf(DATABASE, { Parameters: { Port: { Type: 'Number' } } });
  expect(namedOrKnownPort(model, model.text(model.resource('Test/Queue')!, value))).toEqual({ from: 0, to: 65535, name });
});

test('a subnet of another stack is found by what that stack exports, one by one and as a list', () => {
  const net = stackTemplate('Net', {
    Resources: NETWORK,
    Outputs: { A: { Value: { Ref: 'SubnetA' }, Export: { Name: 'a' } }, All: { Value: { 'Fn::Join': [',', [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }]] }, Export: { Name: 'all' } } },
  });
  const app = modelOfStacks(net, stackTemplate('App', { Resources: { It: { Type: 'AWS::SNS::Topic' } } }));
  const listed = (value: unknown) => app.subnets.listed(app.model.resource('App/It')!, value).map(({ id }) => id);
  expect(listed([{ 'Fn::ImportValue': 'a' }])).toEqual(['Net/SubnetA']);
  expect(listed({ 'Fn::Split': [',', { 'Fn::ImportValue': 'all' }] })).toEqual(['Net/SubnetA', 'Net/SubnetB']);
});

test('a nested stack is given its subnets as a list', () => {
  const parent = stackTemplate('Top', {
    Resources: {
      ...NETWORK, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Subnets: { 'Fn::Join': [',', [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }]] } } } },
    },
  });
  const nested = stackTemplate('Top/Nested', {
    Parameters: { Subnets: { Type: 'CommaDelimitedList' } }, Resources: { It: { Type: 'AWS::SNS::Topic' } },
  }, { parent: { stack: parent, logicalId: 'Nested' } });
  const app = modelOfStacks(parent, nested);
  expect(app.subnets.listed(app.model.resource('Top/Nested/It')!, { Ref: 'Subnets' }).map(({ id }) => id)).toEqual(['Top/SubnetA', 'Top/SubnetB']);
});
