import { readDatabaseLoss } from '../../../src/checks/zones/database-loss';
import { readGroupLoss } from '../../../src/checks/zones/group-loss';
import { readLoadBalancerLoss } from '../../../src/checks/zones/load-balancer-loss';
import { readNatLoss } from '../../../src/checks/zones/nat-loss';
import { readServiceLoss } from '../../../src/checks/zones/service-loss';
import { readLoneResources } from '../../../src/checks/zones/without-zones';
import type { LossReader } from '../../../src/checks/zones/zone-loss';
import { ZoneLossTable } from '../../../src/checks/zones/zone-loss-table';
import { NetworkModel } from '../../../src/paths/judging/network-model';
import { NETWORK } from '../../app-model/model';
import { contentOf, stackTemplate } from '../apps';

type Template = Record<string, { Type: string; Properties?: object }>;

const model = (resources: Template) => new NetworkModel(contentOf([stackTemplate('Test', { Resources: { ...NETWORK, ...resources } })]));

/** What becomes of `It` without zone a and without zone b. */
function losses(read: LossReader, resources: Template) {
  return read(model(resources), ['eu-west-1a', 'eu-west-1b']).filter(({ resource }) => resource.logicalId === 'It').map(({ outcome, why, rule }) => [outcome, why, rule]);
}

const A = { Ref: 'SubnetA' };
const B = { Ref: 'SubnetB' };
const HERE = (why: string, rule: string) => ['stops', why, rule];
const FINE = (why: string) => ['survives', why, undefined];
const OPEN = (why: string) => ['unknown', why, undefined];

const database = (properties: object) => ({ It: { Type: 'AWS::RDS::DBInstance', Properties: properties } });
const BACK = 'back only by restoring a snapshot or when the zone is back';

test.each<[string, Template, unknown[]]>([
  ['single-AZ', database({}), [HERE(`single-AZ, if it is here: ${BACK}`, 'one-zone-database'), HERE(`single-AZ, if it is here: ${BACK}`, 'one-zone-database')]],
  ['single-AZ in a zone', database({ AvailabilityZone: 'eu-west-1a' }), [HERE(`single-AZ: ${BACK}`, 'one-zone-database'), FINE('it is in eu-west-1a')]],
  ['single-AZ, in text', database({ MultiAZ: 'false', AvailabilityZone: 'eu-west-1a' }), [HERE(`single-AZ: ${BACK}`, 'one-zone-database'), FINE('it is in eu-west-1a')]],
  ['single-AZ, said so', database({ MultiAZ: false, AvailabilityZone: 'eu-west-1b' }), [FINE('it is in eu-west-1b'), HERE(`single-AZ: ${BACK}`, 'one-zone-database')]],
  ['Multi-AZ', database({ MultiAZ: true }), [FINE('Multi-AZ: it fails over to its standby'), FINE('Multi-AZ: it fails over to its standby')]],
  ['Multi-AZ, in text', database({ MultiAZ: 'true' }), [FINE('Multi-AZ: it fails over to its standby'), FINE('Multi-AZ: it fails over to its standby')]],
  ['a parameter', database({ MultiAZ: { Ref: 'P' } }), [OPEN('whether it is Multi-AZ is decided at deployment'), OPEN('whether it is Multi-AZ is decided at deployment')]],
  ['a member of a cluster', database({ DBClusterIdentifier: 'shop' }), []],
])('an instance of RDS that is %s', (_what, resources, expected) => {
  expect(losses(readDatabaseLoss, resources)).toEqual(expected);
});

test.each([['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'RDS cluster'], ['AWS::DocDB::DBCluster', 'AWS::DocDB::DBInstance', 'database cluster'], [
  'AWS::Neptune::DBCluster', 'AWS::Neptune::DBInstance', 'database cluster',
]])('a %s lives by its %s', (cluster, instance, kind) => {
  const member = { Type: instance, Properties: { DBClusterIdentifier: { Ref: 'It' } } };
  const of = (more: Template, properties: object = {}) => losses(readDatabaseLoss, { It: { Type: cluster, Properties: properties }, ...more })[0];

  expect(of({})).toEqual(['restarts', 'it has no reader, is made anew in another zone', 'one-zone-database']);
  expect(of({ One: member })).toEqual(['restarts', 'its only instance, Test/One, if it is here, is made anew in another zone', 'one-zone-database']);
  expect(of({ One: member, Two: member })).toEqual(FINE('2 instances: a reader takes over'));
  expect(of({}, { DBClusterInstanceClass: 'db.r6gd.large' })).toEqual(FINE('a Multi-AZ cluster: it fails over to a reader'));
  expect(readDatabaseLoss(model({ It: { Type: cluster, Properties: {} } }), ['eu-west-1a'])[0].kind).toBe(kind);
});

const group = (properties: object) => ({ It: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '2', MaxSize: '4', VPCZoneIdentifier: [A, B], ...properties } } });
const ONE_HERE = 'its only instance may be here; a new one starts in another zone';

test.each<[string, Template, unknown[]]>([
  ['in both zones', group({}), [FINE('1 of at least 2 instances left, and new ones start elsewhere'), FINE('1 of at least 2 instances left, and new ones start elsewhere')]],
  ['of three in both zones', group({ MinSize: '3' }), [FINE('1 of at least 3 instances left, and new ones start elsewhere'), FINE('1 of at least 3 instances left, and new ones start elsewhere')]],
  ['of one in both zones', group({ MinSize: '1' }), [['restarts', ONE_HERE, undefined], ['restarts', ONE_HERE, undefined]]],
  ['of one that answers requests', group({ MinSize: '1', TargetGroupARNs: ['arn:x'] }), [['restarts', ONE_HERE, 'one-instance-group'], ['restarts', ONE_HERE, 'one-instance-group']]],
  ['of none at its quietest', group({ MinSize: '0' }), Array(2).fill(['restarts', 'at its minimum it has no instance; a new one starts in another zone', undefined])],
  ['that is empty', group({ MinSize: '0', MaxSize: '0' }), [FINE('it is empty'), FINE('it is empty')]],
  ['of a parameter', group({ MinSize: { Ref: 'P' } }), [OPEN('its minimum is not known'), OPEN('its minimum is not known')]],
  ['in zone a', group({ VPCZoneIdentifier: [A] }), [HERE('all its instances are in this zone', 'one-zone-capacity'), FINE('it has nothing here')]],
  ['elsewhere', group({ VPCZoneIdentifier: ['subnet-1'] }), [OPEN('its zones are not in the templates'), OPEN('its zones are not in the templates')]],
])('an Auto Scaling group %s', (_what, resources, expected) => {
  expect(losses(readGroupLoss, resources)).toEqual(expected);
});

const balancer = (Subnets: unknown[]) => ({ It: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets } } });

test.each<[string, Template, unknown[]]>([
  ['in both zones', balancer([A, B]), [FINE('1 of 2 zones left'), FINE('1 of 2 zones left')]],
  ['in zone a', balancer([A]), [HERE('all its subnets are in this zone', 'one-zone-load-balancer'), FINE('1 of 1 zones left')]],
  ['elsewhere', balancer(['subnet-1']), [OPEN('its zones are not in the templates'), OPEN('its zones are not in the templates')]],
])('a load balancer %s', (_what, resources, expected) => {
  expect(losses(readLoadBalancerLoss, resources)).toEqual(expected);
});

const NAT = (properties: object = { SubnetId: A }) => ({ It: { Type: 'AWS::EC2::NatGateway', Properties: properties } });
const behind = (...subnets: string[]) => ({
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  Route: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: { Ref: 'It' } } },
  ...Object.fromEntries(subnets.map((id) => [`Of${id}`, { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: id }, RouteTableId: { Ref: 'Table' } } }])),
});

test.each<[string, Template, unknown[]]>([
  ['for both zones', { ...NAT(), ...behind('SubnetA', 'SubnetB') },
    [HERE('private subnets in eu-west-1b lose their way to the internet with it', 'single-nat-gateway'), FINE('it is in another zone')]],
  ['for its own zone', { ...NAT(), ...behind('SubnetA') }, [FINE('it serves only this zone'), FINE('it is in another zone')]],
  ['for nobody', NAT(), [FINE('it serves only this zone'), FINE('it is in another zone')]],
  ['for a region', NAT({ AvailabilityMode: 'regional' }), [FINE('regional: it has a part in each zone'), FINE('regional: it has a part in each zone')]],
  ['elsewhere', NAT({ SubnetId: 'subnet-1' }), [OPEN('its zone is not in the templates'), OPEN('its zone is not in the templates')]],
])('a NAT gateway %s', (_what, resources, expected) => {
  expect(losses(readNatLoss, resources)).toEqual(expected);
});

const service = (properties: object, subnets: unknown[] = [A, B]): Template => ({
  It: { Type: 'AWS::ECS::Service', Properties: { LaunchType: 'FARGATE', DesiredCount: 2, NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets } }, ...properties } },
});
const LEFT = '1 of at least 2 tasks left, and new ones start elsewhere';
const database8 = (mount: object = {}): Template => ({
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      ContainerDefinitions: [{ Name: 'db', MountPoints: [{ SourceVolume: 'data', ContainerPath: '/var/lib/mysql', ...mount }] }],
      Volumes: [{ Name: 'data', EFSVolumeConfiguration: { FilesystemId: { Ref: 'Files' } } }],
    },
  },
  Files: { Type: 'AWS::EFS::FileSystem', Properties: {} },
  MountA: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'Files' }, SubnetId: A } },
});
const MOUNT_B = { MountB: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'Files' }, SubnetId: B } } };
const WRITER = 'one writer by design, with its data on EFS: if it is here, it restarts in another zone, recovers from its log, and is away until then';
const ALONE = ['restarts', 'its only task, if it is here, restarts in another zone', 'one-task-service'];

test.each<[string, Template, unknown[]]>([
  ['of two', service({}), [FINE(LEFT), FINE(LEFT)]],
  ['of one', service({ DesiredCount: 1 }), [ALONE, ALONE]],
  ['of none', service({ DesiredCount: 0 }), [FINE('it may have no task at all'), FINE('it may have no task at all')]],
  ['of a parameter', service({ DesiredCount: { Ref: 'P' } }), Array(2).fill(OPEN('its number of tasks is decided at deployment'))],
  ['elsewhere', service({}, ['subnet-1']), Array(2).fill(OPEN('the zones of its tasks are not in the templates'))],
  ['in zone a', service({}, [A]), [HERE('all its tasks are in this zone', 'one-zone-service'), FINE('it has nothing here')]],
  ['of daemons', service({ SchedulingStrategy: 'DAEMON' }), Array(2).fill(FINE('a daemon: one task on each instance that is left'))],
  ['that writes data', { ...service({ TaskDefinition: { Ref: 'Task' } }), ...database8(), ...MOUNT_B }, Array(2).fill(['restarts', WRITER, 'one-task-database'])],
  ['that loses its files', { ...service({ TaskDefinition: { Ref: 'Task' } }), ...database8({ ContainerPath: '/www' }) }, [['stops', 'its file system Test/Files stops', undefined], FINE(LEFT)]],
])('a service %s', (_what, resources, expected) => {
  expect(losses(readServiceLoss, resources)).toEqual(expected);
});

const WAY_OUT = { Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: A } }, ...JSON.parse(JSON.stringify(behind('SubnetA', 'SubnetB')).replace('"Ref":"It"', '"Ref":"Nat"')) as Template };
const ENDPOINT = (ServiceName: unknown) => ({ Registry: { Type: 'AWS::EC2::VPCEndpoint', Properties: { ServiceName } } });

test.each<[string, Template, unknown[]]>([
  ['two tasks', { ...service({}), ...WAY_OUT }, [['degrades', `${LEFT}; but the NAT gateway goes with the zone, so that no new task can pull its image`, undefined], FINE(LEFT)]],
  ['one task', { ...service({ DesiredCount: 1 }), ...WAY_OUT },
    [['stops', `${ALONE[1]}; but the NAT gateway goes with the zone, so that it cannot pull its image`, 'one-task-service'], ALONE]],
  ['two tasks beside an endpoint of the registry', { ...service({}), ...WAY_OUT, ...ENDPOINT('com.amazonaws.eu-west-1.ecr.dkr') }, [FINE(LEFT), FINE(LEFT)]],
  ['two tasks beside an endpoint of the registry, joined', { ...service({}), ...WAY_OUT, ...ENDPOINT({ 'Fn::Sub': 'com.amazonaws.${AWS::Region}.ecr.dkr' }) }, [FINE(LEFT), FINE(LEFT)]],
  ['tasks of which none is left', { ...service({}, [A]), ...WAY_OUT }, [HERE('all its tasks are in this zone', 'one-zone-service'), FINE('it has nothing here')]],
])('behind the NAT gateway of one zone %s', (_what, resources, expected) => {
  expect(losses(readServiceLoss, resources)).toEqual(expected);
});

function lone(resources: Template, network: Template = {}) {
  return readLoneResources(new NetworkModel(contentOf([stackTemplate('Test', { Resources: { ...network, ...resources } })]))).map(({ rule, resource, saw }) => [rule, resource.logicalId, saw]);
}

const ONE_TASK = ['one-task-service', 'It', 'ECS service Test/It may run a single task'];
const ONE_SUBNET = ['one-zone-service', 'It', 'ECS service Test/It has one subnet'];
const SINGLE = ['one-zone-database', 'It', 'RDS instance Test/It is single-AZ'];

test.each<[string, Template, unknown[]]>([
  ['one task', service({ DesiredCount: 1 }, ['subnet-1', 'subnet-2']), [ONE_TASK]],
  ['one task, and a list that may be long', service({ DesiredCount: 1 }, [{ Ref: 'P' }]), [ONE_TASK]],
  ['one subnet', service({}, ['subnet-1']), [ONE_SUBNET]],
  ['two tasks in two subnets', service({}, ['subnet-1', 'subnet-2']), []],
  ['two tasks in what is not known', service({}, [{ Ref: 'P' }]), []],
  ['two tasks in what is no subnet', service({}, ['mine']), []],
  ['a daemon', service({ SchedulingStrategy: 'DAEMON' }, ['subnet-1']), []],
  ['a task that writes data', { ...service({ DesiredCount: 1, TaskDefinition: { Ref: 'Task' } }, ['subnet-1']), ...database8() }, []],
  ['a group in one subnet', group({ VPCZoneIdentifier: ['subnet-1'] }), [['one-zone-capacity', 'It', 'Auto Scaling group Test/It has one subnet']]],
  ['a group in two subnets', group({ VPCZoneIdentifier: ['subnet-1', 'subnet-2'] }), []],
  ['a group in no subnet', group({ VPCZoneIdentifier: undefined }), []],
  ['a database', database({}), [SINGLE]],
  ['a database, said so', database({ MultiAZ: false }), [SINGLE]],
  ['a database, said so in text', database({ MultiAZ: 'false' }), [SINGLE]],
  ['a database with a standby', database({ MultiAZ: true }), []],
  ['a database of a parameter', database({ MultiAZ: { Ref: 'P' } }), []],
  ['a member of a cluster', database({ DBClusterIdentifier: 'shop' }), []],
  ['a replica', database({ SourceDBInstanceIdentifier: 'shop' }), []],
])('in a network without zones: %s', (_what, resources, expected) => {
  expect(lone(resources)).toEqual(expected);
});

test('what is told by the zones is not told without them', () => {
  expect(lone(service({ DesiredCount: 1 }), NETWORK as Template)).toEqual([]);
  expect(lone(database({}), NETWORK as Template)).toEqual([]);
});

test('the table has a line for each resource and a column for each zone', () => {
  const table = new ZoneLossTable(model({ ...balancer([A]), Db: { Type: 'AWS::RDS::DBInstance', Properties: { AvailabilityZone: 'eu-west-1b' } } }));
  expect(table.zones).toEqual(['eu-west-1a', 'eu-west-1b']);
  expect(table.toMarkdown()).toBe([
    '|  | without eu-west-1a | without eu-west-1b |',
    '| --- | --- | --- |',
    '| Test/It (load balancer) | **stops**: all its subnets are in this zone | survives: 1 of 1 zones left |',
    `| Test/Db (RDS instance) | survives: it is in eu-west-1b | **stops**: single-AZ: ${BACK} |`,
    '',
  ].join('\n'));
});

test('an app of which nothing stands in a zone has no table', () => {
  expect(new ZoneLossTable(model({})).toMarkdown()).toBe('No resource of the app stands in a zone that its templates know.\n');
});
