import { aws_ec2 as ec2, aws_lambda as lambda } from 'aws-cdk-lib';
import { FrontendAccess } from '../../../src/frontend/frontend-access';
import { FrontendDomain } from '../../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../../src/frontend/secure-alb-frontend';
import type { NetworkPaths } from '../../../src/paths/network-paths';
import { PathVerdict } from '../../../src/paths/path-answer';
import { pathsOf, pathsOfResources } from '../../checks/apps';
import { FLAG_CONTEXTS } from '../../fixtures';

const OPEN = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }, { IpProtocol: '-1', CidrIpv6: '::/0' }];

/** One instance behind a group that lets everything through, in one subnet; `more` adds or replaces resources. */
function instanceIn(more: Record<string, unknown> = {}, instance: object = {}): NetworkPaths {
  return pathsOfResources({
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    Subnet: subnet('10.0.1.0/24'),
    Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    Association: association('Subnet', 'Table'),
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: OPEN } },
    Machine: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subnet' }, SecurityGroupIds: [{ Ref: 'Group' }], ...instance } },
    ...more,
  });
}

function subnet(CidrBlock: string, rest: object = {}): Record<string, unknown> {
  return { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock, ...rest } };
}

function association(subnetId: string, tableId: string): Record<string, unknown> {
  return { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: subnetId }, RouteTableId: { Ref: tableId } } };
}

function route(target: object, table = 'Table', destination: object = { DestinationCidrBlock: '0.0.0.0/0' }): Record<string, unknown> {
  return { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: table }, ...destination, ...target } };
}

const toGateway = { GatewayId: { Ref: 'Gateway' } };
const publicAddress = { NetworkInterfaces: [{ AssociatePublicIpAddress: true, GroupSet: [{ Ref: 'Group' }], SubnetId: { Ref: 'Subnet' } }] };
const zonalNat = { Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Public' } } }, Route: route({ NatGatewayId: { Ref: 'Nat' } }) };
const publicSubnet = {
  Public: subnet('10.0.0.0/24'),
  PublicTable: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  PublicAssociation: association('Public', 'PublicTable'),
};

describe('ways to and from the internet', () => {
  test.each<[string, () => NetworkPaths, PathVerdict, PathVerdict]>([
    ['public address and internet gateway', () => instanceIn({ Route: route(toGateway) }, publicAddress), PathVerdict.REACHABLE, PathVerdict.REACHABLE],
    ['subnet that gives public addresses', () => instanceIn({ Route: route(toGateway), Subnet: subnet('10.0.1.0/24', { MapPublicIpOnLaunch: true }) }), PathVerdict.REACHABLE, PathVerdict.REACHABLE],
    ['internet gateway without public address', () => instanceIn({ Route: route(toGateway) }), PathVerdict.BLOCKED, PathVerdict.BLOCKED],
    ['public address without route', () => instanceIn({}, publicAddress), PathVerdict.BLOCKED, PathVerdict.BLOCKED],
    ['subnet without any route table', () => instanceIn({ Association: { Type: 'AWS::CDK::Metadata' } }, publicAddress), PathVerdict.BLOCKED, PathVerdict.BLOCKED],
    ['NAT gateway in a public subnet', () => instanceIn({ ...zonalNat, ...publicSubnet, PublicRoute: route(toGateway, 'PublicTable') }), PathVerdict.BLOCKED, PathVerdict.REACHABLE],
    ['NAT gateway in a private subnet', () => instanceIn({ ...zonalNat, ...publicSubnet }), PathVerdict.BLOCKED, PathVerdict.BLOCKED],
    ['regional NAT gateway', () => instanceIn({ ...zonalNat, Nat: { Type: 'AWS::EC2::NatGateway', Properties: { AvailabilityMode: 'regional', VpcId: { Ref: 'Vpc' } } } }), PathVerdict.BLOCKED, PathVerdict.REACHABLE],
    ['private NAT gateway', () => instanceIn({ ...zonalNat, Nat: { Type: 'AWS::EC2::NatGateway', Properties: { ConnectivityType: 'private' } } }), PathVerdict.BLOCKED, PathVerdict.UNKNOWN],
    ['NAT gateway of another app', () => instanceIn({ Route: route({ NatGatewayId: 'nat-1' }) }), PathVerdict.BLOCKED, PathVerdict.UNKNOWN],
    ['route to something else', () => instanceIn({ Route: route({ TransitGatewayId: 'tgw-1' }) }, publicAddress), PathVerdict.UNKNOWN, PathVerdict.UNKNOWN],
    ['route that hangs on a condition', () => instanceIn({ Route: { ...route(toGateway), Condition: 'Public' } }, publicAddress), PathVerdict.UNKNOWN, PathVerdict.UNKNOWN],
    ['subnet of another app', () => instanceIn({}, { SubnetId: 'subnet-1' }), PathVerdict.UNKNOWN, PathVerdict.UNKNOWN],
    ['route table of another app', () => instanceIn({ Association: association('Subnet', 'Nothing') }, publicAddress), PathVerdict.UNKNOWN, PathVerdict.UNKNOWN],
    ['IPv6 through an egress-only gateway', () => instanceIn({
      Subnet: subnet('10.0.1.0/24', { Ipv6CidrBlock: '2001:db8::/64' }),
      Route: route({ EgressOnlyInternetGatewayId: { Ref: 'Gateway' } }, 'Table', { DestinationIpv6CidrBlock: '::/0' }),
    }), PathVerdict.BLOCKED, PathVerdict.REACHABLE],
  ])('%s', (_name, paths, inward, outward) => {
    const built = paths();

    expect(built.canReach('internet', 'Test/Machine', 443).verdict).toBe(inward);
    expect(built.canReach('Test/Machine', 'internet', 443).verdict).toBe(outward);
  });

  const over6 = (more: object) => ({
    Subnet: subnet('10.0.1.0/24', { Ipv6CidrBlock: '2001:db8::/64', ...more }),
    Route: route(toGateway, 'Table', { DestinationIpv6CidrBlock: '::/0' }),
  });

  test('an IPv6 address is one of the internet, without any public IPv4 address', () => {
    const paths = instanceIn(over6({ AssignIpv6AddressOnCreation: true }));

    expect(paths.canReach('internet', 'Test/Machine', 443).verdict).toBe(PathVerdict.REACHABLE);
  });

  test('where the subnet hands out no IPv6 address, whether the instance has one is not known', () => {
    expect(instanceIn(over6({})).canReach('internet', 'Test/Machine', 443).verdict).toBe(PathVerdict.UNKNOWN);
  });

  test('AWS keeps the internet from the IPv6 addresses of an internal load balancer', () => {
    const balancer = (Scheme: string) => ({
      ...over6({ AssignIpv6AddressOnCreation: true }),
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Scheme, IpAddressType: 'dualstack', Subnets: [{ Ref: 'Subnet' }], SecurityGroups: [{ Ref: 'Group' }] },
      },
      Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: 443 } },
    });
    const verdictOf = (scheme: string) => instanceIn(balancer(scheme)).canReach('internet', 'Test/Balancer', 443).verdict;

    expect([verdictOf('internal'), verdictOf('internet-facing')]).toEqual([PathVerdict.BLOCKED, PathVerdict.REACHABLE]);
  });

  test('the missing link is named', () => {
    const answer = instanceIn({ Route: route(toGateway) }).canReach('Test/Machine', 'internet', 443);

    expect(answer.explanation).toMatch(/Test\/Machine has no public address, and Test\/Subnet leads out only for those that have one/);
    expect(answer.missing?.path).toBe('Test/Machine');
  });

  test('blocks of addresses can be asked for: inside the VPC they are near, elsewhere it is not known how they come', () => {
    const paths = instanceIn();

    expect(paths.canReach('10.0.0.0/16', 'Test/Machine', 443).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('Test/Machine', '10.0.0.0/16', 443).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('192.168.0.0/16', 'Test/Machine', 443).verdict).toBe(PathVerdict.UNKNOWN);
    expect(paths.canReach('203.0.113.7', 'Test/Machine', 443).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.canReach('2001:db8::1', 'Test/Machine', 443).explanation).toMatch(/no address family in common/);
    expect(paths.canReach('internet', '10.0.0.0/16', 443).verdict).toBe(PathVerdict.UNKNOWN);
  });

  test('a rule for one public block admits that block', () => {
    const group = { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '203.0.113.0/24' }] } };
    const paths = instanceIn({ Route: route(toGateway), Group: group }, publicAddress);

    expect(paths.canReach('203.0.113.0/28', 'Test/Machine', 443).verdict).toBe(PathVerdict.REACHABLE);
    expect(paths.canReach('203.0.113.0/20', 'Test/Machine', 443).verdict).toBe(PathVerdict.UNKNOWN);
    expect(paths.canReach('198.51.100.0/24', 'Test/Machine', 443).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.canReach('internet', 'Test/Machine', 443).explanation).toContain('from 203.0.113.0/24');
  });
});

describe('network ACLs', () => {
  const acl = { Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: { Ref: 'Vpc' } } } };
  const use = (id: string): Record<string, unknown> => ({
    [`Use${id}`]: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: { Ref: id }, NetworkAclId: { Ref: 'Acl' } } },
  });
  let count = 0;
  const entry = (RuleNumber: number, Egress: boolean, RuleAction: string, ports?: [number, number], CidrBlock = '0.0.0.0/0'): Record<string, unknown> => ({
    [`Entry${count++}`]: {
      Type: 'AWS::EC2::NetworkAclEntry',
      Properties: {
        NetworkAclId: { Ref: 'Acl' },
        RuleNumber,
        Egress,
        RuleAction,
        CidrBlock,
        Protocol: ports === undefined ? -1 : 6,
        ...(ports === undefined ? {} : { PortRange: { From: ports[0], To: ports[1] } }),
      },
    },
  });
  const entry6 = (RuleNumber: number, Egress: boolean, RuleAction: string, Ipv6CidrBlock = '::/0'): Record<string, unknown> => ({
    [`Entry${count++}`]: {
      Type: 'AWS::EC2::NetworkAclEntry',
      Properties: { NetworkAclId: { Ref: 'Acl' }, RuleNumber, Egress, RuleAction, Ipv6CidrBlock, Protocol: -1 },
    },
  });
  const other = { Other: subnet('10.0.2.0/24'), Client: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Other' }, SecurityGroupIds: [{ Ref: 'Group' }] } } };

  test.each<[string, Record<string, unknown>, PathVerdict]>([
    ['without entries lets nothing through', {}, PathVerdict.BLOCKED],
    ['with entries for the port and for the answers lets it through', { ...entry(100, false, 'allow', [443, 443]), ...entry(100, true, 'allow', [1024, 65535]) }, PathVerdict.REACHABLE],
    ['without an entry for the answers stops it', { ...entry(100, false, 'allow', [443, 443]), ...entry(100, true, 'allow', [443, 443]) }, PathVerdict.BLOCKED],
    ['goes by the lowest number', { ...entry(200, false, 'allow'), ...entry(100, false, 'deny', [443, 443]), ...entry(100, true, 'allow') }, PathVerdict.BLOCKED],
    ['that denies after it allowed lets it through', { ...entry(100, false, 'allow'), ...entry(200, false, 'deny'), ...entry(100, true, 'allow') }, PathVerdict.REACHABLE],
    ['for addresses elsewhere stops it', { ...entry(100, false, 'allow', undefined, '10.0.9.0/24'), ...entry(100, true, 'allow') }, PathVerdict.BLOCKED],
    ['for a part of the addresses leaves it open', { ...entry(100, false, 'allow', undefined, '10.0.2.0/25'), ...entry(100, true, 'allow') }, PathVerdict.UNKNOWN],
    ['that denies a part of the addresses leaves it open', { ...entry(50, false, 'deny', undefined, '10.0.2.0/25'), ...entry(100, false, 'allow'), ...entry(100, true, 'allow') }, PathVerdict.UNKNOWN],
  ])('one %s', (_name, entries, verdict) => {
    expect(instanceIn({ ...other, ...acl, ...use('Subnet'), ...entries }).canReach('Test/Client', 'Test/Machine', 443).verdict).toBe(verdict);
  });

  const dualSubnet = (number: number) => subnet(`10.0.${number}.0/24`, { Ipv6CidrBlock: `2001:db8:0:${number}::/64` });
  const over6 = [{ IpProtocol: '-1', CidrIpv6: '::/0' }];
  const dual = {
    Subnet: dualSubnet(1),
    ...other,
    Other: dualSubnet(2),
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupIngress: over6 } },
  };

  test.each<[string, Record<string, unknown>, PathVerdict]>([
    ['for IPv4 alone stops IPv6', { ...entry(100, false, 'allow'), ...entry(100, true, 'allow') }, PathVerdict.BLOCKED],
    ['for IPv6 lets IPv6 through', { ...entry6(100, false, 'allow'), ...entry6(100, true, 'allow') }, PathVerdict.REACHABLE],
    ['that denies IPv4 leaves IPv6 alone', { ...entry(100, false, 'deny'), ...entry6(110, false, 'allow'), ...entry6(100, true, 'allow') }, PathVerdict.REACHABLE],
    ['for an IPv6 block leaves it open: AWS hands out the addresses', { ...entry6(100, false, 'allow', '2001:db8::/56'), ...entry6(100, true, 'allow') }, PathVerdict.UNKNOWN],
  ])('one %s', (_name, entries, verdict) => {
    expect(instanceIn({ ...dual, ...acl, ...use('Subnet'), ...entries }).canReach('Test/Client', 'Test/Machine', 443).verdict).toBe(verdict);
  });

  test.each<[string, Record<string, unknown>, PathVerdict]>([
    ['lets everything through, the way out is open', { ...entry(100, false, 'allow'), ...entry(100, true, 'allow') }, PathVerdict.REACHABLE],
    ['lets nothing in, nothing gets out', entry(100, true, 'allow'), PathVerdict.BLOCKED],
    ['lets nothing out, nothing gets out', entry(100, false, 'allow'), PathVerdict.BLOCKED],
    ['lets in what the VPC asks but not the answers of the internet, nothing gets out', { ...entry(100, false, 'allow', [443, 443]), ...entry(100, true, 'allow') }, PathVerdict.BLOCKED],
    ['lets in answers to some of the ports of the gateway, it is left open', { ...entry(90, false, 'allow', [443, 443]), ...entry(100, false, 'allow', [32768, 65535]), ...entry(100, true, 'allow') }, PathVerdict.UNKNOWN],
  ])('where the one of the NAT gateway\'s subnet %s', (_name, entries, verdict) => {
    const paths = instanceIn({ ...zonalNat, ...publicSubnet, PublicRoute: route(toGateway, 'PublicTable'), ...acl, ...use('Public'), ...entries });

    expect(paths.canReach('Test/Machine', 'internet', 443).verdict).toBe(verdict);
  });

  test('traffic inside one subnet passes none', () => {
    const neighbour = { Client: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subnet' }, SecurityGroupIds: [{ Ref: 'Group' }] } } };

    expect(instanceIn({ ...neighbour, ...acl, ...use('Subnet') }).canReach('Test/Client', 'Test/Machine', 443).verdict).toBe(PathVerdict.REACHABLE);
  });

  test('a foreign one leaves it open', () => {
    const foreign = { Use: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: { Ref: 'Subnet' }, NetworkAclId: 'acl-1' } } };

    expect(instanceIn({ ...other, ...foreign }).canReach('Test/Client', 'Test/Machine', 443).verdict).toBe(PathVerdict.UNKNOWN);
  });
});

describe('several VPCs', () => {
  const second = {
    Vpc2: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
    Subnet2: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc2' }, CidrBlock: '10.1.0.0/24' } },
    Far: { Type: 'AWS::EC2::Instance', Properties: { SubnetId: { Ref: 'Subnet2' }, SecurityGroupIds: [{ Ref: 'Group' }] } },
  };

  test('do not reach one another', () => {
    expect(instanceIn(second).canReach('Test/Machine', 'Test/Far', 443).explanation).toMatch(/different VPCs, and nothing in this app joins them/);
  });

  test('that a peering joins are not judged', () => {
    const peering = { Peering: { Type: 'AWS::EC2::VPCPeeringConnection' } };

    expect(instanceIn({ ...second, ...peering }).canReach('Test/Machine', 'Test/Far', 443).verdict).toBe(PathVerdict.UNKNOWN);
  });
});

describe.each(FLAG_CONTEXTS)('networks as the CDK builds them, %s', (_name, context) => {
  const inVpc = (props: ec2.VpcProps, subnetType: ec2.SubnetType): NetworkPaths => pathsOf(context, (stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, ...props });
    new lambda.Function(stack, 'Job', {
      vpc,
      vpcSubnets: { subnetType },
      allowPublicSubnet: true,
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('//'),
    });
  });

  test('private subnets lead out through NAT gateways, isolated ones nowhere', () => {
    const out = (paths: NetworkPaths): PathVerdict => paths.canReach('Test/Job', 'internet', 443).verdict;

    expect(out(inVpc({}, ec2.SubnetType.PRIVATE_WITH_EGRESS))).toBe(PathVerdict.REACHABLE);
    expect(out(inVpc({ natGateways: 1 }, ec2.SubnetType.PRIVATE_WITH_EGRESS))).toBe(PathVerdict.REACHABLE);
    expect(out(inVpc({ subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] }, ec2.SubnetType.PRIVATE_ISOLATED))).toBe(PathVerdict.BLOCKED);
    expect(out(inVpc({}, ec2.SubnetType.PUBLIC))).toBe(PathVerdict.BLOCKED);
  });

  test('of a load balancer behind a VPC origin it is said by what CloudFront comes to it', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      new SecureAlbFrontend(stack, 'Frontend', {
        vpc, domain: FrontendDomain.httpOnly('a test'), access: FrontendAccess.cloudFrontVpcOrigin({ prefixListId: 'pl-4fa04526' }),
      });
    });

    const answer = paths.canReach('internet', 'Test/Frontend', 80);
    expect(answer.verdict).toBe(PathVerdict.BLOCKED);
    expect(answer.explanation).toContain('has no public address: of the internet, CloudFront alone comes to it, by Test/Frontend/VpcOrigin');
  });

  test('interface endpoints are reached from inside the VPC', () => {
    const paths = pathsOf(context, (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
      vpc.addInterfaceEndpoint('Logs', { service: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS });
      new ec2.Instance(stack, 'Machine', { vpc, instanceType: new ec2.InstanceType('t3.micro'), machineImage: ec2.MachineImage.latestAmazonLinux2023() });
    });

    expect(paths.canReach('Test/Machine', 'Test/Vpc/Logs', 443).explanation).toContain('is reachable');
    expect(paths.canReach('Test/Machine', 'Test/Vpc/Logs', 80).verdict).toBe(PathVerdict.BLOCKED);
    expect(paths.canReach('Test/Vpc/Logs', 'Test/Machine', 443).explanation).toMatch(/opens no connections/);
    expect(paths.openPaths()).toContainEqual({ source: '10.0.0.0/16', target: 'Test/Vpc/Logs', fromPort: 443, toPort: 443, verdict: PathVerdict.REACHABLE });
  });

  test('what takes no connections is not reached', () => {
    expect(inVpc({}, ec2.SubnetType.PRIVATE_WITH_EGRESS).canReach('internet', 'Test/Job', 443).explanation).toMatch(/takes no connections/);
  });
});
