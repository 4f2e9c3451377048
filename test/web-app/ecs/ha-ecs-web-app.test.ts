import { Stack, aws_ecs as ecs } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { circle, containerNamed, only, resources } from './templates';
import { appIn, ec2Capacity, world } from './world';
import type { World } from './world';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { DECLARED_PATH } from '../../../src/private/declared-paths';
import type { HaEcsWebApp } from '../../../src/web-app/ecs/ha-ecs-web-app';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';

interface Case {
  readonly stack: Stack;
  readonly place: World;
  readonly app: HaEcsWebApp;
  readonly template: Template;
}

function build(context: Record<string, unknown>, capacity: EcsCapacity, networkMode?: ecs.NetworkMode): Case {
  const stack = testStack(context);
  const place = world(stack, capacity);
  const app = appIn(place, { database: place.database, task: { networkMode } });
  return { stack, place, app, template: Template.fromStack(stack) };
}

const KINDS: Array<[string, () => EcsCapacity, ecs.NetworkMode | undefined]> = [
  ['EC2 in awsvpc mode', ec2Capacity, undefined],
  ['EC2 in bridge mode', ec2Capacity, ecs.NetworkMode.BRIDGE],
  ['Fargate', () => EcsCapacity.fargate(), undefined],
];

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each(KINDS)('%s', (kind, capacity, networkMode) => {
    const bridged = networkMode === ecs.NetworkMode.BRIDGE;
    const onEc2 = kind !== 'Fargate';
    let here: Case;
    let service: any;
    beforeAll(() => {
      here = build(context, capacity(), networkMode);
      service = only(here.template, 'AWS::ECS::Service');
    });

    test('a failed deployment is rolled back by the circuit breaker', () => {
      expect(service.Properties.DeploymentConfiguration.DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
    });

    test('all tasks stay while they are replaced', () => {
      expect(service.Properties.DeploymentConfiguration).toMatchObject({ MinimumHealthyPercent: 100, MaximumPercent: onEc2 ? 150 : 200 });
    });

    test('the number of tasks is left to scaling', () => {
      expect(service.Properties).not.toHaveProperty('DesiredCount');
    });

    test('no launch type bypasses the capacity provider', () => {
      expect(service.Properties).not.toHaveProperty('LaunchType');
      expect(service.Properties.CapacityProviderStrategy).toHaveLength(1);
    });

    test('tasks move back when a lost zone returns', () => {
      expect(service.Properties.AvailabilityZoneRebalancing).toBe('ENABLED');
    });

    test('placement is said on instances only, the zone first', () => {
      if (onEc2) {
        expect(service.Properties.PlacementConstraints).toEqual([{ Type: 'distinctInstance' }]);
        expect(service.Properties.PlacementStrategies[0]).toEqual({ Field: 'attribute:ecs.availability-zone', Type: 'spread' });
      } else {
        expect(service.Properties).not.toHaveProperty('PlacementConstraints');
        expect(service.Properties).not.toHaveProperty('PlacementStrategies');
      }
    });

    test('2 to 10 tasks keep 70 % CPU, quick to grow and slow to shrink', () => {
      expect(only(here.template, 'AWS::ApplicationAutoScaling::ScalableTarget').Properties).toMatchObject({ MinCapacity: 2, MaxCapacity: 10 });
      expect(only(here.template, 'AWS::ApplicationAutoScaling::ScalingPolicy').Properties.TargetTrackingScalingPolicyConfiguration).toEqual({
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        ScaleInCooldown: 300,
        ScaleOutCooldown: 60,
        TargetValue: 70,
      });
    });

    test('both deployment alarms are given to the service, with rollback', () => {
      const alarms = Object.keys(resources(here.template, 'AWS::CloudWatch::Alarm'));
      expect(alarms).toHaveLength(2);
      expect(service.Properties.DeploymentConfiguration.Alarms).toEqual({
        AlarmNames: expect.arrayContaining(alarms.map((Ref) => ({ Ref }))),
        Enable: true,
        Rollback: true,
      });
    });

    test('deployment alarms watch the load balancer only, and no data is no fault', () => {
      const alarms = resources(here.template, 'AWS::CloudWatch::Alarm');
      expect(JSON.stringify(alarms)).not.toContain('AWS/ECS');
      for (const alarm of Object.values(alarms)) expect(alarm.Properties.TreatMissingData).toBe('notBreaching');
    });

    test('tasks have 2 minutes to start before a failing health check counts', () => {
      expect(service.Properties.HealthCheckGracePeriodSeconds).toBe(120);
    });

    test('the health check asks for /health and wants 200', () => {
      expect(only(here.template, 'AWS::ElasticLoadBalancingV2::TargetGroup').Properties).toMatchObject({
        HealthCheckPath: '/health', Matcher: { HttpCode: '200' }, TargetType: bridged ? 'instance' : 'ip',
      });
    });

    test('the service waits for the listener rule, both roles and the policy that reads secrets', () => {
      const needed = ['AWS::ElasticLoadBalancingV2::ListenerRule', 'AWS::IAM::Role', 'AWS::IAM::Policy']
        .flatMap((type) => Object.keys(resources(here.template, type)))
        .filter((logicalId) => logicalId.startsWith('App'));
      expect(needed.length).toBeGreaterThanOrEqual(4);
      expect(service.DependsOn).toEqual(expect.arrayContaining(needed));
    });

    test('nothing refers to itself in a circle', () => {
      expect(circle(here.template)).toEqual([]);
    });

    test('user and password come from the secret, the address is plain', () => {
      const container = containerNamed(here.template, 'app');
      expect(container.Secrets.map((secret: any) => secret.Name)).toEqual(['DB_USER', 'DB_PASSWORD']);
      expect(container.Environment).toEqual([
        { Name: 'DB_HOST', Value: 'database.internal' }, { Name: 'DB_PORT', Value: '3306' }, { Name: 'DB_NAME', Value: 'shop' },
      ]);
    });

    test('the container ends in its own time, logs without blocking and keeps no zombies', () => {
      expect(containerNamed(here.template, 'app')).toMatchObject({
        Essential: true,
        StopTimeout: 60,
        LinuxParameters: { InitProcessEnabled: true },
        LogConfiguration: { LogDriver: 'awslogs', Options: { 'mode': 'non-blocking', 'awslogs-stream-prefix': 'app' } },
      });
    });

    test('the port is named and known to speak HTTP', () => {
      expect(containerNamed(here.template, 'app').PortMappings).toEqual([
        { AppProtocol: 'http', ContainerPort: 80, Name: 'http', Protocol: 'tcp', ...(bridged ? { HostPort: 0 } : {}) },
      ]);
    });

    test('logs are kept for one month', () => {
      here.template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    });

    test('a container on instances reserves CPU and memory', () => {
      const container = containerNamed(here.template, 'app');
      expect([container.Cpu, container.Memory]).toEqual(onEc2 ? [256, 512] : [undefined, undefined]);
      expect(only(here.template, 'AWS::ECS::TaskDefinition').Properties).toMatchObject({ Cpu: '256', Memory: '512' });
    });

    test('the load balancer reaches the application at its port alone', () => {
      const [from, to] = bridged ? [32768, 65535] : [80, 80];
      const ends = { Description: 'Load balancer to target', FromPort: from, ToPort: to, IpProtocol: 'tcp' };
      here.template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', ends);
      here.template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', ends);
    });

    test('the application reaches the database', () => {
      here.template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupIngress', { FromPort: 3306, ToPort: 3306 }, 1);
      here.template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupEgress', { FromPort: 3306, ToPort: 3306 }, 1);
    });

    test('no security group of the application is open to the outside', () => {
      const egress = Object.values(resources(here.template, 'AWS::EC2::SecurityGroup')).flatMap((group) => group.Properties.SecurityGroupEgress ?? []);
      expect(egress.filter((rule: any) => rule.IpProtocol === '-1')).toEqual([]);
    });

    test('the path from the frontend is declared', () => {
      const declared = here.app.node.metadata.filter((entry) => entry.type === DECLARED_PATH).map((entry) => entry.data);
      const target = bridged ? 'Test/Cluster/Ec2/SecurityGroup' : 'Test/App/SecurityGroup';
      expect(declared).toContainEqual(expect.objectContaining({ source: ['Test/Frontend/SecurityGroup'], target: [target], fromPort: bridged ? 32768 : 80 }));
    });

    test('an application whose numbers fit gets no warning', () => {
      Annotations.fromStack(here.stack).hasNoWarning('/Test/App', Match.anyValue());
    });

    test('tags and public addresses are settled', () => {
      expect(service.Properties).toMatchObject({ EnableECSManagedTags: true, PropagateTags: 'SERVICE' });
      if (!bridged) expect(service.Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe('DISABLED');
      else expect(service.Properties).not.toHaveProperty('NetworkConfiguration');
    });
  });
});

test('without a frontend there are no alarms, no target group and no grace period', () => {
  const stack = testStack();
  const app = appIn(world(stack), { frontend: undefined });
  const template = Template.fromStack(stack);

  template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  expect(app.targetGroup).toBeUndefined();
  expect(only(template, 'AWS::ECS::Service').Properties).not.toHaveProperty('HealthCheckGracePeriodSeconds');
  expect(only(template, 'AWS::ECS::Service').Properties.DeploymentConfiguration).not.toHaveProperty('Alarms');
});
