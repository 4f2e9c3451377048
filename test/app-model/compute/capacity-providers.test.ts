import { NETWORK, modelOf } from '../model';

const SERVICE = 'AWS::ECS::Service';
const MANAGED = {
  Type: 'AWS::ECS::CapacityProvider',
  Properties: {
    Name: 'managed',
    ManagedInstancesProvider: { InstanceLaunchTemplate: { NetworkConfiguration: { Subnets: [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }], SecurityGroups: ['sg-managed'] } } },
  },
};

function serviceWith(properties: object, cluster: object = {}) {
  const app = modelOf({
    ...NETWORK,
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: cluster },
    Managed: MANAGED,
    Fleet: { Type: 'AWS::ECS::CapacityProvider', Properties: { Name: 'fleet', AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'Group' } } } },
    Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '2', VPCZoneIdentifier: [{ Ref: 'SubnetA' }] } },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: 'bridge', ContainerDefinitions: [{ Name: 'web' }] } },
    Web: { Type: SERVICE, Properties: { Cluster: { Ref: 'Cluster' }, TaskDefinition: { Ref: 'Task' }, ...properties } },
  });
  const [service] = app.services;
  const [endpoint] = app.endpointsOf(service.resource);
  const instances = service.groups.map(({ resource }) => resource.logicalId);
  return { capacity: service.capacity, instances, groups: endpoint.groups, doubts: endpoint.doubts };
}

const strategy = (...providers: unknown[]) => ({ CapacityProviderStrategy: providers.map((CapacityProvider) => ({ CapacityProvider })) });

test.each<[string, unknown]>([['its resource', { Ref: 'Managed' }], ['its name', 'managed']])('Managed Instances named by %s serve the service with their own groups', (_how, provider) => {
  expect(serviceWith(strategy(provider))).toEqual({ capacity: 'managed-instances', instances: [], groups: ['sg-managed'], doubts: [] });
});

test.each<[string, unknown]>([['its resource', { Ref: 'Fleet' }], ['its name', 'fleet']])('an Auto Scaling group behind a provider named by %s serves the service', (_how, provider) => {
  expect(serviceWith(strategy(provider))).toMatchObject({ capacity: 'ec2', instances: ['Group'] });
});

test.each(['FARGATE', 'FARGATE_SPOT'])('%s has no instances', (provider) => {
  expect(serviceWith(strategy(provider))).toMatchObject({ capacity: 'fargate', instances: [], groups: [] });
});

test('a service without a strategy runs where its cluster says by default', () => {
  const cluster = { CapacityProviders: ['fleet', 'FARGATE'], DefaultCapacityProviderStrategy: [{ CapacityProvider: 'fleet' }] };
  expect(serviceWith({}, cluster)).toMatchObject({ capacity: 'ec2', instances: ['Group'] });
});

test('a service with launch type EC2 runs on the instances of its cluster, whatever is the default', () => {
  const cluster = { CapacityProviders: ['fleet', 'FARGATE'], DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE' }] };
  expect(serviceWith({ LaunchType: 'EC2' }, cluster)).toMatchObject({ capacity: 'ec2', instances: ['Group'] });
});

test('a provider of another app leaves the instances undecided', () => {
  expect(serviceWith(strategy('theirs'))).toMatchObject({ capacity: 'other', doubts: [expect.stringContaining('capacity provider theirs')] });
});
