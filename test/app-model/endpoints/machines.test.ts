import { NETWORK, modelOf } from '../model';

type Template = Parameters<typeof modelOf>[0];

const endpointsOf = (more: Template) => modelOf({ ...NETWORK, Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' } } }, ...more }).endpoints;
const launch = (data: object) => ({ Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: data } });
const GROUP = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } }, VPCZoneIdentifier: [{ Ref: 'SubnetA' }] } };

test.each<[string, object, string[]]>([
  ['by its ids', { SecurityGroupIds: [{ Ref: 'Group' }] }, ['Test/Group']],
  ['by its names', { SecurityGroups: ['sg-1'] }, ['sg-1']],
  ['on its interface', { NetworkInterfaces: [{ Groups: ['sg-1'] }, { Groups: ['sg-2'] }] }, ['sg-1']],
  ['on its interface, as EC2 calls them', { NetworkInterfaces: [{ GroupSet: ['sg-1'] }] }, ['sg-1']],
  ['nowhere', {}, ['Test/Vpc.DefaultSecurityGroup']],
])('the groups that a launch template states %s are those of the instances', (_where, data, groups) => {
  expect(endpointsOf({ Launch: launch(data), Fleet: GROUP })).toEqual([expect.objectContaining({
    id: 'Test/Fleet', kind: 'Auto Scaling group', groups, aliases: ['Test/Launch'], doubts: [], vpc: 'Test/Vpc', opensConnections: true, listens: [],
  })]);
});

test('a launch template that nobody uses is an endpoint of its own', () => {
  expect(endpointsOf({ Launch: launch({ SecurityGroupIds: ['sg-1'] }) })).toEqual([expect.objectContaining({ id: 'Test/Launch', kind: 'launch template', groups: ['sg-1'], aliases: [] })]);
});

test('a group with a launch template elsewhere has interfaces that are not known', () => {
  const fleet = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: 'lt-1' }, VPCZoneIdentifier: [{ Ref: 'SubnetA' }] } };
  expect(endpointsOf({ Fleet: fleet })).toEqual([expect.objectContaining({ groups: [], doubts: ['the launch template of Test/Fleet is not in any template of this app'] })]);
});

test.each<[string, object, string[], string[]]>([
  ['in its subnet', { SubnetId: { Ref: 'SubnetA' }, SecurityGroupIds: ['sg-1'] }, ['sg-1'], ['Test/SubnetA']],
  ['in the subnet of its interface', { NetworkInterfaces: [{ SubnetId: { Ref: 'SubnetB' }, GroupSet: ['sg-1'] }] }, ['sg-1'], ['Test/SubnetB']],
  ['with the groups of its launch template', { SubnetId: { Ref: 'SubnetA' }, LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } } }, ['sg-launch'], ['Test/SubnetA']],
  ['with groups of its own beside a launch template', { SubnetId: { Ref: 'SubnetA' }, SecurityGroupIds: ['sg-1'], LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } } }, ['sg-1'], ['Test/SubnetA']],
  ['with the default group of its VPC', { SubnetId: { Ref: 'SubnetA' } }, ['Test/Vpc.DefaultSecurityGroup'], ['Test/SubnetA']],
])('an instance %s', (_what, properties, groups, subnets) => {
  const found = endpointsOf({ Launch: launch({ SecurityGroupIds: ['sg-launch'] }), One: { Type: 'AWS::EC2::Instance', Properties: properties } });
  const one = found.find(({ id }) => id === 'Test/One')!;
  expect([one.kind, one.groups, one.subnets.map(({ id }) => id)]).toEqual(['EC2 instance', groups, subnets]);
});

test.each<[string, object, string]>([
  ['asked for', { NetworkInterfaces: [{ AssociatePublicIpAddress: 'true', Groups: ['sg-1'] }] }, 'yes'],
  ['refused', { NetworkInterfaces: [{ AssociatePublicIpAddress: 'false', Groups: ['sg-1'] }] }, 'no'],
  ['a parameter', { NetworkInterfaces: [{ AssociatePublicIpAddress: { Ref: 'P' }, Groups: ['sg-1'] }] }, 'no'],
  ['left to the subnet', { SecurityGroupIds: ['sg-1'] }, 'no'],
])('whether instances have an address of the internet that their launch template has %s', (_what, data, answer) => {
  expect(endpointsOf({ Launch: launch(data), Fleet: GROUP })[0].publicAddress).toBe(answer);
});

test('a launch configuration asks for an address itself', () => {
  const old = { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { AssociatePublicIpAddress: true, SecurityGroups: ['sg-1'] } };
  const fleet = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchConfigurationName: { Ref: 'Old' }, VPCZoneIdentifier: [{ Ref: 'SubnetA' }] } };
  expect(endpointsOf({ Old: old, Fleet: fleet })).toEqual([expect.objectContaining({ publicAddress: 'yes', groups: ['sg-1'], aliases: ['Test/Old'] })]);
});
