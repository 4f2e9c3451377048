import { instanceRole, launchSettings } from '../../../src/app-model/compute/instance-profiles';
import { isElsewhere, joinedCluster } from '../../../src/app-model/compute/joined-cluster';
import { modelOf } from '../model';

const OPTIMIZED = '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id';

function groupWith(data: unknown, image: unknown = `{{resolve:ssm:${OPTIMIZED}}}`, more: object = {}) {
  const plain = typeof data === 'object' && data !== null && !('Fn::If' in data) ? { ImageId: image, ...data } : data;
  return modelOf({
    Cluster: { Type: 'AWS::ECS::Cluster' },
    Other: { Type: 'AWS::S3::Bucket' },
    Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: plain } },
    Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } } } },
    ...more,
  }, { Parameters: { Ami: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: OPTIMIZED } } });
}

function joined(data: unknown, image?: unknown) {
  const app = groupWith(data, image);
  const found = joinedCluster(app.model, app.scalingGroups[0]);
  return found?.kind === 'cluster' ? { kind: 'cluster', cluster: found.cluster.logicalId } : found;
}

const script = (...parts: unknown[]) => ({ UserData: { 'Fn::Base64': { 'Fn::Join': ['', parts] } } });

test.each<[string, object, unknown]>([
  ['a reference', script('#!/bin/bash\necho ECS_CLUSTER=', { Ref: 'Cluster' }, ' >> /etc/ecs/ecs.config'), { kind: 'cluster', cluster: 'Cluster' }],
  ['a reference in quotes', script('#!/bin/bash\necho "ECS_CLUSTER=', { Ref: 'Cluster' }, '" >> /etc/ecs/ecs.config'), { kind: 'cluster', cluster: 'Cluster' }],
  ['a reference behind another', script('#!/bin/bash\necho ', { Ref: 'Other' }, '\necho ECS_CLUSTER=', { Ref: 'Cluster' }, '\n'), { kind: 'cluster', cluster: 'Cluster' }],
  ['a reference before another', script('#!/bin/bash\necho ECS_CLUSTER=', { Ref: 'Cluster' }, '\necho ', { Ref: 'Other' }), { kind: 'cluster', cluster: 'Cluster' }],
  ['a name', script('#!/bin/bash\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config'), { kind: 'name', name: 'shop' }],
  ['a name in quotes', script("#!/bin/bash\necho ECS_CLUSTER='shop' >> /etc/ecs/ecs.config"), { kind: 'name', name: 'shop' }],
  ['two names', script('#!/bin/bash\necho ECS_CLUSTER=old\necho ECS_CLUSTER=shop;'), { kind: 'name', name: 'shop' }],
  ['no name', script('#!/bin/bash\necho hello'), { kind: 'default' }],
  ['no user data', {}, { kind: 'default' }],
  ['a variable of the shell', script('#!/bin/bash\necho ECS_CLUSTER=$NAME'), undefined],
  ['what a command says', script('#!/bin/bash\necho ECS_CLUSTER=`name`'), undefined],
  ['nothing behind the sign', script('#!/bin/bash\necho ECS_CLUSTER= '), undefined],
  ['a name around a reference', script('#!/bin/bash\necho ECS_CLUSTER=shop-', { Ref: 'Cluster' }), undefined],
  ['a reference to something else', script('#!/bin/bash\necho ECS_CLUSTER=', { Ref: 'Other' }), undefined],
  ['a parameter', script('#!/bin/bash\necho ECS_CLUSTER=', { Ref: 'Parameter' }), undefined],
  ['a text encoded by hand', { UserData: 'RUNTX0NMVVNURVI9c2hvcA==' }, undefined],
  ['a file from a bucket', script('#!/bin/bash\naws s3 cp s3://shop/config /etc/ecs/ecs.config'), undefined],
  ['another script', script('#!/bin/bash\nsource /opt/join.sh'), undefined],
  ['settings that hang on a condition', { 'Fn::If': ['A', {}, {}] }, undefined],
])('the cluster that instances join by %s', (_how, data, answer) => {
  expect(joined(data)).toEqual(answer);
});

test.each<[string, unknown, boolean]>([
  ['of ECS by its public parameter', `{{resolve:ssm:${OPTIMIZED}}}`, true],
  ['of ECS by the default of a parameter', { Ref: 'Ami' }, true],
  ['of another system of ECS', '{{resolve:ssm:/aws/service/ecs/optimized-ami/windows_server/2022}}', false],
  ['by its id', 'ami-0123', false],
  ['that is not stated', undefined, false],
])('only the agent of an image that is known reads the name: of an image %s', (_which, image, known) => {
  const app = groupWith({ ImageId: image }, image);
  expect(joinedCluster(app.model, app.scalingGroups[0]) !== undefined).toBe(known);
});

test.each<[string, object, Parameters<typeof isElsewhere>[1] | 'cluster' | 'other', boolean]>([
  ['the cluster itself', {}, 'cluster', false],
  ['another cluster', {}, 'other', true],
  ['its name', { ClusterName: 'shop' }, { kind: 'name', name: 'shop' }, false],
  ['another name', { ClusterName: 'shop' }, { kind: 'name', name: 'other' }, true],
  ['a name, where its own is not known', { ClusterName: { Ref: 'Parameter' } }, { kind: 'name', name: 'shop' }, false],
  ['a name, where its own is made up', {}, { kind: 'name', name: 'shop' }, true],
  ['the default', {}, { kind: 'default' }, true],
  ['the default, which it is', { ClusterName: 'default' }, { kind: 'default' }, false],
])('whether instances that join %s are elsewhere', (_what, properties, kind, answer) => {
  const { model } = modelOf({ Cluster: { Type: 'AWS::ECS::Cluster', Properties: properties }, Other: { Type: 'AWS::ECS::Cluster' } });
  const cluster = model.resource('Test/Cluster')!;
  const one = kind === 'cluster' ? cluster : model.resource('Test/Other')!;
  expect(isElsewhere(model, typeof kind === 'string' ? { kind: 'cluster', cluster: one } : kind, cluster)).toBe(answer);
});

const PROFILE = {
  Role: { Type: 'AWS::IAM::Role' },
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'hosts', Roles: [{ Ref: 'Role' }] } },
  Bare: { Type: 'AWS::IAM::InstanceProfile', Properties: {} },
  Odd: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Other' }] } },
};

test.each<[string, unknown, string | undefined]>([
  ['nothing', {}, 'none'],
  ['a profile by its ARN', { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } } }, 'Role'],
  ['a profile by its reference', { IamInstanceProfile: { Name: { Ref: 'Profile' } } }, 'Role'],
  ['a profile by its name', { IamInstanceProfile: { Name: 'hosts' } }, 'Role'],
  ['a profile of another app', { IamInstanceProfile: { Name: 'theirs' } }, undefined],
  ['a profile without a role', { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Bare', 'Arn'] } } }, undefined],
  ['a profile of what is no role', { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Odd', 'Arn'] } } }, undefined],
  ['a profile that is not named', { IamInstanceProfile: {} }, undefined],
  ['what hangs on a condition', { 'Fn::If': ['A', {}, {}] }, undefined],
])('the role of instances whose launch template states %s', (_what, data, answer) => {
  const app = groupWith(data, undefined, PROFILE);
  const role = instanceRole(app.model, app.scalingGroups[0]);
  expect(typeof role === 'object' ? role.logicalId : role).toBe(answer);
});

test.each<[unknown, string | undefined]>([[{ Ref: 'Profile' }, 'Role'], ['hosts', 'Role'], [undefined, 'none'], ['theirs', undefined]])('the role of a launch configuration with %j is %p', (IamInstanceProfile, answer) => {
  const app = modelOf({
    ...PROFILE,
    Launch: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { IamInstanceProfile } },
    Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchConfigurationName: { Ref: 'Launch' } } },
  });
  const role = instanceRole(app.model, app.scalingGroups[0]);
  expect(typeof role === 'object' ? role.logicalId : role).toBe(answer);
});

test('of a group without a launch template the role is not known', () => {
  const app = modelOf({ Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: {} } });
  expect([instanceRole(app.model, app.scalingGroups[0]), joinedCluster(app.model, app.scalingGroups[0])]).toEqual([undefined, undefined]);
});

test('a launch template without data says nothing', () => {
  const { model } = modelOf({ Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: {} } });
  expect(launchSettings(model.resource('Test/Launch')!)).toBeUndefined();
});
