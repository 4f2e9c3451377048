import type { Endpoint } from '../../../src/app-model/endpoints/endpoint';
import { NETWORK, modelOf } from '../model';

type Template = Parameters<typeof modelOf>[0];

const LAUNCH = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { SecurityGroupIds: ['sg-host'], UserData: { 'Fn::Sub': 'echo ECS_CLUSTER=${Cluster}' } } } };
const group = (subnet: string) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } }, VPCZoneIdentifier: [{ Ref: subnet }] },
});
const HOSTS = { Launch: LAUNCH, Hosts: group('SubnetA') };
const awsvpc = (more: object = {}) => ({ AwsvpcConfiguration: { Subnets: [{ Ref: 'SubnetA' }], SecurityGroups: ['sg-task'], ...more } });

/** The endpoints of `It`, with a task of these settings. */
function of(Type: string, Properties: object, task: object, more: Template = {}): Endpoint[] {
  const app = modelOf({
    ...NETWORK,
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: task },
    It: { Type, Properties },
    ...more,
  });
  return app.endpoints.filter(({ resource }) => resource?.logicalId === 'It');
}

const service = (task: object, properties: object = {}, more: Template = {}) => of('AWS::ECS::Service', { Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' }, ...properties }, task, more);
const AWSVPC = { NetworkMode: 'awsvpc' };
const ports = (...mappings: object[]) => ({ ContainerDefinitions: [{ PortMappings: mappings }] });

test.each<[string, object, object, string]>([
  ['with an interface of its own', AWSVPC, {}, 'no'],
  ['with an address of the internet', AWSVPC, { AssignPublicIp: 'ENABLED' }, 'yes'],
  ['without an address of the internet', AWSVPC, { AssignPublicIp: 'DISABLED' }, 'no'],
])('a service %s', (_what, task, network, publicAddress) => {
  expect(service(task, { NetworkConfiguration: awsvpc(network) })).toEqual([expect.objectContaining({
    id: 'Test/It', label: 'Test/It', kind: 'ECS service', groups: ['sg-task'], publicAddress, aliases: ['Test/Task'], opensConnections: true, doubts: [],
  })]);
});

test('a service of a task definition elsewhere that states a network has interfaces of its own', () => {
  expect(service({}, { TaskDefinition: 'theirs', NetworkConfiguration: awsvpc() })).toEqual([expect.objectContaining({ groups: ['sg-task'], aliases: [], listens: [] })]);
});

test('a service of a task definition elsewhere without a network has a mode that is not known', () => {
  expect(service({}, { TaskDefinition: 'theirs' })).toEqual([expect.objectContaining({
    groups: [], subnets: [], publicAddress: 'unknown', doubts: ['the network mode of Test/It is not known'],
  })]);
});

test('a mode that only the deployment knows is not known', () => {
  expect(service({ NetworkMode: { Ref: 'Parameter' } })[0].doubts).toEqual(['the network mode of Test/It is not known']);
});

test('a task without a network asks nobody', () => {
  expect(service({ NetworkMode: 'none' }, {}, HOSTS)).toEqual([expect.objectContaining({ opensConnections: false, groups: [], doubts: [] })]);
});

test.each([['bridge'], ['host'], [undefined]])('tasks in mode %j have the interfaces of the instances that join their cluster', (NetworkMode) => {
  expect(service({ NetworkMode }, {}, HOSTS)).toEqual([expect.objectContaining({ id: 'Test/It', label: 'Test/It', kind: 'ECS service', groups: ['sg-host'], aliases: ['Test/Task'] })]);
});

test('on several kinds of instances a service is several endpoints', () => {
  const found = service({}, {}, { ...HOSTS, More: group('SubnetB') });
  expect(found.map(({ id, label }) => [id, label])).toEqual([['Test/It', 'Test/It on Test/Hosts'], ['Test/It#1', 'Test/It on Test/More']]);
});

test.each<[string, object, Template, string]>([
  ['its cluster is elsewhere', { Cluster: 'theirs' }, {}, 'the cluster of Test/It is not in any template of this app, so its instances are not known'],
  ['nobody joins its cluster', {}, {}, 'no instance of this app joins cluster Test/Cluster'],
  ['its provider is elsewhere', { CapacityProviderStrategy: [{ CapacityProvider: 'theirs' }] }, {}, 'the instances of capacity provider theirs of Test/It are not in any template of this app'],
  ['its provider is a parameter', { CapacityProviderStrategy: [{ CapacityProvider: { Ref: 'P' } }] }, {}, 'the instances of capacity provider (unknown) of Test/It are not in any template of this app'],
  ['the group of its provider is elsewhere', { CapacityProviderStrategy: [{ CapacityProvider: { Ref: 'Provider' } }] }, { Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: {} } },
    'the instances of capacity provider Test/Provider of Test/It are not in any template of this app'],
])('where %s the interfaces of a service are not known', (_why, properties, more, doubt) => {
  expect(service({}, properties, more)).toEqual([expect.objectContaining({ groups: [], publicAddress: 'unknown', doubts: [doubt] })]);
});

test('the default providers of a cluster serve who states nothing, all of them who asks for EC2', () => {
  const provider = (id: string) => ({ Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: id } } } });
  const cluster = {
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { CapacityProviders: [{ Ref: 'One' }, { Ref: 'Two' }], DefaultCapacityProviderStrategy: [{ CapacityProvider: { Ref: 'One' } }] } },
    Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { SecurityGroupIds: ['sg-host'] } } },
    Hosts: group('SubnetA'),
    More: group('SubnetB'),
    One: provider('Hosts'),
    Two: provider('More'),
  };
  expect(service({}, {}, cluster).map(({ subnets }) => subnets[0].id)).toEqual(['Test/SubnetA']);
  expect(service({}, { LaunchType: 'EC2' }, cluster).map(({ subnets }) => subnets[0].id)).toEqual(['Test/SubnetA', 'Test/SubnetB']);
});

test.each([[true, 'yes'], [false, 'no']])('Managed Instances in a subnet that gives out addresses (%p) have one: %s', (MapPublicIpOnLaunch, publicAddress) => {
  const found = service({}, { CapacityProviderStrategy: [{ CapacityProvider: { Ref: 'Provider' } }] }, {
    SubnetA: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch } },
    Provider: {
      Type: 'AWS::ECS::CapacityProvider',
      Properties: { ManagedInstancesProvider: { InstanceLaunchTemplate: { NetworkConfiguration: { Subnets: [{ Ref: 'SubnetA' }], SecurityGroups: ['sg-managed'] } } } },
    },
  });
  expect(found).toEqual([expect.objectContaining({ groups: ['sg-managed'], publicAddress })]);
});

test.each<[string, object, object[], unknown[]]>([
  ['an interface of its own', AWSVPC, [{ ContainerPort: 80 }, { ContainerPort: '81', Protocol: 'tcp' }], [[80, 80, 80], [81, 81, 81]]],
  ['an interface of its own, by UDP', AWSVPC, [{ ContainerPort: 53, Protocol: 'udp' }], []],
  ['an interface of its own, by a parameter', AWSVPC, [{ ContainerPort: { Ref: 'Parameter' } }], []],
  ['that of the host', { NetworkMode: 'host' }, [{ ContainerPort: 80 }], [[80, 80, 80]]],
  ['a bridge', {}, [{ ContainerPort: 80, HostPort: 8080 }], [[80, 8080, 8080]]],
  ['a bridge, anywhere', {}, [{ ContainerPort: 80 }], [[80, 32768, 60999]]],
  ['a bridge, at port 0', {}, [{ ContainerPort: 80, HostPort: 0 }], [[80, 32768, 60999]]],
])('ports on %s', (_where, task, mappings, expected) => {
  const [endpoint] = service({ ...task, ...ports(...mappings) }, { NetworkConfiguration: awsvpc() });
  expect(endpoint.listens?.map(({ port, ports: { from, to } }) => [port, from, to])).toEqual(expected);
});

const ECS = { TaskDefinitionArn: { Ref: 'Task' } };

test('a rule starts a task for each target that is one', () => {
  const target = { Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, EcsParameters: { ...ECS, NetworkConfiguration: { AwsVpcConfiguration: awsvpc().AwsvpcConfiguration } } };
  expect(of('AWS::Events::Rule', { Targets: [{ Arn: 'x' }, target] }, AWSVPC)).toEqual([
    expect.objectContaining({ id: 'Test/It#target1', kind: 'scheduled ECS task', groups: ['sg-task'], listens: undefined, aliases: ['Test/Task'] }),
  ]);
});

test('a schedule starts a task', () => {
  const target = { Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, EcsParameters: { ...ECS, NetworkConfiguration: awsvpc() } };
  expect(of('AWS::Scheduler::Schedule', { Target: target }, AWSVPC)).toEqual([expect.objectContaining({ id: 'Test/It', kind: 'scheduled ECS task', groups: ['sg-task'] })]);
  expect(of('AWS::Scheduler::Schedule', { Target: { Arn: 'x' } }, AWSVPC)).toEqual([]);
});

test('a schedule for a bridged task runs on the instances of the cluster that is its target', () => {
  const target = { Arn: { 'Fn::GetAtt': ['Cluster', 'Arn'] }, EcsParameters: ECS };
  expect(of('AWS::Scheduler::Schedule', { Target: target }, {}, HOSTS)).toEqual([expect.objectContaining({ groups: ['sg-host'] })]);
});

const step = (inputs: object) => ({ Content: { mainSteps: [{ inputs: {} }, { inputs: { Service: 'ecs', taskDefinition: { Ref: 'Task' }, cluster: { Ref: 'Cluster' }, ...inputs } }] } });
const NETWORK_OF_CALL = { networkConfiguration: { awsvpcConfiguration: { subnets: [{ Ref: 'SubnetB' }], securityGroups: ['sg-run'], assignPublicIp: 'ENABLED' } } };

test.each([['RunTask', 1], ['run_task', 1], ['runTask', 1], ['DescribeTasks', 0], ['StartRunTask', 0]])('a runbook that calls %s starts %d tasks', (Api, count) => {
  expect(of('AWS::SSM::Document', step({ Api, ...NETWORK_OF_CALL }), AWSVPC)).toHaveLength(count);
});

test('a call of another service starts none', () => {
  expect(of('AWS::SSM::Document', step({ Service: 'batch', Api: 'RunTask' }), AWSVPC)).toEqual([]);
});

test('the settings of a task of a runbook are those of its call', () => {
  const [endpoint] = of('AWS::SSM::Document', step({ Api: 'RunTask', ...NETWORK_OF_CALL }), AWSVPC);
  expect([endpoint.id, endpoint.kind, endpoint.groups, endpoint.subnets.map(({ id }) => id), endpoint.publicAddress, endpoint.listens])
    .toEqual(['Test/It#step1', 'ECS task of a runbook', ['sg-run'], ['Test/SubnetB'], 'yes', undefined]);
});

test('a runbook chooses its instances by a strategy', () => {
  const more = { ...HOSTS, Provider: { Type: 'AWS::ECS::CapacityProvider', Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Hosts' } } } } };
  expect(of('AWS::SSM::Document', step({ Api: 'RunTask', cluster: 'theirs', capacityProviderStrategy: [{ capacityProvider: { Ref: 'Provider' } }] }), {}, more)[0].groups).toEqual(['sg-host']);
});
