import { oneZoneOf, readableZones, taskZones, zoneLabel, zonesOf } from '../../../src/app-model/compute/zones';
import { NETWORK, modelOf } from '../model';

const NOWHERE = { Nowhere: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.2.0/24' } } };

function subnetsOf(...ids: string[]) {
  const app = modelOf({ ...NETWORK, ...NOWHERE });
  return ids.map((id) => app.subnets.get(`Test/${id}`)!);
}

test.each<[string[], string[] | undefined]>([
  [['SubnetA', 'SubnetB'], ['eu-west-1a', 'eu-west-1b']], [['SubnetA', 'SubnetA'], ['eu-west-1a']], [['SubnetA', 'Nowhere'], undefined], [[], undefined],
])('the zones of %j are %j', (ids, zones) => {
  expect(zonesOf(subnetsOf(...ids))).toEqual(zones);
});

/** Zones of tasks in `subnets`, on instances in `instances`. */
function zonesOfTasks(capacity: object, subnets: string[], instances: string[]) {
  const refs = (ids: string[]) => ids.map((id) => ({ Ref: id }));
  const app = modelOf({
    ...NETWORK,
    ...NOWHERE,
    Cluster: { Type: 'AWS::ECS::Cluster' },
    Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Group' } } } },
    Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { VPCZoneIdentifier: refs(instances) } },
    Web: { Type: 'AWS::ECS::Service', Properties: { ...capacity, ...(subnets.length > 0 && { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: refs(subnets) } } }) } },
  });
  return taskZones(app.services[0]);
}

const EC2 = { CapacityProviderStrategy: [{ CapacityProvider: { Ref: 'Provider' } }] };
const FARGATE = { LaunchType: 'FARGATE' };

test.each<[string, object, string[], string[], string[] | undefined]>([
  ['Fargate, those of its subnets', FARGATE, ['SubnetA', 'SubnetB'], ['SubnetA'], ['eu-west-1a', 'eu-west-1b']],
  ['Fargate without subnets, not known', FARGATE, [], ['SubnetA'], undefined],
  ['EC2 with subnets of its own, those that have instances too', EC2, ['SubnetA', 'SubnetB'], ['SubnetA'], ['eu-west-1a']],
  ['EC2 where those of the instances are not known, those of its subnets', EC2, ['SubnetA'], ['Nowhere'], ['eu-west-1a']],
  ['EC2 where those of its subnets are not known, not known', EC2, ['Nowhere'], ['SubnetA'], undefined],
  ['EC2 without subnets of its own, those of its instances', EC2, [], ['SubnetA', 'SubnetB'], ['eu-west-1a', 'eu-west-1b']],
])('the zones of tasks are on %s', (_what, capacity, subnets, instances, zones) => {
  expect(zonesOfTasks(capacity, subnets, instances)).toEqual(zones);
});

test.each([['eu-west-1a', 'eu-west-1a'], ['${zones of any account any region.0}', 'zone 1'], ['${zones of any account any region.2}', 'zone 3'], ['${zones of a.x}', '${zones of a.x}']])(
  'the zone %s is called %s', (zone, label) => {
    expect(zoneLabel(zone)).toBe(label);
  });

test.each([[['b', 'a'], 'a and b'], [['a'], 'a'], [[], 'no zone']])('the zones %j are written %s', (zones, text) => {
  expect(readableZones(zones)).toBe(text);
});

test('a network of one zone is called so', () => {
  expect(oneZoneOf('Shop/Vpc')).toBe('Shop/Vpc has one zone');
});
