import { aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2, aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import type { ServiceProps } from '../../src/ecs/define-service';
import { closedSecurityGroup } from '../../src/private/security-group';
import { testCluster, testService, testTask, twoStacks } from '../cluster/builders';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';

const onEc2 = EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium') });

function synthesize(capacity: EcsCapacity, props: Partial<ServiceProps> = {}, stack: Stack = testStack()): Template {
  testService(stack, testCluster(capacity, stack), props);
  return Template.fromStack(stack);
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  const stack = testStack(context);
  const cluster = testCluster(onEc2, stack);
  const taskDefinition = testTask(stack, cluster);
  taskDefinition.addToTaskRolePolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
  taskDefinition.addToExecutionRolePolicy(new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }));
  testService(stack, cluster, {
    taskDefinition, distinctInstances: true, failureThresholdCount: 5, cloudMap: { name: 'web', dnsTtl: Duration.seconds(10) }, enableExecuteCommand: true,
  });
  const template = Template.fromStack(stack);
  const [service] = Object.values(template.findResources('AWS::ECS::Service'));

  test('it runs by capacity provider strategy and never names a launch type', () => {
    expect(service.Properties.CapacityProviderStrategy).toEqual([{ CapacityProvider: { Ref: expect.stringContaining('CapacityProvider') }, Weight: 1 }]);
    expect(service.Properties).not.toHaveProperty('LaunchType');
  });

  test('a failed deployment is rolled back after the given number of failures, and percentages are explicit', () => {
    expect(service.Properties.DeploymentConfiguration).toEqual({
      DeploymentCircuitBreaker: { Enable: true, Rollback: true, ThresholdConfiguration: { Type: 'COUNT', Value: 5 } },
      MaximumPercent: 150,
      MinimumHealthyPercent: 100,
    });
    expect(service.Properties.DeploymentController).toEqual({ Type: 'ECS' });
  });

  test('the desired count is left to scaling; zones are balanced; tasks carry the tags of the service', () => {
    expect(service.Properties).not.toHaveProperty('DesiredCount');
    expect(service.Properties).toMatchObject({ AvailabilityZoneRebalancing: 'ENABLED', EnableECSManagedTags: true, PropagateTags: 'SERVICE' });
  });

  test('tasks are spread over zones first, then instances, one on each', () => {
    expect(service.Properties.PlacementConstraints).toEqual([{ Type: 'distinctInstance' }]);
    expect(service.Properties.PlacementStrategies).toEqual([
      { Type: 'spread', Field: 'attribute:ecs.availability-zone' }, { Type: 'spread', Field: 'instanceId' },
    ]);
  });

  test('tasks have no public address and lie in private subnets', () => {
    const network = service.Properties.NetworkConfiguration.AwsvpcConfiguration;
    expect(network.AssignPublicIp).toBe('DISABLED');
    expect(network.Subnets).toEqual([{ Ref: expect.stringContaining('PrivateSubnet1') }, { Ref: expect.stringContaining('PrivateSubnet2') }]);
  });

  test('it waits for the association, both roles with their policies, and the way out', () => {
    const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
    const rolePolicies = policies.filter((id) => /Task(TaskRole|ExecutionRole)DefaultPolicy/.test(id));
    expect(rolePolicies).toHaveLength(2);
    const [association] = Object.keys(template.findResources('AWS::ECS::ClusterCapacityProviderAssociations'));
    expect(service.DependsOn).toEqual(expect.arrayContaining([association, ...rolePolicies]));
    expect(service.DependsOn.filter((id: string) => id.includes('DefaultRoute'))).toHaveLength(2);
    expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
  });

  test('it registers in the namespace of the cluster', () => {
    template.hasResourceProperties('AWS::ServiceDiscovery::Service', { Name: 'web', DnsConfig: { DnsRecords: [{ TTL: 10, Type: 'A' }] } });
  });
});

test.each([
  ['EC2', onEc2], ['Fargate', EcsCapacity.fargate()], ['Fargate Spot', EcsCapacity.fargateSpot()], ['managed instances', EcsCapacity.managedInstances()],
])('on %s the create-only scheduling strategy is written, so that a change of capacity replaces no service', (_name, capacity) => {
  synthesize(capacity).hasResourceProperties('AWS::ECS::Service', { SchedulingStrategy: 'REPLICA' });
});

test('a database-like service runs once, never twice, and never on Spot', () => {
  synthesize(EcsCapacity.fargateSpot(), {
    desiredCount: 1, minHealthyPercent: 0, maxHealthyPercent: 100, zoneRebalancing: false, interruptible: false,
  }).hasResourceProperties('AWS::ECS::Service', {
    DesiredCount: 1,
    AvailabilityZoneRebalancing: 'DISABLED',
    CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: 1, Weight: 1 }],
    DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100 },
  });
});

test('deployment alarms roll back', () => {
  synthesize(EcsCapacity.fargate(), { deploymentAlarmNames: ['web-errors'] }).hasResourceProperties('AWS::ECS::Service', {
    DeploymentConfiguration: { Alarms: { AlarmNames: ['web-errors'], Enable: true, Rollback: true } },
  });
});

test('alarms that a user adds later are kept', () => {
  const stack = testStack();
  testService(stack, testCluster(EcsCapacity.fargate(), stack)).enableDeploymentAlarms(['own']);
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', { DeploymentConfiguration: { Alarms: { AlarmNames: ['own'], Enable: true } } });
});

describe('across stacks', () => {
  test('a service in another stack than its cluster synthesizes, and its stack follows the cluster\'s', () => {
    const [base, web] = twoStacks();
    testService(web, testCluster(onEc2, base));
    Template.fromStack(web).resourceCountIs('AWS::ECS::Service', 1);
    expect(web.dependencies.map((each) => each.stackName)).toEqual(['Base']);
  });

  test.each([['one stack', false], ['two stacks', true]])('the load balancer reaches a bridge-mode service on the instances\' ports: %s', (_title, apart) => {
    const [base, web] = twoStacks();
    const cluster = testCluster(onEc2, base);
    const target = apart ? web : base;
    const service = testService(target, cluster, { taskDefinition: testTask(target, cluster, { networkMode: ecs.NetworkMode.BRIDGE }) });
    const securityGroup = closedSecurityGroup(target, 'AlbSecurityGroup', cluster.vpc, 'Load balancer');
    const alb = new elbv2.ApplicationLoadBalancer(target, 'Alb', { vpc: cluster.vpc, securityGroup });
    const targetGroup = new elbv2.ApplicationTargetGroup(target, 'Targets', {
      vpc: cluster.vpc, port: 80, targetType: elbv2.TargetType.INSTANCE, targets: [service.loadBalancerTarget({ containerName: 'web' })],
    });
    alb.addListener('Http', { port: 80, open: false, defaultTargetGroups: [targetGroup] });

    const template = Template.fromStack(target);
    for (const [type, ports] of [['Ingress', { FromPort: 32768, ToPort: 65535 }], ['Egress', { FromPort: 32768, ToPort: 65535 }]] as const) {
      template.hasResourceProperties(`AWS::EC2::SecurityGroup${type}`, { IpProtocol: 'tcp', ...ports });
    }
    template.hasResourceProperties('AWS::ECS::Service', { NetworkConfiguration: Match.absent() });
    expect(dependencyCycle(resourcesOf(target))).toBeUndefined();
    expect(base.dependencies.map((each) => each.stackName)).toEqual([]);
  });
});

test.each<[string, Partial<ServiceProps>, RegExp]>([
  ['percentages without room', { minHealthyPercent: 100, maxHealthyPercent: 100, zoneRebalancing: false },
    /minHealthyPercent is 100 and maxHealthyPercent is 100, but must be minHealthyPercent below maxHealthyPercent.*100 and 200/],
  ['zone rebalancing without room', { minHealthyPercent: 0, maxHealthyPercent: 100 }, /maxHealthyPercent is 100 with zone rebalancing, but must be more than 100/],
  ['an awsvpc task without a security group', { securityGroup: undefined }, /no securityGroup in awsvpc mode/],
])('fails for %s', (_title, props, message) => {
  expect(() => synthesize(EcsCapacity.fargate(), props)).toThrow(message);
});
