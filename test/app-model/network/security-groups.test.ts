import type { NetworkPaths } from '../../../src/paths/network-paths';
import { PathVerdict } from '../../../src/paths/path-answer';
import { pathsOfResources } from '../../checks/apps';

const VPC = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
const SUBNET = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.1.0/24' } };
const NOTHING = { CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86, Description: 'Disallow all traffic' };

/** Two instances in one subnet: `Client` behind `ClientGroup`, `Server` behind `ServerGroup`. */
function twoInstances(client: object, server: object, more: Record<string, unknown> = {}): NetworkPaths {
  return pathsOfResources({
    Vpc: VPC,
    Subnet: SUBNET,
    ClientGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, ...client } },
    ServerGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, ...server } },
    Client: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subnet' }, SecurityGroupIds: [{ 'Fn::GetAtt': ['ClientGroup', 'GroupId'] }] } },
    Server: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subnet' }, SecurityGroupIds: [{ Ref: 'ServerGroup' }] } },
    ...more,
  });
}

const fromClient = (rule: object = {}): object => ({
  SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: { 'Fn::GetAtt': 'ClientGroup.GroupId' }, ...rule }],
});
const fromCidr = (CidrIp: unknown, rule: object = {}): object => ({
  SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, CidrIp, ...rule }],
});
const toServer = (rule: object = {}): object => ({
  SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, DestinationSecurityGroupId: { Ref: 'ServerGroup' }, ...rule }],
});
const separateEgress = (port: number, rest: object = {}): Record<string, unknown> => ({
  Egress: {
    Type: 'AWS::EC2::SecurityGroupEgress',
    Properties: { GroupId: { Ref: 'ClientGroup' }, IpProtocol: 'tcp', FromPort: port, ToPort: port, DestinationSecurityGroupId: { Ref: 'ServerGroup' } },
    ...rest,
  },
});

const REACHABLE: Array<[string, () => NetworkPaths]> = [
  ['a group without any egress rule may send anywhere', () => twoInstances({}, fromClient())],
  ['an inline egress rule to the group', () => twoInstances(toServer(), fromClient())],
  ['a separate egress rule to the group', () => twoInstances({}, fromClient(), separateEgress(3306))],
  ['a separate egress rule beside the rule of the CDK that means nothing', () => twoInstances({ SecurityGroupEgress: [NOTHING] }, fromClient(), separateEgress(3306))],
  ['a separate ingress rule', () => twoInstances({}, {}, {
    Ingress: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { Ref: 'ServerGroup' }, IpProtocol: '-1', SourceSecurityGroupId: { Ref: 'ClientGroup' } } },
  })],
  ['a rule for all protocols', () => twoInstances({}, fromClient({ IpProtocol: '-1', FromPort: undefined, ToPort: undefined }))],
  ['a rule for the protocol as a number', () => twoInstances({}, fromClient({ IpProtocol: 6 }))],
  ['a range of ports that holds the port', () => twoInstances({}, fromClient({ FromPort: 3000, ToPort: 4000 }))],
  ['ports given as text', () => twoInstances({}, fromClient({ FromPort: '3306', ToPort: '3306' }))],
  ['all TCP ports as -1', () => twoInstances({}, fromClient({ FromPort: -1, ToPort: -1 }))],
  ['the block of the subnet', () => twoInstances({}, fromCidr('10.0.1.0/24'))],
  ['the block of the VPC by reference', () => twoInstances({}, fromCidr({ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }))],
  ['a separate rule for everybody', () => twoInstances({}, { SecurityGroupIngress: [] }, {
    Ingress: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { Ref: 'ServerGroup' }, IpProtocol: 'tcp', FromPort: 1, ToPort: 65535, CidrIp: '0.0.0.0/0' } },
  })],
];

const BLOCKED: Array<[string, () => NetworkPaths, RegExp]> = [
  ['no ingress rule', () => twoInstances({}, {}), /ServerGroup.*lets nothing in from Test\/Client on TCP 3306/],
  ['an inline list of egress rules that do nothing', () => twoInstances({ SecurityGroupEgress: [NOTHING] }, fromClient()), /ClientGroup.*lets nothing out/],
  ['a separate egress rule for another port takes the default away', () => twoInstances({}, fromClient(), separateEgress(2049)), /ClientGroup.*lets nothing out/],
  ['a range of ports beside the port', () => twoInstances({}, fromClient({ FromPort: 3307, ToPort: 4000 })), /lets nothing in/],
  ['another protocol', () => twoInstances({}, fromClient({ IpProtocol: 'udp' })), /lets nothing in/],
  ['a block elsewhere', () => twoInstances({}, fromCidr('10.0.2.0/24')), /lets nothing in/],
  ['a rule for IPv6 where nothing speaks it', () => twoInstances({}, fromCidr(undefined, { CidrIpv6: '::/0' })), /lets nothing in/],
  ['a rule that admits the group to itself only', () => twoInstances({}, fromClient({ SourceSecurityGroupId: { Ref: 'ServerGroup' } })), /lets nothing in/],
];

const UNKNOWN: Array<[string, () => NetworkPaths, RegExp]> = [
  ['a prefix list', () => twoInstances({}, fromCidr(undefined, { SourcePrefixListId: 'pl-123' })), /prefix list pl-123/],
  ['a block that holds a part of the subnet', () => twoInstances({}, fromCidr('10.0.1.0/25')), /only a part/],
  ['a parameter as the port', () => pathsWithParameter(fromClient({ FromPort: { Ref: 'Port' }, ToPort: { Ref: 'Port' } })), /ports of a rule/],
  ['a parameter as the block', () => pathsWithParameter(fromCidr({ Ref: 'Port' })), /parameter Port/],
  ['a list of rules that hangs on a condition', () => twoInstances({}, { SecurityGroupIngress: { 'Fn::If': ['Open', [], []] } }), /condition/],
  ['an egress rule that hangs on a condition', () => twoInstances({}, fromClient(), separateEgress(2049, { Condition: 'Locked' })), /condition/],
  ['a malformed block', () => twoInstances({}, fromCidr('10.0.1/24')), /not a block of addresses/],
  ['a rule without protocol', () => twoInstances({}, fromClient({ IpProtocol: undefined })), /protocol/],
  ['a rule without peer', () => twoInstances({}, fromCidr(undefined)), /no peer/],
];

describe('rules of security groups', () => {
  test.each(REACHABLE)('%s: reachable', (_name, paths) => {
    expect(paths().canReach('Test/Client', 'Test/Server', 3306).explanation).toContain('is reachable');
  });

  test.each(BLOCKED)('%s: blocked', (_name, paths, message) => {
    const answer = paths().canReach('Test/Client', 'Test/Server', 3306);

    expect(answer).toMatchObject({ verdict: PathVerdict.BLOCKED, links: [] });
    expect(answer.explanation).toMatch(message);
  });

  test.each(UNKNOWN)('%s: unknown', (_name, paths, message) => {
    const answer = paths().canReach('Test/Client', 'Test/Server', 3306);

    expect(answer).toMatchObject({ verdict: PathVerdict.UNKNOWN, allowed: false, missing: undefined });
    expect(answer.explanation).toMatch(message);
  });

  test('a group that admits itself lets its members reach one another', () => {
    const group = { 'Fn::GetAtt': ['Group', 'GroupId'] };
    const instance = { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subnet' }, SecurityGroupIds: [group] } };
    const paths = pathsOfResources({
      Vpc: VPC,
      Subnet: SUBNET,
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' } } },
      Self: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: group, SourceSecurityGroupId: group, IpProtocol: 'tcp', FromPort: 80, ToPort: 80 } },
      One: instance,
      Other: instance,
    });

    expect(paths.canReach('Test/One', 'Test/Other', 80).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('Test/One', 'Test/Other', 81).verdict).toBe(PathVerdict.BLOCKED);
  });

  test('without a security group the default group of the VPC counts, unless it was stripped', () => {
    const instance = { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subnet' } } };
    const resources = { Vpc: VPC, Subnet: SUBNET, One: instance, Other: instance };
    const stripped = { Type: 'Custom::VpcRestrictDefaultSG', Properties: { DefaultSecurityGroupId: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } } };

    expect(pathsOfResources(resources).canReach('Test/One', 'Test/Other', 22).verdict).toBe(PathVerdict.REACHABLE);
    expect(pathsOfResources({ ...resources, stripped }).canReach('Test/One', 'Test/Other', 22).verdict).toBe(PathVerdict.BLOCKED);
  });

  test('a group of another app leaves open what it admits, but not what a rule of this app adds', () => {
    const foreign = { SecurityGroupIds: ['sg-0abc'] };
    const ingress = (port: number): object => ({
      Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: 'sg-0abc', IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: '10.0.0.0/16' },
    });
    const paths = twoInstances({}, {}, { Server: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subnet' }, ...foreign } }, Ingress: ingress(80) });

    expect(paths.canReach('Test/Client', 'Test/Server', 80).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('Test/Client', 'Test/Server', 81)).toMatchObject({ verdict: PathVerdict.UNKNOWN, reasons: [expect.stringContaining('sg-0abc')] });
    expect(paths.undecided()).toContainEqual({ path: 'sg-0abc', text: expect.stringContaining('not in any template') });
  });

  test('the answer names the rules that let a connection through, in order', () => {
    const { links } = twoInstances(toServer(), fromClient()).canReach('Test/Client', 'Test/Server', 3306);

    expect(links).toEqual([
      { path: 'Test/ClientGroup', text: 'lets out TCP 3306 to Test/Server' },
      { path: 'Test/ServerGroup', text: 'lets in TCP 3306 from Test/Client' },
    ]);
  });

  test('security groups can be asked for by name, used or not', () => {
    const paths = twoInstances(toServer(), fromClient(), { Unused: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' } } } });

    expect(paths.canReach('Test/ClientGroup', 'Test/ServerGroup', 3306).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('Test/Unused', 'Test/ServerGroup', 3306).verdict).toBe(PathVerdict.BLOCKED);
  });

  test('what is not in the app cannot be judged', () => {
    const answer = twoInstances({}, {}).canReach('Test/Nobody', 'Test/Server', 3306);

    expect(answer).toMatchObject({ verdict: PathVerdict.UNKNOWN, reasons: [expect.stringContaining('Test/Nobody')] });
  });
});

function pathsWithParameter(server: object): NetworkPaths {
  const paths = twoInstances({}, server);
  const [stack] = paths._app.model.stacks;
  return pathsOfResources(stack.template.Resources as Record<string, unknown>, { Parameters: { Port: { Type: 'Number', Default: 3306 } } });
}
