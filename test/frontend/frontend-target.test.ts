import { Duration, Token, aws_elasticloadbalancingv2 as elbv2, aws_ecs as ecs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { FakeTarget, all, autoScalingGroup, frontendIn, network, only, twoStacks } from './helpers';
import type { FrontendTargetOptions } from '../../src/frontend/alb-frontend';
import { FrontendAccess } from '../../src/frontend/frontend-access';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import { defineTarget } from '../../src/frontend/frontend-target';
import { ListenerPriorities } from '../../src/frontend/listener-priorities';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';

function declared(construct: { node: { findAll(): any[] } }): any[] {
  return construct.node.findAll().flatMap((each) => each.node.metadata).filter((entry) => entry.type === 'cdk-ha-ecs:declared-path')
    .map((entry) => entry.data);
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe('a target', () => {
    let template: Template;
    let paths: any[];
    beforeAll(() => {
      const stack = testStack(context);
      const vpc = network(stack);
      const frontend = frontendIn(stack, { vpc });
      frontend.addTarget(stack, 'Target', { vpc, port: 8080, targets: [new FakeTarget(stack, vpc)], pathPatterns: ['/api/*'] });
      template = Template.fromStack(stack);
      paths = declared(stack);
    });

    test('has a target group with every setting explicit, and no name', () => {
      expect(only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject({
        Port: 8080,
        Protocol: 'HTTP',
        TargetType: 'ip',
        HealthCheckPath: '/health',
        HealthCheckProtocol: 'HTTP',
        HealthCheckIntervalSeconds: 15,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 3,
        Matcher: { HttpCode: '200' },
        TargetGroupAttributes: [
          { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
          { Key: 'slow_start.duration_seconds', Value: '0' },
          { Key: 'stickiness.enabled', Value: 'false' },
          { Key: 'load_balancing.algorithm.type', Value: 'round_robin' },
        ],
      });
      template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Name: Match.absent() });
    });

    test('gets its traffic by a rule for the name of the frontend', () => {
      expect(only(template, 'AWS::ElasticLoadBalancingV2::ListenerRule').Conditions).toEqual([
        { Field: 'host-header', HostHeaderConfig: { Values: ['app.example.com'] } },
        { Field: 'path-pattern', PathPatternConfig: { Values: ['/api/*'] } },
      ]);
    });

    test('is the only thing the load balancer may reach', () => {
      const pair = { FromPort: 8080, ToPort: 8080, IpProtocol: 'tcp' };
      expect(only(template, 'AWS::EC2::SecurityGroupEgress')).toMatchObject({
        ...pair,
        GroupId: { 'Fn::GetAtt': [expect.stringMatching(/^FrontendSecurityGroup/), 'GroupId'] },
        DestinationSecurityGroupId: { 'Fn::GetAtt': [expect.stringMatching(/^TargetGroupSecurity/), 'GroupId'] },
      });
      expect(only(template, 'AWS::EC2::SecurityGroupIngress')).toMatchObject({
        ...pair, GroupId: { 'Fn::GetAtt': [expect.stringMatching(/^TargetGroupSecurity/), 'GroupId'] },
      });
    });

    test('is declared as a way from the load balancer', () => {
      expect(paths).toContainEqual({
        source: ['Test/Frontend/SecurityGroup'], target: ['Test/TargetGroupSecurity'], fromPort: 8080, toPort: 8080, why: 'Load balancer to target',
      });
    });
  });

  test('settings of a target are the user’s', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    frontendIn(stack, { vpc }).addTarget(stack, 'Target', {
      vpc,
      port: 80,
      targets: [],
      hostHeaders: ['Shop.example.com'],
      priority: 7,
      deregistrationDelay: Duration.seconds(5),
      slowStart: Duration.seconds(60),
      stickinessCookieDuration: Duration.hours(1),
      healthCheck: {
        path: '/',
        healthyHttpCodes: '200-399',
        interval: Duration.seconds(30),
        timeout: Duration.seconds(10),
        healthyThresholdCount: 5,
        unhealthyThresholdCount: 2,
      },
    });
    const template = Template.fromStack(stack);
    const group = only(template, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(group).toMatchObject({
      HealthCheckPath: '/',
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 10,
      HealthyThresholdCount: 5,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200-399' },
    });
    expect(Object.fromEntries(group.TargetGroupAttributes.map((entry: any) => [entry.Key, entry.Value]))).toMatchObject({
      'deregistration_delay.timeout_seconds': '5',
      'slow_start.duration_seconds': '60',
      'stickiness.enabled': 'true',
      'stickiness.type': 'lb_cookie',
      'stickiness.lb_cookie.duration_seconds': '3600',
    });
    expect(only(template, 'AWS::ElasticLoadBalancingV2::ListenerRule')).toMatchObject({
      Priority: 7, Conditions: [{ HostHeaderConfig: { Values: ['shop.example.com'] } }],
    });
  });

  test('several applications share one frontend, and adding one leaves the others as they are', () => {
    const priorities = ['/api/*', '/admin/*', '/static/*'].map((_path, count, list) => {
      const stack = testStack(context);
      const vpc = network(stack);
      const frontend = frontendIn(stack, { vpc });
      list.slice(0, count + 1).reverse().forEach((path) => {
        frontend.addTarget(stack, `App${path.slice(1, -2)}`, { vpc, port: 80, targets: [], pathPatterns: [path] });
      });
      return Object.fromEntries(all(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::ListenerRule')
        .map((rule) => [rule.Conditions[1].PathPatternConfig.Values[0], rule.Priority]));
    });
    expect(priorities[2]).toMatchObject(priorities[1]);
    expect(priorities[1]).toMatchObject(priorities[0]);
  });

  test('an Auto Scaling group is a target by instance', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    frontendIn(stack, { vpc }).addTarget(stack, 'Target', {
      vpc, port: 80, targets: [autoScalingGroup(stack, vpc)], targetKind: elbv2.TargetType.INSTANCE,
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'instance' });
    template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', { TargetGroupARNs: [{ Ref: Match.stringLikeRegexp('^TargetTargetGroup') }] });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 80, Description: 'Load balancer to target' });
    expect(declared(stack)).toContainEqual(expect.objectContaining({ target: ['Test/GroupSecurity'], fromPort: 80 }));
  });

  test('an alternate target group shares the rule, without traffic', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    const target = frontendIn(stack, { vpc }).addTarget(stack, 'Target', { vpc, port: 80, targets: [], alternateTargetGroup: true });
    expect(target.alternateTargetGroup?.node.path).toBe('Test/Target/AlternateTargetGroup');
    expect(only(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::ListenerRule').Actions[0].ForwardConfig.TargetGroups).toEqual([
      { TargetGroupArn: { Ref: expect.stringMatching(/^TargetTargetGroup/) }, Weight: 100 },
      { TargetGroupArn: { Ref: expect.stringMatching(/^TargetAlternateTargetGroup/) }, Weight: 0 },
    ]);
  });

  describe('an application in another stack than the frontend', () => {
    let sharedTemplate: Template;
    let appTemplate: Template;
    beforeAll(() => {
      const { shared, app } = twoStacks(context);
      const vpc = network(shared);
      const frontend = frontendIn(shared, { vpc, access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }) });
      const task = new ecs.FargateTaskDefinition(app, 'Task');
      task.addContainer('web', { image: ecs.ContainerImage.fromRegistry('nginx:1.27'), portMappings: [{ containerPort: 80 }] });
      const service = new ecs.FargateService(app, 'Service', { cluster: new ecs.Cluster(app, 'Cluster', { vpc }), taskDefinition: task });
      const target = frontend.addTarget(app, 'Target', {
        vpc, port: 80, targets: [service.loadBalancerTarget({ containerName: 'web', containerPort: 80 })],
      });
      target.targetGroup.metrics.requestCount();
      [sharedTemplate, appTemplate] = [Template.fromStack(shared), Template.fromStack(app)];
    });

    test('holds target group, rule and both rules of the security groups itself', () => {
      for (const type of ['TargetGroup', 'ListenerRule']) {
        appTemplate.resourceCountIs(`AWS::ElasticLoadBalancingV2::${type}`, 1);
        sharedTemplate.resourceCountIs(`AWS::ElasticLoadBalancingV2::${type}`, 0);
      }
      appTemplate.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
      appTemplate.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
      sharedTemplate.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
    });

    test('leaves the load balancer closed while it is not deployed', () => {
      expect(only(sharedTemplate, 'AWS::EC2::SecurityGroup').SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
    });

    test('has a service that waits for its rule', () => {
      appTemplate.hasResource('AWS::ECS::Service', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^TargetRule')]) });
    });
  });

  test('a frontend that needs an application, while the application needs the frontend, is no cycle', () => {
    const { shared, app } = twoStacks(context);
    const vpc = network(shared);
    const frontend = frontendIn(shared, { vpc });
    const group = autoScalingGroup(app, vpc);
    frontend.addTarget(app, 'Target', { vpc, port: 80, targets: [group], targetKind: elbv2.TargetType.INSTANCE });
    group.addUserData(`echo ${frontend.url} ${frontend.loadBalancer.loadBalancerDnsName}`);
    expect(dependencyCycle(resourcesOf(shared))).toBeUndefined();
    expect(dependencyCycle(resourcesOf(app))).toBeUndefined();
  });

  test('frontend and application in one stack are no cycle either', () => {
    const stack = testStack(context);
    const vpc = network(stack);
    const frontend = frontendIn(stack, { vpc });
    const group = autoScalingGroup(stack, vpc);
    frontend.addTarget(stack, 'Target', { vpc, port: 80, targets: [group], targetKind: elbv2.TargetType.INSTANCE });
    group.addUserData(`echo ${frontend.url} ${frontend.loadBalancer.loadBalancerDnsName}`);
    expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
  });

  test('a host name that is a token has a place that does not depend on what came before', () => {
    const priority = (dummies: number) => {
      const stack = testStack(context);
      const vpc = network(stack);
      for (let index = 0; index < dummies; index++) { Token.asString({ Ref: `Other${index}` }); }
      frontendIn(stack, { vpc }).addTarget(stack, 'Target', { vpc, port: 80, targets: [], hostHeaders: [Token.asString({ Ref: 'Host' })] });
      return only(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::ListenerRule').Priority;
    };
    expect(priority(5)).toBe(priority(0));
  });
});

describe('bad input', () => {
  function adding(options: Partial<FrontendTargetOptions>): () => void {
    const stack = testStack();
    const vpc = network(stack);
    const frontend = frontendIn(stack, { vpc });
    return () => frontend.addTarget(stack, 'Target', { vpc, port: 80, targets: [], ...options });
  }

  test.each([
    [{ port: 0 }, /^Test\/Target: port is 0, but must be a whole number from 1 to 65535/],
    [{ port: 80.5 }, /port is 80\.5/],
    [{ deregistrationDelay: Duration.hours(2) }, /deregistrationDelay is 7200 seconds, but must be 0 to 3600/],
    [{ slowStart: Duration.seconds(10) }, /slowStart is 10 seconds, but must be 0 seconds, or 30 to 900.*leave slowStart out/],
    [{ stickinessCookieDuration: Duration.days(8) }, /stickinessCookieDuration is 691200 seconds/],
    [{ healthCheck: { interval: Duration.seconds(4), timeout: Duration.seconds(2) } }, /healthCheck\.interval is 4 seconds, but must be 5 to 300/],
    [{ healthCheck: { timeout: Duration.seconds(1) } }, /healthCheck\.timeout is 1 seconds, but must be 2 to 120/],
    [{ healthCheck: { timeout: Duration.seconds(20) } }, /healthCheck\.timeout is 20 seconds with an interval of 15 seconds.*make the interval longer/],
    [{ healthCheck: { healthyThresholdCount: 1 } }, /healthyThresholdCount is 1, but must be a whole number from 2 to 10/],
    [{ healthCheck: { unhealthyThresholdCount: 11 } }, /unhealthyThresholdCount is 11/],
    [{ healthCheck: { path: 'health' } }, /healthCheck\.path is 'health'.*write '\/health'/],
    [{ hostHeaders: ['https://app.example.com'] }, /hostHeaders has 'https:\/\/app\.example\.com'.*without https:\/\//],
    [{ pathPatterns: ['api/*'] }, /pathPatterns has 'api\/\*'.*such as \/api\/\*/],
    [{ pathPatterns: [`/${'a'.repeat(128)}`] }, /at most 128 characters/],
    [{ hostHeaders: Token.asList({ Ref: 'Hosts' }) }, /hostHeaders is a token.*give an array/],
    [{ priority: 1000 }, /priority is 1000, but must be a whole number from 1 to 999/],
    [{ hostHeaders: ['a.b', 'c.d', 'e.f'], pathPatterns: ['/1', '/2', '/3'] }, /3 host names, 3 paths and 0 header values, 6 in all.*at most 5.*addTarget twice/],
  ] as [Partial<FrontendTargetOptions>, RegExp][])('fails for %j', (options, message) => {
    expect(adding(options)).toThrow(message);
  });

  test('the header of CloudFront counts among the five values', () => {
    const stack = testStack();
    const vpc = network(stack);
    const frontend = frontendIn(stack, { vpc, access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }) });
    expect(() => frontend.addTarget(stack, 'Target', { vpc, port: 80, targets: [], pathPatterns: ['/1', '/2', '/3', '/4'] }))
      .toThrow(/1 host names, 4 paths and 1 header values, 6 in all/);
  });

  test('without host names and paths, the condition for every path counts among the five values', () => {
    const stack = testStack();
    const vpc = network(stack);
    const frontend = frontendIn(stack, { vpc });
    const accepted = ['A', 'B', 'C', 'D', 'E'].map((id) => new secretsmanager.Secret(stack, id));
    const add = (id: string, secrets: secretsmanager.ISecret[]) => () => defineTarget({
      listenerAt: () => frontend.listener, names: [], header: { name: 'X-Origin-Verify', accepted: secrets }, priorities: new ListenerPriorities(),
    }, stack, id, { vpc, port: 80, targets: [], hostHeaders: [] });
    expect(add('Five', accepted.slice(1))).not.toThrow();
    expect(add('Six', accepted)).toThrow(/0 host names, 0 paths and 5 header values, 6 in all/);
  });

  test('fails for two applications with the same conditions, naming both', () => {
    const stack = testStack();
    const vpc = network(stack);
    const frontend = frontendIn(stack, { vpc, domain: FrontendDomain.httpOnly('a test') });
    frontend.addTarget(stack, 'Shop', { vpc, port: 80, targets: [] });
    expect(() => frontend.addTarget(stack, 'Blog', { vpc, port: 80, targets: [], pathPatterns: ['/*'] }))
      .toThrow(/^Test\/Blog: conditions \(any host; every path\) are those of Test\/Shop/);
  });

  test('tokens pass', () => {
    expect(adding({
      port: Token.asNumber({ Ref: 'Port' }),
      hostHeaders: [Token.asString({ Ref: 'Host' })],
      pathPatterns: [Token.asString({ Ref: 'Path' })],
      healthCheck: { path: Token.asString({ Ref: 'Health' }), interval: Duration.seconds(Token.asNumber({ Ref: 'Interval' })) },
    })).not.toThrow();
  });
});
