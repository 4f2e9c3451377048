import { App, CfnParameter, Duration, Lazy, Stack, Validations, aws_cloudwatch as cloudwatch, aws_ecs as ecs, aws_iam as iam, aws_lambda as lambda } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { FrontendAccess } from '../../../src/frontend/frontend-access';
import type { TrafficShiftOptions } from '../../../src/web-app/deployment/traffic-shift-options';
import { WebAppDeployment } from '../../../src/web-app/deployment/web-app-deployment';
import type { HaEcsWebApp } from '../../../src/web-app/ecs/ha-ecs-web-app';
import type { HaEcsWebAppProps } from '../../../src/web-app/ecs/ha-ecs-web-app-props';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';
import { findings } from '../../nag-report';
import { circle, only, resources } from '../ecs/templates';
import type { World } from '../ecs/world';
import { IMAGE, appIn, ec2Capacity, world } from '../ecs/world';

const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

const KINDS: Array<[string, (options?: TrafficShiftOptions) => WebAppDeployment, object]> = [
  ['BLUE_GREEN', (options) => WebAppDeployment.blueGreen(options), {}],
  ['CANARY', (options) => WebAppDeployment.canary(options), { CanaryConfiguration: { CanaryPercent: 5, CanaryBakeTimeInMinutes: 10 } }],
  ['LINEAR', (options) => WebAppDeployment.linear(options), { LinearConfiguration: { StepPercent: 10, StepBakeTimeInMinutes: 6 } }],
];

const blueGreen = (options: TrafficShiftOptions = {}, props: Partial<HaEcsWebAppProps> = {}) => (
  { ...props, deployment: WebAppDeployment.blueGreen(options) });

/** The template of an application with the props; the stack is its own. */
function templateWith(build: (place: World) => Partial<HaEcsWebAppProps>, context: Record<string, unknown> = {}): Template {
  const stack = testStack(context);
  const place = world(stack);
  appIn(place, build(place));
  return Template.fromStack(stack);
}

function deploymentOf(template: Template): any {
  return only(template, 'AWS::ECS::Service').Properties.DeploymentConfiguration;
}

function advanced(template: Template): any {
  return only(template, 'AWS::ECS::Service').Properties.LoadBalancers[0].AdvancedConfiguration;
}

/** The rules of the application by the last part of their path. */
function ruleOf(template: Template, part = 'TargetRule'): any {
  return Object.entries(resources(template, RULE)).find(([id]) => id.startsWith(`App${part}`))?.[1].Properties;
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each(KINDS)('%s', (strategy, deployment, details) => {
    const template = templateWith(() => ({ deployment: deployment() }), context);

    test('is asked of ECS with every time and share explicit', () => {
      expect(deploymentOf(template)).toMatchObject({ Strategy: strategy, BakeTimeInMinutes: 10, ...details });
    });

    test('keeps all old tasks beside all new ones', () => {
      expect(deploymentOf(template)).toMatchObject({ MinimumHealthyPercent: 100, MaximumPercent: 200 });
    });

    test('has the circuit breaker with rollback', () => {
      expect(deploymentOf(template).DeploymentCircuitBreaker).toEqual({ Enable: true, Rollback: true });
    });

    test('has two target groups that are alike', () => {
      const [one, other] = Object.values(resources(template, GROUP)).map((group) => group.Properties);
      expect(one).toEqual(other);
    });

    test('has both groups in the production rule, all traffic on the one that tasks are registered in', () => {
      const [action] = ruleOf(template).Actions;
      const { TargetGroupArn } = only(template, 'AWS::ECS::Service').Properties.LoadBalancers[0];
      expect(action.ForwardConfig.TargetGroups).toEqual([
        { TargetGroupArn, Weight: 100 }, { TargetGroupArn: advanced(template).AlternateTargetGroupArn, Weight: 0 },
      ]);
    });

    test('tells ECS the rule to work on', () => {
      const [id] = Object.keys(resources(template, RULE)).filter((each) => each.startsWith('AppTarget'));
      expect(advanced(template)).toEqual({
        AlternateTargetGroupArn: { Ref: expect.stringMatching(/^AppTargetAlternateTargetGroup/) },
        ProductionListenerRule: { Ref: id },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^AppInfrastructureRole/), 'Arn'] },
      });
    });

    test('is rolled back by alarms on either group', () => {
      const alarms = resources(template, 'AWS::CloudWatch::Alarm');
      const watched = (group: string) => Object.values(alarms).filter((alarm) => JSON.stringify(alarm).includes(group)).length;
      expect(Object.keys(resources(template, GROUP)).map(watched)).toEqual([2, 2]);
      expect(deploymentOf(template).Alarms.AlarmNames).toHaveLength(4);
    });

    test('opens one way from the load balancer to the tasks, for both groups', () => {
      const ways = Object.values(resources(template, 'AWS::EC2::SecurityGroupIngress')).filter((rule) => rule.Properties.FromPort === 80);
      expect(ways).toHaveLength(1);
    });

    test('refers to nothing in a circle', () => expect(circle(template)).toEqual([]));
  });

  test.each([['Fargate', undefined], ['EC2', ec2Capacity(20)]])('on %s every part can be in a stack of its own', (_kind, capacity) => {
    const app = new App({ context });
    const [network, compute, data, edge, web] = ['Network', 'Cluster', 'Data', 'Edge', 'App'].map((name) => new Stack(app, name, { env: { region: 'eu-west-1' } }));
    const place = world({ network, compute, data, edge, app: web }, capacity);
    appIn(place, blueGreen({ testListener: place.frontend.addTestListener() }, { database: place.database, scaling: { requestsPerTarget: 500 } }));

    expect([network, compute, data, edge, web].flatMap((stack) => circle(Template.fromStack(stack)))).toEqual([]);
    const template = Template.fromStack(web);
    template.resourceCountIs(GROUP, 2);
    template.resourceCountIs(RULE, 2);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 4);
  });

  test('AwsSolutions finds nothing in the application', () => {
    const found = findings((app) => {
      const place = world(new Stack(app, 'Test', { env: { region: 'eu-west-1' } }));
      appIn(place, blueGreen({ testListener: place.frontend.addTestListener({ access: FrontendAccess.internet() }) }));
    }, (app) => [new AwsSolutionsChecks(app)], context);
    expect(found.filter(({ path }) => /^Test\/(App|Frontend)\//.test(path))).toEqual([]);
  });
});

test('times and shares are the user’s', () => {
  const template = templateWith(() => ({
    deployment: WebAppDeployment.canary({
      bakeTime: Duration.minutes(30), canaryPercent: 12.5, canaryBakeTime: Duration.hours(1), failureThreshold: 4, rollBackOnAlarms: false,
    }),
  }));
  expect(deploymentOf(template)).toMatchObject({
    BakeTimeInMinutes: 30,
    CanaryConfiguration: { CanaryPercent: 12.5, CanaryBakeTimeInMinutes: 60 },
    DeploymentCircuitBreaker: { ThresholdConfiguration: { Type: 'COUNT', Value: 4 } },
  });
  template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
});

test('further alarms count beside those on the groups', () => {
  const template = templateWith(({ app }) => blueGreen({ extraAlarms: [cloudwatch.Alarm.fromAlarmArn(app, 'Extra', 'arn:aws:cloudwatch:eu-west-1:1:alarm:extra')] }));
  expect(deploymentOf(template).Alarms.AlarmNames).toEqual(expect.arrayContaining(['extra']));
  expect(deploymentOf(template).Alarms.AlarmNames).toHaveLength(5);
});

test('the second target group is an attribute', () => {
  const stack = testStack();
  expect(appIn(world(stack), blueGreen()).alternateTargetGroup?.node.path).toBe('Test/App/Target/AlternateTargetGroup');
});

describe('the role by which ECS changes rules', () => {
  test('is for ECS alone, with the policy AWS has for this', () => {
    const role = Object.entries(resources(templateWith(() => blueGreen()), 'AWS::IAM::Role')).find(([id]) => id.startsWith('AppInfrastructureRole'))![1].Properties;
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' } }]);
    expect(JSON.stringify(role.ManagedPolicyArns)).toContain('AmazonECSInfrastructureRolePolicyForLoadBalancers');
  });

  test('can be one that exists', () => {
    const arn = 'arn:aws:iam::123456789012:role/infrastructure';
    const template = templateWith(({ app }) => blueGreen({ infrastructureRole: iam.Role.fromRoleArn(app, 'Imported', arn) }));
    expect(advanced(template).RoleArn).toBe(arn);
    expect(Object.keys(resources(template, 'AWS::IAM::Role')).filter((id) => id.startsWith('AppInfrastructure'))).toEqual([]);
  });
});

describe('requests per target', () => {
  const policies = Object.values(resources(templateWith(() => blueGreen({}, { scaling: { requestsPerTarget: 500 } })), 'AWS::ApplicationAutoScaling::ScalingPolicy'));
  const policy = policies.map((each) => each.Properties.TargetTrackingScalingPolicyConfiguration).find((each) => each.TargetValue === 500);

  test('are added up over both groups, where no data are no requests', () => {
    expect(policy.CustomizedMetricSpecification.Metrics.at(-1)).toMatchObject({ Expression: 'SUM([FILL(primary, 0), FILL(alternate, 0)])', ReturnData: true });
  });

  test('are read from each group', () => {
    const [one, other] = policy.CustomizedMetricSpecification.Metrics;
    expect(JSON.stringify(one.MetricStat)).toMatch(/AppTargetTargetGroup.*RequestCountPerTarget/);
    expect(JSON.stringify(other.MetricStat)).toMatch(/AppTargetAlternateTargetGroup.*RequestCountPerTarget/);
    expect([one.ReturnData, other.ReturnData]).toEqual([false, false]);
  });

  test('do not depend on the metric that is bound to one group', () => expect(JSON.stringify(policies)).not.toContain('ALBRequestCountPerTarget'));

  test('keep the cooldowns', () => expect(policy).toMatchObject({ ScaleOutCooldown: 60, ScaleInCooldown: 300 }));
});

describe('a lifecycle hook', () => {
  const template = templateWith(({ app }) => {
    const handler = new lambda.Function(app, 'Check', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('//') });
    const hook = new ecs.DeploymentLifecycleLambdaTarget(handler, 'Smoke', { lifecycleStages: [ecs.DeploymentLifecycleStage.POST_TEST_TRAFFIC_SHIFT] });
    return blueGreen({ lifecycleHooks: [hook] });
  });

  test('is asked at its stage', () => {
    expect(deploymentOf(template).LifecycleHooks).toEqual([{
      HookTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^Check/), 'Arn'] },
      LifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'],
      RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^AppLifecycleHooksSmokeRole/), 'Arn'] },
    }]);
  });

  test('may be called before the service is there', () => {
    expect(only(template, 'AWS::ECS::Service').DependsOn).toContainEqual(expect.stringMatching(/^AppLifecycleHooksSmokeRoleDefaultPolicy/));
  });
});

describe('test traffic', () => {
  const template = templateWith(({ frontend }) => blueGreen({ testListener: frontend.addTestListener() }));

  test('has a rule of its own, like the one in production', () => {
    const [production, testing] = [ruleOf(template), ruleOf(template, 'TargetTestRule')];
    expect({ ...testing, ListenerArn: undefined }).toEqual({ ...production, ListenerArn: undefined });
    expect(testing.ListenerArn).not.toEqual(production.ListenerArn);
  });

  test('is shifted by ECS too', () => {
    expect(advanced(template).TestListenerRule).toEqual({ Ref: expect.stringMatching(/^AppTargetTestRule/) });
  });

  test('leaves the way to the tasks as it is', () => {
    expect(Object.values(resources(template, 'AWS::EC2::SecurityGroupIngress')).filter((rule) => rule.Properties.FromPort === 80)).toHaveLength(1);
  });
});

describe('the rule that ECS shifts traffic with', () => {
  const RULE_TEXT = ruleOf(templateWith(() => blueGreen()));

  test.each<[string, (place: World) => Partial<HaEcsWebAppProps>]>([
    ['another image', () => blueGreen({}, { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28') })],
    ['other numbers and sizes of tasks', () => blueGreen({}, { minTasks: 3, maxTasks: 4, task: { cpu: 512, memoryMiB: 1024 } })],
    ['other variables and a database', ({ database }) => blueGreen({}, { environment: { COLOUR: 'red' }, database })],
    ['other times and alarms', () => blueGreen({ bakeTime: Duration.minutes(1), rollBackOnAlarms: false })],
    ['another strategy', () => ({ deployment: WebAppDeployment.linear() })],
    ['other health checks', () => blueGreen({}, { healthCheckPath: '/up', routing: { deregistrationDelay: Duration.seconds(5) } })],
    ['a test listener', ({ frontend }) => blueGreen({ testListener: frontend.addTestListener() })],
  ])('keeps its text with %s', (_change, build) => {
    expect(ruleOf(templateWith(build))).toEqual(RULE_TEXT);
  });

  test('keeps its text with another application on the same load balancer', () => {
    const template = templateWith((place) => {
      appIn({ ...place, app: new Stack(place.app.node.root as App, 'Other', { env: { region: 'eu-west-1' } }) }, { routing: { pathPatterns: ['/api/*'] } });
      return blueGreen();
    });
    expect(ruleOf(template)).toEqual(RULE_TEXT);
  });
});

describe('the pin of the listener rules', () => {
  const unpinned = testStack();
  appIn(world(unpinned), blueGreen());
  const PIN = pinIn(unpinned);

  test('is told in a warning, as long as there is none', () => {
    const stack = testStack();
    appIn(world(stack), blueGreen());
    Annotations.fromStack(stack).hasWarning('/Test/App', Match.stringLikeRegexp(
      'listener rule Test/App/Target/Rule.*Set listenerRulePin to \'[0-9a-z]+\'.*HaEcsWebApp.unpinnedListenerRule'));
  });

  test('does not depend on feature flags', () => {
    const stack = testStack(FLAG_CONTEXTS[1][1]);
    appIn(world(stack), blueGreen());
    expect(pinIn(stack)).toBe(PIN);
  });

  describe('in an application whose load balancer and network are in other stacks', () => {
    const spread = (context: Record<string, unknown>, listenerRulePin?: string, props: Partial<HaEcsWebAppProps> = {}) => {
      const app = new App({ context });
      const [network, compute, data, edge, web] = ['Network', 'Cluster', 'Data', 'Edge', 'App'].map((name) => new Stack(app, name, { env: { region: 'eu-west-1' } }));
      appIn(world({ network, compute, data, edge, app: web }), blueGreen({ listenerRulePin }, props));
      return web;
    };
    const IMPORTS = {};
    const OUTPUTS = { '@aws-cdk/core:defaultCrossStackReferences': 'weak' };
    const rules = (stack: Stack) => JSON.stringify(resources(Template.fromStack(stack), RULE));

    test('does not depend on the way on which their names get there', () => {
      expect(rules(spread(OUTPUTS))).not.toBe(rules(spread(IMPORTS)));
      expect(pinIn(spread(OUTPUTS))).toBe(pinIn(spread(IMPORTS)));
    });

    test('lets the text pass that versions before told for the way of then', () => {
      expect(() => Template.fromStack(spread(IMPORTS, '25d202'))).not.toThrow();
    });

    test('refuses that text for another way', () => {
      expect(() => Template.fromStack(spread(OUTPUTS, '25d202'))).toThrow(/listenerRulePin is '25d202'/);
    });

    test('refuses another host', () => {
      const pin = pinIn(spread(OUTPUTS));
      expect(() => Template.fromStack(spread(OUTPUTS, pin, { routing: { hostHeaders: ['other.example.com'] } }))).toThrow(/listenerRulePin/);
    });

    test('refuses another listener', () => {
      const pin = pinIn(spread(OUTPUTS));
      const app = spread(OUTPUTS, pin);
      const listener = (app.node.root as App).node.findAll().find((each) => each.node.path.endsWith('/Https/Resource'))!;
      (listener as any).overrideLogicalId('Another');
      expect(() => Template.fromStack(app)).toThrow(/listenerRulePin/);
    });
  });

  test('is what it was in versions before, where all is in one stack', () => expect(PIN).toBe('f9znvs'));

  test('is what it was where a name is joined of texts and references', () => {
    const withZone = (listenerRulePin?: string) => {
      const stack = testStack();
      const zone = new CfnParameter(stack, 'ZoneName').valueAsString;
      appIn(world(stack), blueGreen({ listenerRulePin }, { routing: { hostHeaders: [`shop.${zone}`, `www.${zone}.example.org`] } }));
      return stack;
    };
    expect(pinIn(withZone())).toBe('4xwpee');
  });

  test('can be done without, with a reason', () => {
    const stack = testStack();
    Validations.of(appIn(world(stack), blueGreen())).acknowledge({ id: 'cdk-ha-ecs::HaEcsWebApp.unpinnedListenerRule', reason: 'a test' });
    Annotations.fromStack(stack).hasNoWarning('/Test/App', Match.anyValue());
  });

  test('silences the warning', () => {
    const stack = testStack();
    appIn(world(stack), blueGreen({ listenerRulePin: PIN }));
    Annotations.fromStack(stack).hasNoWarning('/Test/App', Match.anyValue());
  });

  test('lets everything pass that leaves the rules as they are', () => {
    expect(() => templateWith(() => blueGreen({ listenerRulePin: PIN, bakeTime: Duration.minutes(1) }, { maxTasks: 4, environment: { A: 'b' } }))).not.toThrow();
  });

  test.each<[string, (place: World) => Partial<HaEcsWebAppProps>]>([
    ['another path', () => blueGreen({ listenerRulePin: PIN }, { routing: { pathPatterns: ['/shop/*'] } })],
    ['another priority', () => blueGreen({ listenerRulePin: PIN }, { routing: { priority: 7 } })],
    ['another host', () => blueGreen({ listenerRulePin: PIN }, { routing: { hostHeaders: ['other.example.com'] } })],
    ['another port, for which the groups are replaced', () => blueGreen({ listenerRulePin: PIN }, { containerPort: 8080 })],
    ['a test listener', ({ frontend }) => blueGreen({ listenerRulePin: PIN, testListener: frontend.addTestListener() })],
  ])('refuses %s, and names the way through', (_change, build) => {
    expect(() => templateWith(build)).toThrow(
      new RegExp(`Test/App.*listenerRulePin is '${PIN}' and the listener rules are now '[0-9a-z]+'.*https://\\S+/docs/deployments\\.md#changing-a-rule says, and set listenerRulePin to '[0-9a-z]+'`, 's'));
  });

  test('sees what is changed on the rule itself later', () => {
    const stack = testStack();
    const app: HaEcsWebApp = appIn(world(stack), blueGreen({ listenerRulePin: PIN }));
    (app.node.findChild('Target').node.findChild('Rule').node.defaultChild as any).priority = 12;
    expect(() => Template.fromStack(stack)).toThrow(/listenerRulePin/);
  });
});

describe('on instances that hold one task each', () => {
  test('room for twice the tasks is enough', () => {
    expect(() => appIn(world(testStack(), ec2Capacity(20)), blueGreen({}, { maxTasks: 10 }))).not.toThrow();
  });

  test('fails with the numbers where there is no room for twice the tasks', () => {
    expect(() => appIn(world(testStack(), ec2Capacity(15)), blueGreen({}, { maxTasks: 10 }))).toThrow(
      /maxTasks 10 at maxHealthyPercent 200 needs 20 instances \(10 x 200 \/ 100\), and maxInstances is 15.*raise maxInstances to 20, lower maxTasks to 7/);
  });

  test('as many tasks as fit twice are the default', () => {
    const stack = testStack();
    appIn(world(stack, ec2Capacity(15)), blueGreen());
    expect(only(Template.fromStack(stack), 'AWS::ApplicationAutoScaling::ScalableTarget').Properties.MaxCapacity).toBe(7);
  });
});

describe('fails', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['for a bake time beyond a day', () => WebAppDeployment.blueGreen({ bakeTime: Duration.days(2) }), /WebAppDeployment\.blueGreen: bakeTime is 2880 minutes, .*0 to 1440.*Duration\.minutes\(1440\)/],
    ['for half a minute', () => WebAppDeployment.linear({ stepBakeTime: Duration.seconds(30) }), /WebAppDeployment\.linear: stepBakeTime is 0\.5 minutes/],
    ['for steps of 2 %', () => WebAppDeployment.linear({ stepPercent: 2 }), /stepPercent is 2, .*from 3 to 100/],
    ['for a canary of nothing', () => WebAppDeployment.canary({ canaryPercent: 0 }), /WebAppDeployment\.canary: canaryPercent is 0, .*from 0\.1 to 100/],
    ['for finer shares than ECS knows', () => WebAppDeployment.canary({ canaryPercent: 0.25 }), /canaryPercent is 0\.25, .*steps of 0\.1/],
    ['for no tolerated failure', () => WebAppDeployment.blueGreen({ failureThreshold: 0 }), /WebAppDeployment\.blueGreen: failureThreshold is 0/],
    ['without a frontend', () => appIn(world(testStack()), blueGreen({}, { frontend: undefined })),
      /Test\/App: deployment is WebAppDeployment\.blueGreen\(\) without a frontend.*pass the frontend, or use WebAppDeployment\.rolling/],
    ['in bridge mode', () => appIn(world(testStack(), ec2Capacity(20)), blueGreen({}, { task: { networkMode: ecs.NetworkMode.BRIDGE } })),
      /with task\.networkMode 'bridge', .*'awsvpc'.*leave task\.networkMode out/],
  ])('%s', (_case, define, message) => expect(define).toThrow(message));
});

test('fails for a frontend that has no second target group to give', () => {
  const place = world(testStack());
  const addTarget = place.frontend.addTarget.bind(place.frontend);
  place.frontend.addTarget = (scope, id, options) => addTarget(scope, id, { ...options, alternateTargetGroup: false });
  expect(() => appIn(place, blueGreen())).toThrow(/Test\/App: WebAppDeployment\.blueGreen\(\) with a frontend whose addTarget defines no .*use SecureAlbFrontend/);
});

/** True where it throws a message that names the bounds. */
function throws(define: () => unknown): boolean {
  try {
    define();
    return false;
  } catch (error) {
    return /Percent is .*from (3|0\.1) to 100|failureThreshold is /.test((error as Error).message);
  }
}

test.each([[3, true], [2.9, false], [100, true], [100.1, false], [10.5, true], [10.55, false]])('steps of %d %% may be asked for: %p', (stepPercent, answer) => {
  const define = () => WebAppDeployment.linear({ stepPercent });
  expect(throws(define)).toBe(!answer);
});

test.each([[0.1, true], [0, false], [0.05, false], [100, true], [100.1, false], [0.3, true]])('a canary of %d %% may be asked for: %p', (canaryPercent, answer) => {
  const define = () => WebAppDeployment.canary({ canaryPercent });
  expect(throws(define)).toBe(!answer);
});

test.each([[1, true], [0, false], [200, true], [201, false]])('a failure threshold of %d may be asked for: %p', (failureThreshold, answer) => {
  const define = () => WebAppDeployment.blueGreen({ failureThreshold });
  expect(throws(define)).toBe(!answer);
});

test('values that are known only at deployment pass', () => {
  const canaryPercent = Lazy.number({ produce: () => 1 });
  const bakeTime = Duration.minutes(canaryPercent);
  expect(() => WebAppDeployment.canary({ canaryPercent, canaryBakeTime: bakeTime, bakeTime })).not.toThrow();
});

test('a rolling update has one group, and nothing of all this', () => {
  const template = templateWith(() => ({ image: IMAGE }));
  template.resourceCountIs(GROUP, 1);
  expect(deploymentOf(template)).not.toHaveProperty('Strategy');
  expect(advanced(template)).toBeUndefined();
});

/** The text that the warning tells to set. */
function pinIn(stack: Stack): string {
  const [warning] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('listenerRulePin'));
  return /listenerRulePin to '([0-9a-z]+)'/.exec(String(warning.entry.data))![1];
}
