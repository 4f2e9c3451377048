import { NETWORK, modelOf } from '../model';

const subnet = (properties: object) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.2.0/24', ...properties } });

function addressOf(type: string, properties: object, inSubnet: object = {}): unknown {
  const app = modelOf({ ...NETWORK, Own: subnet(inSubnet), Thing: { Type: type, Properties: properties } });
  return app.endpointsOf(app.model.resource('Test/Thing'))[0].publicAddress;
}

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

test.each([
  ['an application load balancer without a scheme', {}, 'yes'],
  ['an internal application load balancer', { Scheme: 'internal' }, 'no'],
  ['a network load balancer without a scheme', { Type: 'network' }, 'yes'],
  ['an internal network load balancer', { Type: 'network', Scheme: 'internal' }, 'no'],
  ['a load balancer whose scheme is a parameter', { Scheme: { Ref: 'Scheme' } }, 'unknown'],
])('%s has a public address: %s', (_what, properties, answer) => {
  expect(addressOf(BALANCER, properties)).toBe(answer);
});

test.each([
  ['with groups', { Type: 'network', SecurityGroups: ['sg-1'] }, false, ['sg-1']],
  ['without groups', { Type: 'network' }, true, []],
])('a network load balancer %s is filtered by them alone', (_what, properties, unfiltered, groups) => {
  const app = modelOf({ ...NETWORK, Thing: { Type: BALANCER, Properties: { Subnets: [{ Ref: 'SubnetA' }], ...properties } } });
  expect(app.endpoints[0]).toMatchObject({ unfiltered, groups });
});

const INSTANCE = { SubnetId: { Ref: 'Own' } };

test.each<[string, object, object, string]>([
  ['in a subnet that gives them out', INSTANCE, { MapPublicIpOnLaunch: true }, 'yes'],
  ['in a subnet that gives them out, as text', INSTANCE, { MapPublicIpOnLaunch: 'true' }, 'yes'],
  ['in a subnet that does not', INSTANCE, { MapPublicIpOnLaunch: false }, 'no'],
  ['in a subnet that says nothing', INSTANCE, {}, 'no'],
  ['that refuses one', { NetworkInterfaces: [{ SubnetId: { Ref: 'Own' }, AssociatePublicIpAddress: false }] }, { MapPublicIpOnLaunch: true }, 'no'],
  ['that asks for one', { NetworkInterfaces: [{ SubnetId: { Ref: 'Own' }, AssociatePublicIpAddress: true }] }, {}, 'yes'],
  ['in a subnet of another app', { SubnetId: 'subnet-1' }, {}, 'unknown'],
])('an instance %s has a public address: %s', (_what, properties, inSubnet, answer) => {
  expect(addressOf('AWS::EC2::Instance', properties, inSubnet)).toBe(answer);
});
