import { NETWORK, modelOf } from '../model';

const TEMPLATE = { LaunchTemplateId: { Ref: 'Launch' }, Version: '1' };
const NAMED = { LaunchTemplateName: { Ref: 'Launch' }, Version: '1' };

function groupWith(properties: object) {
  const app = modelOf({
    ...NETWORK,
    Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { InstanceType: 't3.large', SecurityGroupIds: ['sg-launch'] } } },
    Old: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { InstanceType: 't2.large', SecurityGroups: ['sg-old'] } },
    Topic: { Type: 'AWS::SNS::Topic' },
    Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '2', VPCZoneIdentifier: [{ Ref: 'SubnetA' }], ...properties } },
  });
  const [{ resource, instanceTypes }] = app.scalingGroups;
  return { types: instanceTypes, groups: app.endpointsOf(resource)[0].groups };
}

test.each<[string, object]>([
  ['a launch template', { LaunchTemplate: TEMPLATE }],
  ['a launch template that it names', { LaunchTemplate: NAMED }],
  ['a launch template in a policy', { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: TEMPLATE } } }],
  ['a launch template that a policy names', { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: NAMED } } }],
])('an Auto Scaling group has type and security groups of %s', (_how, properties) => {
  expect(groupWith(properties)).toEqual({ types: ['t3.large'], groups: ['sg-launch'] });
});

test('an Auto Scaling group has type and security groups of a launch configuration', () => {
  expect(groupWith({ LaunchConfigurationName: { Ref: 'Old' } })).toEqual({ types: ['t2.large'], groups: ['sg-old'] });
});

test('the types that a policy lists come before that of its launch template', () => {
  const overrides = [{ InstanceType: 'm7i.large' }, { InstanceType: 'm7a.large' }];
  expect(groupWith({ MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: TEMPLATE, Overrides: overrides } } }).types)
    .toEqual(['m7i.large', 'm7a.large']);
});

test('what launches nothing is no launch template', () => {
  expect(groupWith({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Topic' } } })).toEqual({ types: [], groups: [] });
});
