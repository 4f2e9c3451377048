import type { Endpoint } from '../../../src/app-model/endpoints/endpoint';
import { NETWORK, modelOf } from '../model';

type Template = Parameters<typeof modelOf>[0];

const GROUP = { Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' } } } };
const SUBNETS = [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }];

function all(more: Template): readonly Endpoint[] {
  return modelOf({ ...NETWORK, ...GROUP, ...more }).endpoints;
}

const one = (Type: string, Properties: object, more: Template = {}) => all({ It: { Type, Properties }, ...more }).find(({ id }) => id.startsWith('Test/It'));
const networkOf = (endpoint: Endpoint | undefined) => (
  endpoint && [endpoint.kind, endpoint.groups, endpoint.subnets.map(({ id }) => id), endpoint.vpc]
);

const IN_BOTH = [['Test/Group'], ['Test/SubnetA', 'Test/SubnetB'], 'Test/Vpc'];
const named = (key: string, type: string) => ({ properties: { [key]: { Ref: 'Subnets' } }, more: { Subnets: { Type: type, Properties: { SubnetIds: SUBNETS } } } });

/** Stores with the properties that hold their groups and their subnets, whether they ask others, and their usual port. */
type Store = [type: string, kind: string, groups: string, subnets: string, group: boolean, opens: boolean, properties: object, port: number];

const STORES: Store[] = [
  ['AWS::RDS::DBCluster', 'RDS cluster', 'VpcSecurityGroupIds', 'DBSubnetGroupName', true, false, { Engine: 'aurora-mysql' }, 3306],
  ['AWS::RDS::DBInstance', 'RDS instance', 'VPCSecurityGroups', 'DBSubnetGroupName', true, false, { Engine: 'postgres' }, 5432],
  ['AWS::RDS::DBProxy', 'RDS proxy', 'VpcSecurityGroupIds', 'VpcSubnetIds', false, true, { EngineFamily: 'MYSQL' }, 3306],
  ['AWS::ElastiCache::ReplicationGroup', 'ElastiCache group', 'SecurityGroupIds', 'CacheSubnetGroupName', true, false, {}, 6379],
  ['AWS::ElastiCache::CacheCluster', 'ElastiCache cluster', 'VpcSecurityGroupIds', 'CacheSubnetGroupName', true, false, { Engine: 'memcached' }, 11211],
  ['AWS::DocDB::DBCluster', 'DocumentDB cluster', 'VpcSecurityGroupIds', 'DBSubnetGroupName', true, false, {}, 27017],
  ['AWS::Neptune::DBCluster', 'Neptune cluster', 'VpcSecurityGroupIds', 'DBSubnetGroupName', true, false, {}, 8182],
  ['AWS::MemoryDB::Cluster', 'MemoryDB cluster', 'SecurityGroupIds', 'SubnetGroupName', true, false, {}, 6379],
  ['AWS::Redshift::Cluster', 'Redshift cluster', 'VpcSecurityGroupIds', 'ClusterSubnetGroupName', true, false, {}, 5439],
  ['AWS::ElastiCache::ServerlessCache', 'ElastiCache serverless cache', 'SecurityGroupIds', 'SubnetIds', false, false, { Engine: 'valkey' }, 6379],
];

test.each(STORES)('%s is %s with groups in %s and subnets in %s', (type, kind, groups, subnets, byGroup, opens, properties, port) => {
  const { properties: network, more } = byGroup ? named(subnets, `${type}SubnetGroup`) : { properties: { [subnets]: SUBNETS }, more: {} };
  const store = one(type, { ...properties, ...network, [groups]: [{ Ref: 'Group' }] }, more);

  expect(networkOf(store)).toEqual([kind, ...IN_BOTH]);
  expect([store?.opensConnections, store?.listens, store?.publicAddress]).toEqual([opens, [{ port, ports: { from: port, to: port } }], 'no']);
});

test.each<[string, object, number | undefined]>([
  ['its own', { Port: 3307 }, 3307], ['its own, as text', { Port: '3307' }, 3307], ['its own, of a database of RDS', { DBPort: 3307 }, 3307], ['a parameter', { Port: { Ref: 'Parameter' } }, undefined],
  ['that of an engine that is not known', { Engine: 'custom' }, undefined], ['that of no engine', { Engine: undefined }, undefined],
])('the port of a database is %s', (_what, properties, port) => {
  expect(one('AWS::RDS::DBInstance', { Engine: 'mysql', ...properties })?.listens?.map((each) => each.port)).toEqual(port === undefined ? [] : [port]);
});

test.each<[unknown, 'yes' | 'no', boolean]>([[true, 'yes', true], ['true', 'yes', true], [false, 'no', false], [undefined, 'no', false]])(
  'a database that is public (%j) has an address of the internet: %s', (PubliclyAccessible, address, ipv6FromInternet) => {
    expect(one('AWS::RDS::DBInstance', { PubliclyAccessible })).toMatchObject({ publicAddress: address, ipv6FromInternet });
  });

test('the instances of a cluster share its interfaces', () => {
  const member = (properties: object) => ({ Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'It' }, ...properties } });
  const cluster = all({ It: { Type: 'AWS::RDS::DBCluster', Properties: {} }, A: member({}), B: member({ PubliclyAccessible: true }) });
  expect(cluster.map(({ id, aliases, publicAddress }) => [id, aliases, publicAddress])).toEqual([['Test/It', ['Test/A', 'Test/B'], 'yes']]);
});

test('a database without groups has the default group of its VPC, where that is known', () => {
  const { properties, more } = named('DBSubnetGroupName', 'AWS::RDS::DBSubnetGroup');
  expect(one('AWS::RDS::DBInstance', properties, more)).toMatchObject({ groups: ['Test/Vpc.DefaultSecurityGroup'], doubts: [] });
  expect(one('AWS::RDS::DBInstance', {})).toMatchObject({
    groups: [], doubts: ['Test/It states no security group, so it gets the default group of a VPC that is not known'],
  });
  expect(one('AWS::RDS::DBInstance', { VPCSecurityGroups: [{ Ref: 'Parameter' }] })?.doubts).toEqual([
    'a security group of Test/It is not known: Parameter is not in the template of Test',
  ]);
});

test('the VPC of a security group is that of what stands behind it', () => {
  expect(one('AWS::RDS::DBInstance', { VPCSecurityGroups: ['sg-1', { Ref: 'Group' }] })).toMatchObject({ groups: ['sg-1', 'Test/Group'], vpc: 'Test/Vpc' });
});

test.each<[string, string, object, string]>([
  ['Lambda function', 'AWS::Lambda::Function', { VpcConfig: { SubnetIds: SUBNETS, SecurityGroupIds: [{ Ref: 'Group' }] } }, 'asks'],
  ['CodeBuild project', 'AWS::CodeBuild::Project', { VpcConfig: { Subnets: SUBNETS, SecurityGroupIds: [{ Ref: 'Group' }] } }, 'asks'],
  ['VPC link', 'AWS::ApiGatewayV2::VpcLink', { SubnetIds: SUBNETS, SecurityGroupIds: [{ Ref: 'Group' }] }, 'asks'],
  ['interface endpoint', 'AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: SUBNETS, SecurityGroupIds: [{ Ref: 'Group' }] }, 'answers'],
])('a %s has its interfaces', (kind, type, properties, does) => {
  const endpoint = one(type, properties);
  expect(networkOf(endpoint)).toEqual([kind, ...IN_BOTH]);
  expect([endpoint?.publicAddress, endpoint?.opensConnections]).toEqual(['no', does === 'asks']);
  expect(endpoint?.listens?.map(({ port, ports }) => [port, ports])).toEqual(does === 'asks' ? undefined : [[443, { from: 443, to: 443 }]]);
});

test.each([['a function', 'AWS::Lambda::Function', {}], ['a build', 'AWS::CodeBuild::Project', {}], ['a gateway endpoint', 'AWS::EC2::VPCEndpoint', {}], [
  'a function whose settings name no subnet', 'AWS::Lambda::Function', { VpcConfig: {} },
]])('%s outside a VPC has no interfaces', (_what, type, properties) => {
  expect(one(type, properties)).toBeUndefined();
});

test('neither links nor endpoints are asked by the internet over IPv6', () => {
  expect(one('AWS::ApiGatewayV2::VpcLink', {})?.ipv6FromInternet).toBe(false);
  expect(one('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' })?.ipv6FromInternet).toBe(false);
});

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const listener = (Port: unknown, Protocol?: string) => ({ Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: { Ref: 'It' }, Port, Protocol } });

test.each<[object, string]>([[{}, 'load balancer'], [{ Type: 'application' }, 'load balancer'], [{ Type: 'network' }, 'network load balancer'], [{ Type: 'gateway' }, 'gateway load balancer']])(
  'a load balancer with %j is a %s', (properties, kind) => {
    expect(one(BALANCER, properties)?.kind).toBe(kind);
  });

test.each<[string, object]>([['Subnets', { Subnets: SUBNETS }], ['SubnetMappings', { SubnetMappings: [{ SubnetId: { Ref: 'SubnetA' } }, { SubnetId: { Ref: 'SubnetB' } }] }]])(
  'a load balancer stands in its %s', (_key, properties) => {
    expect(networkOf(one(BALANCER, { SecurityGroups: [{ Ref: 'Group' }], ...properties }))).toEqual(['load balancer', ...IN_BOTH]);
  });

test.each<[string, Template, number[]]>([
  ['HTTPS', { L: listener(443, 'HTTPS') }, [443]], ['two', { L: listener(443, 'HTTPS'), M: listener('80', 'HTTP') }, [443, 80]], ['UDP', { L: listener(53, 'UDP') }, []],
  ['QUIC', { L: listener(443, 'QUIC') }, []], ['both', { L: listener(53, 'TCP_UDP') }, [53]], ['a parameter', { L: listener({ Ref: 'Parameter' }) }, []],
])('the ports of a load balancer by listeners: %s', (_which, listeners, ports) => {
  expect(one(BALANCER, {}, listeners)?.listens?.map(({ port }) => port)).toEqual(ports);
});

test.each<[string, object, Template, boolean]>([
  ['a network load balancer', { Type: 'network' }, { L: listener(443, 'TCP') }, true], ['one with a listener that is not known', { Type: 'network' }, { L: listener({ Ref: 'Parameter' }, 'TCP') }, false],
  ['an application load balancer', {}, { L: listener(443, 'HTTPS') }, false],
])('%s answers on its listeners alone', (_what, properties, listeners, answer) => {
  expect(one(BALANCER, properties, listeners)?.listensOnly).toBe(answer);
});

test.each<[unknown, boolean]>([['dualstack', true], ['dualstack-without-public-ipv4', true], ['ipv4', false], [undefined, false]])('a load balancer of the family %j has IPv6: %p', (IpAddressType, answer) => {
  expect(one(BALANCER, { IpAddressType })?.hasIpv6).toBe(answer);
});

test.each<[unknown, boolean | undefined]>([[undefined, true], ['internal', false], [{ Ref: 'Parameter' }, undefined]])('the internet may ask a load balancer with scheme %j over IPv6: %p', (Scheme, answer) => {
  expect(one(BALANCER, { Scheme })?.ipv6FromInternet).toBe(answer);
});

test('a door of CloudFront leads to its load balancer', () => {
  const origin = { Origin: { Type: 'AWS::CloudFront::VpcOrigin', Properties: { VpcOriginEndpointConfig: { Arn: { Ref: 'It' } } } } };
  expect([one(BALANCER, {}, origin)?.vpcOrigin, one(BALANCER, {})?.vpcOrigin]).toEqual(['Test/Origin', undefined]);
});

test('mount targets behind the same groups are one endpoint, others are another', () => {
  const mount = (subnet: string, groups?: unknown[]) => ({ Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'Files' }, SubnetId: { Ref: subnet }, SecurityGroups: groups } });
  const found = all({
    Files: { Type: 'AWS::EFS::FileSystem' },
    A: mount('SubnetA', [{ Ref: 'Group' }, 'sg-1']),
    B: mount('SubnetB', ['sg-1', { 'Fn::GetAtt': ['Group', 'GroupId'] }]),
    C: mount('SubnetB', ['sg-1', { Ref: 'Group' }]),
    D: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: 'fs-1', SubnetId: { Ref: 'SubnetA' } } },
  });
  expect(found.map(({ id, label, aliases, subnets }) => [id, label, aliases, subnets.length])).toContainEqual(['Test/A', expect.any(String), ['Test/Files', 'Test/A', 'Test/C'], 2]);
  expect(found.find(({ id }) => id === 'Test/D')).toMatchObject({
    label: 'Test/D', aliases: ['Test/D'], kind: 'EFS mount targets', publicAddress: 'no', opensConnections: false, listens: [{ port: 2049, ports: { from: 2049, to: 2049 } }],
  });
});

test.each([['Shop/Web/Service', 'Shop/Web'], ['Shop/Web/Resource', 'Shop/Web'], ['Shop/Web/Default', 'Shop/Web'], ['Shop/Web/ASG', 'Shop/Web'], ['Shop/Web/LaunchConfig', 'Shop/Web'], ['Shop/Resource', 'Shop/Resource'], [
  'Shop/Web/Target', 'Shop/Web/Target',
]])('what lies at %s is called %s', (path, label) => {
  expect(all({ It: { Type: BALANCER, Properties: {}, Metadata: { 'aws:cdk:path': path } } })[0].label).toBe(label);
});

test('two endpoints of one name are called by the paths of their resources', () => {
  const at = (path: string) => ({ Type: BALANCER, Properties: {}, Metadata: { 'aws:cdk:path': path } });
  expect(all({ A: at('Shop/Web/Resource'), B: at('Shop/Web/Default') }).map(({ label }) => label)).toEqual(['Shop/Web/Resource', 'Shop/Web/Default']);
});
