import { doublesTasks, tasksInDeployment } from '../../../src/app-model/compute/services';
import type { EcsService } from '../../../src/app-model/compute/services';
import { NETWORK, modelOf } from '../model';

type Template = Parameters<typeof modelOf>[0];

function serviceWith(properties: object, more: Template = {}): EcsService {
  return modelOf({
    ...NETWORK,
    Cluster: { Type: 'AWS::ECS::Cluster' },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: 'shop', RequiresCompatibilities: ['FARGATE'] } },
    Web: { Type: 'AWS::ECS::Service', Properties: { Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' }, ...properties } },
    ...more,
  }).services[0];
}

const target = (properties: object, ResourceId: unknown = { 'Fn::Join': ['', ['service/', { Ref: 'Cluster' }, '/', { 'Fn::GetAtt': ['Web', 'Name'] }]] }) => (
  { Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ResourceId, ...properties } } }
);

test.each<[string, object, Template, number | undefined, number | undefined]>([
  ['that states no number', {}, {}, 1, 1],
  ['of three', { DesiredCount: 3 }, {}, 3, 3],
  ['of three, as text', { DesiredCount: '3' }, {}, 3, 3],
  ['of none', { DesiredCount: 0 }, {}, 0, 0],
  ['of a parameter', { DesiredCount: { Ref: 'Parameter' } }, {}, undefined, undefined],
  ['that is scaled', { DesiredCount: 1 }, target({ MinCapacity: 2, MaxCapacity: 6 }), 2, 6],
  ['that is scaled by a parameter', { DesiredCount: 1 }, target({ MinCapacity: { Ref: 'Parameter' }, MaxCapacity: 6 }), undefined, 6],
  ['beside one that is scaled', { DesiredCount: 1 }, target({ MinCapacity: 2, MaxCapacity: 6 }, 'service/a/b'), 1, 1],
])('a service %s has at least and at most so many tasks', (_what, properties, more, least, most) => {
  const { minTasks, maxTasks } = serviceWith(properties, more);
  expect([minTasks, maxTasks]).toEqual([least, most]);
});

test('the scalable target of a service is kept', () => {
  expect(serviceWith({}, target({})).scalableTarget?.logicalId).toBe('Target');
  expect(serviceWith({}).scalableTarget).toBeUndefined();
});

test.each<[object, number, number]>([
  [{}, 100, 200],
  [{ SchedulingStrategy: 'DAEMON' }, 0, 100],
  [{ DeploymentConfiguration: { MinimumHealthyPercent: 50, MaximumPercent: 150 } }, 50, 150],
  [{ SchedulingStrategy: 'DAEMON', DeploymentConfiguration: { MinimumHealthyPercent: 50, MaximumPercent: 150 } }, 50, 150],
])('a service with %j is replaced between %d and %d percent', (properties, least, most) => {
  const { minPercent, maxPercent } = serviceWith(properties);
  expect([minPercent, maxPercent]).toEqual([least, most]);
});

test.each<[object, string, boolean]>([
  [{}, 'ROLLING', false],
  [{ DeploymentController: { Type: 'ECS' } }, 'ROLLING', false],
  [{ DeploymentController: { Type: 'CODE_DEPLOY' } }, 'CODE_DEPLOY', true],
  [{ DeploymentConfiguration: { Strategy: 'BLUE_GREEN' } }, 'BLUE_GREEN', true],
  [{ DeploymentController: { Type: 'CODE_DEPLOY' }, DeploymentConfiguration: { Strategy: 'ROLLING' } }, 'CODE_DEPLOY', true],
])('a service with %j is deployed as %s, and doubled: %p', (properties, deployment, doubled) => {
  const service = serviceWith(properties);
  expect([service.deployment, doublesTasks(service), tasksInDeployment(service, 3)]).toEqual([deployment, doubled, 6]);
});

test('a rolling deployment starts as many tasks as its percentage lets it', () => {
  expect(tasksInDeployment(serviceWith({ DeploymentConfiguration: { MaximumPercent: 150 } }), 3)).toBe(4);
});

test.each<[object, boolean]>([[{ SchedulingStrategy: 'DAEMON' }, true], [{ SchedulingStrategy: 'REPLICA' }, false], [{}, false]])('a service with %j is a daemon: %p', (properties, answer) => {
  expect(serviceWith(properties).daemon).toBe(answer);
});

test.each<[unknown, boolean]>([[[{ Type: 'distinctInstance' }], true], [[{ Type: 'memberOf' }, { Type: 'distinctInstance' }], true], [[{ Type: 'memberOf' }], false], [undefined, false]])(
  'with the placement constraints %j no two tasks share an instance: %p', (PlacementConstraints, answer) => {
    expect(serviceWith({ PlacementConstraints }).distinctInstance).toBe(answer);
  });

test.each<[string, object, string | undefined]>([
  ['its reference', {}, 'Task'],
  ['its family', { TaskDefinition: 'shop' }, 'Task'],
  ['its family and revision', { TaskDefinition: 'shop:3' }, 'Task'],
  ['another family', { TaskDefinition: 'shop:latest' }, undefined],
  ['a parameter', { TaskDefinition: { Ref: 'Parameter' } }, undefined],
])('the task definition of a service by %s', (_how, properties, id) => {
  expect(serviceWith(properties).taskDefinition?.resource.logicalId).toBe(id);
});

test('a family that two task definitions have names none of them', () => {
  const twin = { Twin: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: 'shop' } } };
  expect(serviceWith({ TaskDefinition: 'shop' }, twin).taskDefinition).toBeUndefined();
});

test('the subnets of a service are those of its tasks', () => {
  const subnets = (Subnets: unknown) => serviceWith({ NetworkConfiguration: { AwsvpcConfiguration: { Subnets } } }).subnets.map(({ id }) => id);
  expect(subnets([{ Ref: 'SubnetA' }, 'subnet-1'])).toEqual(['Test/SubnetA', 'subnet-1']);
  expect(subnets({ Ref: 'Parameter' })).toEqual([]);
});

test('rebalancing and launch type are read as they stand', () => {
  expect(serviceWith({ AvailabilityZoneRebalancing: 'ENABLED', LaunchType: 'FARGATE' })).toMatchObject({ rebalancing: 'ENABLED', launchType: 'FARGATE' });
});

const EC2 = { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { RequiresCompatibilities: ['EC2'] } } };
const BOTH = { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { RequiresCompatibilities: ['EC2', 'FARGATE'] } } };
const joining = (cluster: string) => ({
  Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { UserData: { 'Fn::Sub': `echo ECS_CLUSTER=\${${cluster}}` } } } },
  Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } } } },
});

test.each<[string, object, Template, string, string[]]>([
  ['with a task for Fargate alone', {}, {}, 'fargate', []],
  ['with a task for both', {}, BOTH, 'other', []],
  ['with a task for EC2', {}, EC2, 'other', []],
  ['with launch type EC2', { LaunchType: 'EC2' }, EC2, 'ec2', []],
  ['with launch type FARGATE', { LaunchType: 'FARGATE' }, { ...BOTH, ...joining('Cluster') }, 'fargate', []],
  ['whose cluster instances join', {}, { ...EC2, ...joining('Cluster') }, 'ec2', ['Group']],
  ['for Fargate, whose cluster instances join', {}, joining('Cluster'), 'ec2', ['Group']],
  ['beside a cluster that instances join', {}, { ...EC2, ...joining('Task') }, 'other', []],
  ['of a cluster elsewhere', { Cluster: 'theirs' }, { ...EC2, ...joining('Cluster') }, 'other', []],
])('a service %s', (_what, properties, more, capacity, groups) => {
  const service = serviceWith(properties, more);
  expect([service.capacity, service.groups.map(({ resource }) => resource.logicalId)]).toEqual([capacity, groups]);
});

test('a group that is joined and offered is one group', () => {
  const provider = {
    Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Group' } } } },
    Offer: { Type: 'AWS::ECS::ClusterCapacityProviderAssociations', Properties: { Cluster: { Ref: 'Cluster' }, CapacityProviders: [{ Ref: 'Provider' }] } },
  };
  expect(serviceWith({}, { ...EC2, ...joining('Cluster'), ...provider }).groups).toHaveLength(1);
});
