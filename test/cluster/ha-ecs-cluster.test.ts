import { App, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_logs as logs, aws_servicediscovery as cloudmap, CfnParameter, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import type { ExistingEc2CapacityOptions } from '../../src/cluster/existing-ec2-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { testCluster, testService, testTask, testVpc } from './builders';

const instanceType = new ec2.InstanceType('t3.medium');

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  const stack = testStack(context);
  testCluster(undefined, stack);
  const template = Template.fromStack(stack);

  test('a cluster has enhanced Container Insights and records ECS Exec sessions for a month', () => {
    const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'RetainExceptOnCreate' }));
    template.hasResourceProperties('AWS::ECS::Cluster', {
      ClusterName: Match.absent(),
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }],
      Configuration: {
        ExecuteCommandConfiguration: {
          Logging: 'OVERRIDE', KmsKeyId: Match.absent(), LogConfiguration: { CloudWatchLogGroupName: { Ref: logGroup }, CloudWatchEncryptionEnabled: false },
        },
      },
    });
  });

  test('no namespace is made until one is needed', () => {
    template.resourceCountIs('AWS::ServiceDiscovery::PrivateDnsNamespace', 0);
  });
});

describe('the namespace', () => {
  test('is made on first use, once, with a short memory for missing names', () => {
    const stack = testStack();
    const cluster = testCluster(undefined, stack, { namespaceName: 'lab.internal' });
    expect(cluster.namespace).toBe(cluster.namespace);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::ServiceDiscovery::PrivateDnsNamespace', 1);
    template.hasResourceProperties('AWS::ServiceDiscovery::PrivateDnsNamespace', {
      Name: 'lab.internal', Properties: { DnsProperties: { SOA: { TTL: 10 } } },
    });
  });

  test('is named after the construct path by default, so that two clusters never share a name', () => {
    const stack = testStack();
    const vpc = testVpc(stack);
    const names = ['First', 'Second'].map((id) => new HaEcsCluster(stack, id, { vpc }).namespace.namespaceName);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]*\.internal$/);
  });

  test('can be an existing one', () => {
    const stack = testStack();
    const namespace = cloudmap.PrivateDnsNamespace.fromPrivateDnsNamespaceAttributes(stack, 'Existing', {
      namespaceArn: 'arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-1', namespaceId: 'ns-1', namespaceName: 'shared.internal',
    });
    expect(testCluster(undefined, stack, { namespace }).namespace).toBe(namespace);
    expect(() => testCluster(undefined, testStack(), { namespace, namespaceName: 'other.internal' }))
      .toThrow(/namespace and namespaceName are both set.*leave namespaceName out/);
  });

  test.each([
    ['pepitoDB', /namespaceName is 'pepitoDB', but must be lower-case letters.*use 'pepitodb'/],
    ['shop_internal', /use 'shop-internal'/],
    ['-shop', /use 'shop'/],
    ['a..b', /labels of up to 63 characters.*use 'a\.b'/],
    ['', /choose a name such as shop\.internal/],
    [`${'a'.repeat(64)}.internal`, new RegExp(`labels of up to 63 characters.*use '${'a'.repeat(63)}\\.internal'`)],
  ])("fails for the name '%s'", (namespaceName, message) => {
    expect(() => testCluster(undefined, testStack(), { namespaceName })).toThrow(message);
  });

  test('fails for a name that another cluster has in the same VPC, as Route 53 would', () => {
    const stack = testStack();
    const vpc = testVpc(stack);
    const [first, second] = ['First', 'Second'].map((id) => new HaEcsCluster(stack, id, { vpc, namespaceName: 'shop.internal' }));
    expect(first.namespace).toBeDefined();
    expect(() => second.namespace).toThrow(/^Test\/Second: namespaceName is 'shop\.internal', which Test\/First has in the same VPC.*share the namespace/);
  });

  test('takes a name that is only known at deployment', () => {
    const stack = testStack();
    const namespaceName = new CfnParameter(stack, 'Name').valueAsString;
    expect(() => testCluster(undefined, stack, { namespaceName }).namespace).not.toThrow();
  });
});

test('Container Insights, the log group and its fate can be chosen', () => {
  const stack = testStack();
  const vpc = testVpc(stack);
  testCluster(undefined, stack, { vpc, removalPolicy: RemovalPolicy.DESTROY });
  new HaEcsCluster(stack, 'Second', {
    vpc, containerInsights: ecs.ContainerInsights.DISABLED, execLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', '/exec'),
  });
  const template = Template.fromStack(stack);
  template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  template.hasResourceProperties('AWS::ECS::Cluster', {
    ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }],
    Configuration: { ExecuteCommandConfiguration: { LogConfiguration: { CloudWatchLogGroupName: '/exec' } } },
  });
});

test('fails for a VPC with one zone', () => {
  const stack = testStack();
  const vpc = new ec2.Vpc(stack, 'Own', { availabilityZones: ['eu-west-1a'] });
  expect(() => testCluster(undefined, stack, { vpc }))
    .toThrow(/Test\/Cluster: vpc spans 1 availability zone\(s\) \(eu-west-1a\), but must be two or more zones/);
});

test('fails for instances in a VPC without private subnets', () => {
  const stack = testStack();
  const vpc = new ec2.Vpc(stack, 'Own', { natGateways: 0, subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }] });
  expect(() => testCluster(EcsCapacity.ec2({ instanceType }), stack, { vpc }))
    .toThrow(/vpc Test\/Own has no private subnets, .*use HaNetwork/);
});

test('an imported VPC whose zones are a list known at deployment only is taken as it is', () => {
  const stack = testStack();
  const zones = Fn.split(',', Fn.importValue('Zones'), 2);
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Imported', {
    vpcId: Fn.importValue('Vpc'), availabilityZones: zones, privateSubnetIds: Fn.split(',', Fn.importValue('Subnets'), 2),
  });
  testCluster(EcsCapacity.ec2({ instanceType }), stack, { vpc });
  Template.fromStack(stack).resourceCountIs('AWS::AutoScaling::AutoScalingGroup', 1);
});

describe('an existing cluster', () => {
  const existingOptions = (stack: Stack, options: Partial<ExistingEc2CapacityOptions> = {}): ExistingEc2CapacityOptions => ({
    capacityProviderName: 'shared-hosts',
    autoScalingGroup: autoscaling.AutoScalingGroup.fromAutoScalingGroupName(stack, 'Asg', 'shared'),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'HostGroup', 'sg-hosts')],
    instanceType,
    minInstances: 2,
    maxInstances: 6,
    ...options,
  });
  const imported = (stack: Stack) => ecs.Cluster.fromClusterArn(stack, 'Existing', 'arn:aws:ecs:eu-west-1:111122223333:cluster/shared');

  test('runs services on its own capacity provider; nothing of it is made again', () => {
    const stack = testStack();
    const cluster = testCluster(EcsCapacity.existingEc2(existingOptions(stack)), stack, { existingCluster: imported(stack) });
    testService(stack, cluster);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ECS::Service', {
      Cluster: 'shared', LaunchType: Match.absent(), CapacityProviderStrategy: [{ CapacityProvider: 'shared-hosts', Weight: 1 }],
    });
    for (const type of ['Cluster', 'CapacityProvider', 'ClusterCapacityProviderAssociations']) template.resourceCountIs(`AWS::ECS::${type}`, 0);
    expect(cluster.capacity).toMatchObject({ instanceType, minInstances: 2, maxInstances: 6 });
  });

  test('lends bridge-mode services the security groups of its instances', () => {
    const stack = testStack();
    const cluster = testCluster(EcsCapacity.existingEc2(existingOptions(stack)), stack, { existingCluster: imported(stack) });
    const service = testService(stack, cluster, { taskDefinition: testTask(stack, cluster, { networkMode: ecs.NetworkMode.BRIDGE }) });
    expect(service.connections.securityGroups.map((group) => group.securityGroupId)).toEqual(['sg-hosts']);
    expect(cluster.connections.securityGroups.map((group) => group.securityGroupId)).toEqual(['sg-hosts']);
  });

  test('runs Fargate services where its Fargate providers are associated already', () => {
    const stack = testStack();
    testService(stack, testCluster(EcsCapacity.fargate(), stack, { existingCluster: imported(stack) }));
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ECS::Service', { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: 1, Weight: 1 }] });
    template.resourceCountIs('AWS::ECS::ClusterCapacityProviderAssociations', 0);
  });

  test('of this app can be given new instances', () => {
    const stack = testStack();
    const vpc = testVpc(stack);
    const own = new ecs.Cluster(stack, 'Own', { vpc });
    expect(testCluster(EcsCapacity.ec2({ instanceType }), stack, { vpc, existingCluster: own }).cluster).toBe(own);
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::ClusterCapacityProviderAssociations', {
      CapacityProviders: [Match.anyValue(), 'FARGATE', 'FARGATE_SPOT'],
    });
  });

  test('fails for new instances on an imported one', () => {
    const stack = testStack();
    expect(() => testCluster(EcsCapacity.ec2({ instanceType }), stack, { existingCluster: imported(stack) }))
      .toThrow(/capacity is EcsCapacity\.ec2\(\) on an imported cluster, .*use EcsCapacity\.existingEc2\(\)/);
  });

  test('fails for settings that belong to a new one', () => {
    const stack = testStack();
    expect(() => testCluster(undefined, stack, { existingCluster: imported(stack), containerInsights: ecs.ContainerInsights.ENABLED }))
      .toThrow(/containerInsights is set together with existingCluster.*set it where the cluster is defined/);
  });

  test.each<[string, Partial<ExistingEc2CapacityOptions>, RegExp]>([
    ['without security groups', { securityGroups: [] }, /EcsCapacity\.existingEc2: securityGroups is empty.*SecurityGroup\.fromSecurityGroupId/],
    ['for a Fargate provider', { capacityProviderName: 'FARGATE' }, /capacityProviderName is 'FARGATE'.*EcsCapacity\.fargate\(\)/],
    ['for numbers out of order', { minInstances: 9 }, /minInstances is 9 and maxInstances is 6/],
  ])('fails %s', (_title, options, message) => {
    expect(() => EcsCapacity.existingEc2(existingOptions(testStack(), options))).toThrow(message);
  });
});

test('two clusters live in one stack', () => {
  const app = new App();
  const stack = new Stack(app, 'Both');
  const vpc = testVpc(stack);
  new HaEcsCluster(stack, 'Web', { vpc, capacity: EcsCapacity.ec2({ instanceType }) });
  new HaEcsCluster(stack, 'Batch', { vpc, capacity: EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t4g.medium') }) });
  Template.fromStack(stack).resourceCountIs('AWS::ECS::Cluster', 2);
});

test('fails for new capacity on a cluster of another stack, which would make the two stacks need each other', () => {
  const app = new App();
  const [base, web] = ['Base', 'Web'].map((id) => new Stack(app, id, { env: { region: 'eu-west-1' } }));
  const vpc = testVpc(base);
  const existingCluster = new ecs.Cluster(base, 'Existing', { vpc });
  expect(() => new HaEcsCluster(web, 'Cluster', { vpc, existingCluster, capacity: EcsCapacity.ec2({ instanceType }) }))
    .toThrow(/^Web\/Cluster: new capacity for the cluster Base\/Existing, which is in another stack.*define this HaEcsCluster in the stack of the cluster/);
  expect(() => new HaEcsCluster(web, 'Serverless', { vpc, existingCluster, capacity: EcsCapacity.fargate() })).not.toThrow();
});
