import { Duration, RemovalPolicy, Stack, aws_cloudwatch as cloudwatch, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, aws_logs as logs } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { containerNamed, only, resources } from './templates';
import { appIn, ec2Capacity, world } from './world';
import { WebAppDeployment } from '../../../src/web-app/deployment/web-app-deployment';
import type { HaEcsWebAppProps } from '../../../src/web-app/ecs/ha-ecs-web-app-props';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';

function templateWith(props: (stack: Stack) => Partial<HaEcsWebAppProps>, context = {}): Template {
  const stack = testStack(context);
  appIn(world(stack), props(stack));
  return Template.fromStack(stack);
}

describe('scaling', () => {
  const policies = (template: Template) => Object.values(resources(template, 'AWS::ApplicationAutoScaling::ScalingPolicy'))
    .map((policy) => policy.Properties.TargetTrackingScalingPolicyConfiguration)
    .map((config) => [config.PredefinedMetricSpecification.PredefinedMetricType, config.TargetValue]);

  test('follows memory and requests, too, when told to', () => {
    const template = templateWith(() => ({ scaling: { cpuTargetPercent: 60, memoryTargetPercent: 80, requestsPerTarget: 500 } }));
    expect(policies(template)).toEqual([['ECSServiceAverageCPUUtilization', 60], ['ECSServiceAverageMemoryUtilization', 80], ['ALBRequestCountPerTarget', 500]]);
  });

  test('takes other pauses', () => {
    const template = templateWith(() => ({ scaling: { scaleOutCooldown: Duration.seconds(30), scaleInCooldown: Duration.seconds(600) } }));
    expect(only(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').Properties.TargetTrackingScalingPolicyConfiguration)
      .toMatchObject({ ScaleOutCooldown: 30, ScaleInCooldown: 600 });
  });

  test('can be extended on the L2', () => {
    const stack = testStack();
    expect(appIn(world(stack)).scaling).toBeInstanceOf(ecs.ScalableTaskCount);
  });
});

describe('deployment alarms', () => {
  const alarmsOf = (template: Template) => only(template, 'AWS::ECS::Service').Properties.DeploymentConfiguration.Alarms;

  test('of the user join ours in one list', () => {
    const template = templateWith((stack) => ({ deployment: WebAppDeployment.rolling({ extraAlarms: [orderAlarm(stack)] }) }));
    expect(alarmsOf(template)).toEqual({
      AlarmNames: ['orders', { Ref: expect.stringMatching(/^AppTargetErrorsAlarm/) }, { Ref: expect.stringMatching(/^AppUnhealthyHostsAlarm/) }],
      Enable: true,
      Rollback: true,
    });
  });

  test('of the user stand alone when ours are turned off', () => {
    const template = templateWith((stack) => ({
      deployment: WebAppDeployment.rolling({ rollBackOnAlarms: false, extraAlarms: [orderAlarm(stack)] }),
    }));
    template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    expect(alarmsOf(template).AlarmNames).toEqual(['orders']);
  });

  test.each(FLAG_CONTEXTS)('leave no trace when there are none: %s', (_name, context) => {
    const template = templateWith(() => ({ deployment: WebAppDeployment.rolling({ rollBackOnAlarms: false }) }), context);
    expect(alarmsOf(template)).toBeUndefined();
  });

  test('forgive unhealthy tasks for as long as they may take to start', () => {
    const template = templateWith(() => ({ routing: { healthCheckGracePeriod: Duration.minutes(5) } }));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'UnHealthyHostCount', EvaluationPeriods: 8, DatapointsToAlarm: 8 });
  });

  function orderAlarm(stack: Stack): cloudwatch.IAlarm {
    return cloudwatch.Alarm.fromAlarmName(stack, 'Orders', 'orders');
  }
});

describe('a task', () => {
  test('has the roles it is given, also such as cannot be changed', () => {
    const template = templateWith((stack) => ({
      task: {
        taskRole: iam.Role.fromRoleName(stack, 'TaskRole', 'lab', { mutable: false }),
        executionRole: iam.Role.fromRoleName(stack, 'ExecutionRole', 'lab', { mutable: false }),
        enableExecuteCommand: true,
      },
    }));
    expect(JSON.stringify(only(template, 'AWS::ECS::TaskDefinition').Properties.ExecutionRoleArn)).toContain(':role/lab');
    expect(Object.keys(resources(template, 'AWS::IAM::Role')).filter((id) => id.startsWith('App'))).toEqual([]);
    expect(Object.keys(resources(template, 'AWS::IAM::Policy')).filter((id) => id.startsWith('App'))).toEqual([]);
  });

  test('cannot be entered unless that is turned on', () => {
    expect(only(templateWith(() => ({})), 'AWS::ECS::Service').Properties.EnableExecuteCommand).toBe(false);
    const template = templateWith(() => ({ task: { enableExecuteCommand: true } }));
    expect(only(template, 'AWS::ECS::Service').Properties.EnableExecuteCommand).toBe(true);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ssmmessages:OpenDataChannel']) })]) },
    });
  });

  test('runs its container as told', () => {
    const template = templateWith(() => ({
      containerPort: 8080,
      task: {
        cpu: 1024,
        memoryMiB: 2048,
        command: ['serve'],
        user: '33:33',
        readonlyRootFilesystem: true,
        stopTimeout: Duration.seconds(90),
        healthCheck: { command: ['CMD', 'true'] },
      },
    }));
    expect(containerNamed(template, 'app')).toMatchObject({
      Command: ['serve'], User: '33:33', ReadonlyRootFilesystem: true, StopTimeout: 90, HealthCheck: { Command: ['CMD', 'true'] },
    });
    expect(only(template, 'AWS::ECS::TaskDefinition').Properties).toMatchObject({ Cpu: '1024', Memory: '2048' });
    expect(only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup').Properties.Port).toBe(8080);
  });

  test('runs in the subnets it is given', () => {
    const template = templateWith(() => ({ task: { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } } }));
    expect(JSON.stringify(only(template, 'AWS::ECS::Service').Properties.NetworkConfiguration)).toContain('PublicSubnet1');
  });
});

describe('logs', () => {
  test('can be named, kept longer, block, and go with the application', () => {
    const template = templateWith(() => ({
      task: { logs: { logGroupName: '/ecs/shop', retention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY, nonBlocking: false } },
    }));
    template.hasResource('AWS::Logs::LogGroup', { Properties: { LogGroupName: '/ecs/shop', RetentionInDays: 365 }, DeletionPolicy: 'Delete' });
    expect(containerNamed(template, 'app').LogConfiguration.Options).toMatchObject({ mode: 'blocking' });
  });

  test('can go to a group that exists', () => {
    const template = templateWith((stack) => ({ task: { logs: { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', 'shared') } } }));
    expect(containerNamed(template, 'app').LogConfiguration.Options['awslogs-group']).toBe('shared');
    expect(Object.keys(resources(template, 'AWS::Logs::LogGroup')).filter((id) => id.startsWith('App'))).toEqual([]);
  });
});

test('the routing reaches target group and rule', () => {
  const template = templateWith(() => ({
    healthCheckPath: '/up',
    routing: {
      hostHeaders: ['shop.example.com'],
      pathPatterns: ['/api/*'],
      priority: 7,
      stickiness: Duration.hours(1),
      deregistrationDelay: Duration.seconds(5),
      healthCheck: { healthyHttpCodes: '200-399', interval: Duration.seconds(20) },
      healthCheckGracePeriod: Duration.seconds(30),
    },
  }));
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', { Priority: 7 });
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    HealthCheckPath: '/up',
    HealthCheckIntervalSeconds: 20,
    Matcher: { HttpCode: '200-399' },
    TargetGroupAttributes: Match.arrayWith([{ Key: 'stickiness.enabled', Value: 'true' }]),
  });
  expect(only(template, 'AWS::ECS::Service').Properties.HealthCheckGracePeriodSeconds).toBe(30);
});

test('the circuit breaker gives up after the failures it is told', () => {
  const template = templateWith(() => ({ deployment: WebAppDeployment.rolling({ failureThreshold: 4 }) }));
  expect(only(template, 'AWS::ECS::Service').Properties.DeploymentConfiguration.DeploymentCircuitBreaker)
    .toMatchObject({ Enable: true, Rollback: true, ThresholdConfiguration: { Type: 'COUNT', Value: 4 } });
});

describe('fails', () => {
  test.each<[string, Partial<HaEcsWebAppProps>, RegExp]>([
    ['for a port of 0', { containerPort: 0 }, /Test\/App: containerPort is 0, but must be a whole number from 1 to 65535/],
    ['for a port above 65535', { containerPort: 70000 }, /containerPort is 70000/],
    ['for half a port', { containerPort: 80.5 }, /containerPort is 80\.5/],
    ['for bridge mode on Fargate', { task: { networkMode: ecs.NetworkMode.BRIDGE } }, /task\.networkMode is 'bridge', .*give the cluster EcsCapacity\.ec2\(\)/],
    ['for host mode', { task: { networkMode: ecs.NetworkMode.HOST } }, /task\.networkMode is 'host'/],
    ['for sizes that Fargate does not have', { task: { cpu: 256, memoryMiB: 4096 } }, /256/],
    ['for a stop time that Fargate does not give', { task: { stopTimeout: Duration.minutes(5) } }, /stopTimeout of app is 300 seconds, but must be 2 to 120 seconds on Fargate/],
    ['for a health check path without a slash', { healthCheckPath: 'health' }, /healthCheckPath is 'health', .*starts with \//],
    ['for two health check paths', { healthCheckPath: '/a', routing: { healthCheck: { path: '/b' } } }, /healthCheckPath is '\/a' and routing\.healthCheck\.path is '\/b'/],
    ['for request scaling without a frontend', { frontend: undefined, scaling: { requestsPerTarget: 100 } }, /requestsPerTarget is set and there is no frontend.*pass frontend/],
    ['for no requests at all', { scaling: { requestsPerTarget: 0 } }, /requestsPerTarget is 0, .*above 0/],
    ['for more than 100 % CPU', { scaling: { cpuTargetPercent: 170 } }, /scaling\.cpuTargetPercent is 170, .*1 to 100/],
    ['for 0 % memory', { scaling: { memoryTargetPercent: 0 } }, /scaling\.memoryTargetPercent is 0/],
    ['for routing without a frontend', { frontend: undefined, routing: { pathPatterns: ['/api/*'] } }, /routing without a frontend/],
  ])('%s', (_name, props, message) => {
    expect(() => appIn(world(testStack()), props)).toThrow(message);
  });

  test('for subnets in bridge mode', () => {
    const task = { networkMode: ecs.NetworkMode.BRIDGE, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } };
    expect(() => appIn(world(testStack(), ec2Capacity()), { task })).toThrow(/task\.vpcSubnets with networkMode 'bridge'/);
  });

  test('for a log group beside what would define one', () => {
    const stack = testStack();
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Logs', 'shared');
    expect(() => appIn(world(stack), { task: { logs: { logGroup, logGroupName: 'other' } } })).toThrow(/task\.logs\.logGroup beside logGroupName/);
  });
});
