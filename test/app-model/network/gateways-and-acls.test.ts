import { NETWORK, modelOf } from '../model';

const NAT = 'AWS::EC2::NatGateway';
const associate = (subnet: string) => ({ Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: subnet }, RouteTableId: { Ref: 'Table' } } });
const TABLE = {
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Route: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: { Ref: 'Nat' } } },
};

test('a NAT gateway stands in the zone of its subnet and serves the subnets whose route table leads to it', () => {
  const app = modelOf({ ...NETWORK, ...TABLE, Nat: { Type: NAT, Properties: { SubnetId: { Ref: 'SubnetA' } } }, One: associate('SubnetB') });
  expect(app.natGateways).toEqual([expect.objectContaining({ zone: 'eu-west-1a', regional: false, serves: [app.subnets.all()[1]] })]);
});

test('a regional NAT gateway stands in no zone', () => {
  const app = modelOf({ ...NETWORK, Nat: { Type: NAT, Properties: { AvailabilityMode: 'regional', VpcId: { Ref: 'Vpc' } } } });
  expect(app.natGateways).toEqual([expect.objectContaining({ zone: undefined, regional: true, serves: [] })]);
});

const entry = (properties: object) => ({ Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: { Ref: 'Acl' }, RuleAction: 'allow', ...properties } });
const ACL = { Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: { Ref: 'Vpc' } } } };

test('the entries of a network ACL are read for TCP, in the order of their numbers', () => {
  const app = modelOf({
    ...NETWORK,
    ...ACL,
    Late: entry({ RuleNumber: 200, Protocol: -1, CidrBlock: '0.0.0.0/0', RuleAction: 'deny' }),
    Early: entry({ RuleNumber: 100, Protocol: 6, CidrBlock: '10.0.0.0/16', PortRange: { From: 80, To: 90 }, Egress: true }),
    Udp: entry({ RuleNumber: 50, Protocol: 17, CidrBlock: '0.0.0.0/0' }),
    Ipv6: entry({ RuleNumber: 60, Protocol: 6, Ipv6CidrBlock: '::/0' }),
  });
  expect(app.networkAcls.get('Test/Acl')?.entries).toEqual([
    expect.objectContaining({ number: 60, family: 6, egress: false, allows: true, range: expect.objectContaining({ text: '::/0' }) }),
    expect.objectContaining({ number: 100, family: 4, egress: true, allows: true, ports: { from: 80, to: 90 } }),
    expect.objectContaining({ number: 200, egress: false, allows: false, ports: { from: 0, to: 65535 } }),
  ]);
});

test('a network ACL that no template defines is not known', () => {
  expect(modelOf(NETWORK).networkAcls.get('acl-1')).toBeUndefined();
});
