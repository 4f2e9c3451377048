import { App, Duration, Stack, aws_codepipeline as codepipeline, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { alarmMetrics, alarmOf, ofType, onEc2, World } from './world';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { AlarmRouting } from '../../src/monitoring/alarm-routing';
import { AlarmTopic } from '../../src/monitoring/alarm-topic';
import { WebAppMonitoring } from '../../src/monitoring/web-app-monitoring';
import { WebAppDeployment } from '../../src/web-app/deployment/web-app-deployment';
import { HaEc2WebApp } from '../../src/web-app/ec2/ha-ec2-web-app';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { FLAG_CONTEXTS } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';

const IMAGE = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/php:8.3-apache');
const QUIET = AlarmRouting.disabled('a test');

/** The body of the dashboard, with everything that is known at deployment only replaced. */
function dashboardOf(stack: Stack): any {
  const [[, { Properties }]] = ofType(resourcesOf(stack), 'AWS::CloudWatch::Dashboard');
  return JSON.parse(Properties.DashboardBody['Fn::Join'][1].map((piece: unknown) => (typeof piece === 'string' ? piece : 'X')).join(''));
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  test('no rule says more of itself than EventBridge takes, however long the path of what it watches', () => {
    const stack = new Stack(new App({ context }), 'Stack', { env: { region: 'eu-west-1' } });
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const deep = ['A', 'B', 'C', 'D'].reduce((scope: Construct, letter) => new Construct(scope, letter.repeat(60)), stack);
    const app = new HaEcsWebApp(deep, 'App', { cluster: new HaEcsCluster(stack, 'Cluster', { vpc }), image: IMAGE });
    const { topic } = new AlarmTopic(stack, 'Alarms');
    new WebAppMonitoring(stack, 'Monitoring', { routing: AlarmRouting.topic(topic) }).watchWebApp(app);
    const lengths = ofType(resourcesOf(stack), 'AWS::Events::Rule').map(([, { Properties }]) => Properties.Description.length);
    expect(lengths).toHaveLength(2);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(512);
  });

  test('a task that finds no place is told with what to look at on Fargate and on instances', () => {
    const world = new World({ context, capacity: onEc2() });
    world.watched();
    const [[, { Properties }]] = ofType(resourcesOf(world.home), 'AWS::Events::Rule').filter(([id]) => id.includes('AppPlacementFailed'));
    expect(Properties.Description).toMatch(/on Fargate the zone has no capacity left.*on instances compare/);
  });

  describe('monitoring in a stack of its own', () => {
    const world = new World({ context, capacity: onEc2() });
    const monitoring = world.watched();
    const alarms = ofType(resourcesOf(world.home), 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm');
    const told = alarms.filter(([, { Properties }]) => Properties.AlarmActions !== undefined);

    test('makes no cycle, within a stack or between stacks', () => {
      for (const stack of [world.data, world.web, world.home]) {
        expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
      }
      expect(world.web.dependencies.concat(world.data.dependencies)).not.toContain(world.home);
    });

    test.each([
      ['FrontendErrors', 'GreaterThanThreshold', 5, [5, 3], 'notBreaching'],
      ['FrontendRejectedConnections', 'GreaterThanThreshold', 0, [1, 1], 'notBreaching'],
      ['FrontendTlsErrors', 'GreaterThanThreshold', 50, [5, 3], 'notBreaching'],
      ['AppTargetErrors', 'GreaterThanThreshold', 5, [5, 3], 'notBreaching'],
      ['AppUnhealthyTargets', 'GreaterThanOrEqualToThreshold', 1, [3, 3], 'notBreaching'],
      ['AppTooFewHealthyTargets', 'LessThanThreshold', 3, [3, 3], 'breaching'],
      ['AppNoHealthyTarget', 'LessThanThreshold', 1, [2, 2], 'breaching'],
      ['AppLatency', 'GreaterThanThreshold', 2, [5, 3], 'notBreaching'],
      ['AppCpu', 'GreaterThanThreshold', 85, [5, 5], 'ignore'],
      ['AppMemory', 'GreaterThanThreshold', 85, [5, 5], 'ignore'],
      ['AppMissingTasks', 'GreaterThanThreshold', 0, [10, 10], 'notBreaching'],
      ['DatabaseCpu', 'GreaterThanThreshold', 85, [5, 5], 'breaching'],
      ['DatabaseMemory', 'GreaterThanThreshold', 85, [5, 5], 'breaching'],
      ['DatabaseMissingTasks', 'GreaterThanThreshold', 0, [10, 10], 'breaching'],
      ['DatabaseFileThroughput', 'GreaterThanThreshold', 80, [5, 3], 'notBreaching'],
      ['DatabaseFileOperations', 'GreaterThanThreshold', 90, [3, 3], 'notBreaching'],
      ['DatabaseDumpTooOld', 'LessThanThreshold', 1, [26, 26], 'breaching'],
      ['DatabaseDumpNotStarted', 'GreaterThanThreshold', 0, [1, 1], 'notBreaching'],
      ['ClusterStatusChecks', 'GreaterThanOrEqualToThreshold', 1, [2, 2], 'notBreaching'],
      ['ClusterTooFewInstances', 'LessThanThreshold', 2, [5, 5], 'notBreaching'],
      ['ClusterWaitingTasks', 'GreaterThanThreshold', 100, [20, 20], 'notBreaching'],
    ])('alarm %s fires when its metric is %s %d', (ending, operator, threshold, [periods, datapoints], missing) => {
      expect(alarmOf(world.home, ending)).toMatchObject({
        ComparisonOperator: operator, Threshold: threshold, EvaluationPeriods: periods, DatapointsToAlarm: datapoints, TreatMissingData: missing,
      });
    });

    test('no alarm looks back further than CloudWatch allows', () => {
      for (const [, { Properties }] of alarms.filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')) {
        const periods = Properties.Metrics ? Properties.Metrics.flatMap((each: any) => each.MetricStat?.Period ?? []) : [Properties.Period];
        for (const period of periods) {
          expect(period * Properties.EvaluationPeriods).toBeLessThanOrEqual(period < 3600 ? 86400 : 604800);
        }
      }
    });

    test('every alarm says what it is about and what to do first', () => {
      for (const [, { Properties }] of alarms) {
        expect(Properties.AlarmDescription).toMatch(/^(Web|Data)\/\w+: \S.*\. First: \S.*[^.]\.$/);
      }
    });

    test('no alarm has a name that a second copy of the app would want as well', () => {
      expect(alarms.filter(([, { Properties }]) => Properties.AlarmName !== undefined)).toEqual([]);
    });

    test('the service is down when no target is healthy, or when some are not and it shows', () => {
      const rule = JSON.stringify(alarmOf(world.home, 'AppServiceDown').AlarmRule).replace(/[^\w()]+/g, ' ');
      expect(rule).toMatch(/ALARM\( .*NoHealthyTarget\w+ Arn \) OR \(ALARM\( .*UnhealthyTargets\w+ Arn \) AND \(ALARM\( .*TargetErrors\w+ Arn \) OR ALARM\( .*TooFewHealthyTargets\w+ Arn /);
    });

    test('the dashboard shows every alarm that tells somebody, and requests, errors, latency, tasks, use, files and instances', () => {
      const { widgets } = dashboardOf(world.home);
      expect(widgets.filter(({ type }: any) => type === 'alarm').flatMap(({ properties }: any) => properties.alarms)).toHaveLength(told.length);
      const titles = widgets.map(({ properties }: any) => properties.title);
      expect(titles).toEqual(expect.arrayContaining(
        ['Requests a minute', 'Errors a minute', 'Latency', 'Targets', 'Tasks', 'CPU and memory', 'Use of the file system', 'CPU of the instances', 'Reserved capacity']));
    });

    test('the dashboard shows answers that were good beside all requests', () => {
      const [, requests] = dashboardOf(world.home).widgets.filter(({ properties }: any) => properties.title === 'Requests a minute');
      expect(requests.properties.metrics.map(([, name]: string[]) => name)).toEqual(['RequestCount', 'HTTPCode_Target_2XX_Count']);
    });

    test('the dashboard has far fewer than 500 metrics', () => {
      const metrics = dashboardOf(world.home).widgets.flatMap(({ properties }: any) => properties.metrics ?? []);
      expect(metrics.length).toBeLessThan(100);
    });

    test('its alarms are at hand', () => {
      expect(monitoring.alarms).toHaveLength(told.length);
    });

    test('failed deployments and placements of both services and the end of the certificate are told', () => {
      const patterns = ofType(resourcesOf(world.home), 'AWS::Events::Rule').map(([, { Properties }]) => {
        const { source: [source], detail, resources } = Properties.EventPattern;
        return `${source} ${detail?.eventName ?? ''} ${/(App|Database)Service|imported/.exec(JSON.stringify(resources))?.[0]}`;
      });
      expect(patterns.sort()).toEqual([
        'aws.acm  imported',
        'aws.ecs SERVICE_DEPLOYMENT_FAILED AppService',
        'aws.ecs SERVICE_DEPLOYMENT_FAILED DatabaseService',
        'aws.ecs SERVICE_TASK_PLACEMENT_FAILURE AppService',
        'aws.ecs SERVICE_TASK_PLACEMENT_FAILURE DatabaseService',
      ]);
    });

    test('a message says what to do first, and what ECS says', () => {
      Template.fromStack(world.home).hasResourceProperties('AWS::Events::Rule', {
        Targets: [Match.objectLike({
          InputTransformer: Match.objectLike({
            InputTemplate: Match.stringLikeRegexp('^"Web/App: a deployment failed .* First: read the reason .* ECS says: <detail-reason>"$'),
          }),
        })],
      });
    });
  });

  test('all of it fits into one stack', () => {
    const world = new World({ context, together: true });
    world.watched();
    expect(dependencyCycle(resourcesOf(world.data))).toBeUndefined();
  });
});

describe('only metrics that exist', () => {
  test('on Fargate there are none of instances', () => {
    const world = new World();
    expect(world.monitoring(QUIET).watchCluster(world.cluster)).toEqual({});
    expect(alarmMetrics(world.home)).toEqual([]);
  });

  test('without Container Insights there are none of task counts, on alarms or dashboard', () => {
    const world = new World({ cluster: { containerInsights: ecs.ContainerInsights.DISABLED } });
    const monitoring = world.monitoring(QUIET);
    expect(monitoring.watchWebApp(world.webApp).missingTasks).toBeUndefined();
    expect(monitoring.watchDatabase(world.database).missingTasks).toBeUndefined();
    expect(JSON.stringify(resourcesOf(world.home))).not.toContain('ContainerInsights');
  });

  test('of an imported cluster nobody knows, unless it is said', () => {
    const app = new App();
    const stack = new Stack(app, 'Test', { env: { region: 'eu-west-1' } });
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
    const existingCluster = ecs.Cluster.fromClusterAttributes(stack, 'Existing', { clusterName: 'existing', vpc });
    const cluster = new HaEcsCluster(stack, 'Cluster', { vpc, existingCluster, capacity: EcsCapacity.fargate() });
    const [silent, stated] = ['A', 'B'].map((id) => new HaEcsWebApp(stack, id, { cluster, image: IMAGE }));
    const monitoring = new WebAppMonitoring(stack, 'Monitoring', { routing: QUIET });
    expect(monitoring.watchWebApp(silent).missingTasks).toBeUndefined();
    expect(monitoring.watchWebApp(stated, { containerInsights: true }).missingTasks).toBeDefined();
  });

  test('without a frontend there are none of targets', () => {
    const world = new World();
    const worker = new HaEcsWebApp(world.web, 'Worker', { cluster: world.cluster, image: IMAGE });
    const alarms = world.monitoring(QUIET).watchWebApp(worker);
    expect([alarms.errors, alarms.serviceDown]).toEqual([undefined, undefined]);
    expect(new Set(alarmMetrics(world.home).map((name) => name.split('/')[1]))).toEqual(new Set(['ECS', 'ContainerInsights']));
  });

  test('without TLS there are none of handshakes, and no certificate ends', () => {
    const world = new World({ httpOnly: true });
    const monitoring = world.monitoring();
    expect(monitoring.watchFrontend(world.frontend).tlsErrors).toBeUndefined();
    expect(JSON.stringify(resourcesOf(world.home))).not.toMatch(/ClientTLSNegotiationErrorCount|aws\.acm/);
  });
});

describe('thresholds', () => {
  const world = new World();
  const monitoring = world.monitoring(QUIET);
  monitoring.watchFrontend(world.frontend, { errorsPerMinute: 1, rejectedConnectionsPerMinute: 2, tlsErrorsPerMinute: 3 });
  monitoring.watchWebApp(world.webApp, { errorPercent: 4, latency: Duration.millis(500), minHealthyTargets: 6, cpuPercent: 7, memoryPercent: 8 });

  test.each([
    ['FrontendErrors', 1], ['FrontendRejectedConnections', 2], ['FrontendTlsErrors', 3],
    ['AppTargetErrors', 4], ['AppLatency', 0.5], ['AppTooFewHealthyTargets', 6], ['AppCpu', 7], ['AppMemory', 8],
  ])('%s is as it was set', (ending, threshold) => {
    expect(alarmOf(world.home, ending).Threshold).toBe(threshold);
  });
});

describe('two target groups, as deployments that shift traffic have them', () => {
  const world = new World();
  const shifting = new HaEcsWebApp(world.web, 'Shifting', {
    cluster: world.cluster, frontend: world.frontend, image: IMAGE, deployment: WebAppDeployment.blueGreen(), routing: { pathPatterns: ['/shifting/*'] },
  });
  world.monitoring(QUIET).watchWebApp(shifting);

  test('healthy targets of either one count', () => {
    const { Metrics } = alarmOf(world.home, 'ShiftingTooFewHealthyTargets');
    expect(Metrics[0].Expression).toBe('MAX([healthyMinimum1, healthyMinimum2])');
    expect(new Set(Metrics.slice(1).map((each: any) => JSON.stringify(each.MetricStat.Metric.Dimensions))).size).toBe(2);
  });

  test('errors and requests of both are added', () => {
    expect(alarmOf(world.home, 'ShiftingTargetErrors').Metrics[0].Expression).toBe('100 * SUM([errors1, errors2]) / SUM([requests1, requests2])');
  });
});

test('a failed pipeline is told', () => {
  const world = new World();
  world.monitoring().watchPipeline(codepipeline.Pipeline.fromPipelineArn(world.web, 'Pipeline', 'arn:aws:codepipeline:eu-west-1:111122223333:shop'));
  Template.fromStack(world.home).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['aws.codepipeline'], resources: ['arn:aws:codepipeline:eu-west-1:111122223333:shop'], detail: { state: ['FAILED'] } },
  });
});

test('targets that are no web application on ECS are watched by their target group', () => {
  const world = new World();
  const { tooFewHealthyTargets } = world.monitoring(QUIET).watchTargetGroup(world.webApp.targetGroup!);
  expect(tooFewHealthyTargets?.node.path).toBe('Watch/Monitoring/Of-Web-App-Target-TargetGroup/TooFewHealthyTargets');
  expect(alarmOf(world.home, 'TooFewHealthyTargets').Threshold).toBe(2);
});

test('a service that is no web application on ECS is watched by itself', () => {
  const world = new World();
  world.monitoring(QUIET).watchService(world.webApp.service, { cpuPercent: 60 });
  expect(alarmOf(world.home, 'ServiceCpu').Threshold).toBe(60);
});

test('a web application on instances has as many healthy targets as instances', () => {
  const world = new World();
  const app = new HaEc2WebApp(world.web, 'Machines', {
    vpc: world.vpc,
    frontend: world.frontend,
    composeText: 'services:\n  app:\n    image: public.ecr.aws/docker/library/nginx:1.27\n    ports: ["127.0.0.1:8080:80"]\n',
    minInstances: 4,
    maxInstances: 8,
    routing: { pathPatterns: ['/machines/*'] },
  });
  const alarms = world.monitoring(QUIET).watchEc2WebApp(app);
  expect(alarms.serviceDown).toBeDefined();
  expect(['TooFewHealthyTargets', 'TooFewInstances'].map((ending) => alarmOf(world.home, ending).Threshold)).toEqual([4, 4]);
});

test('fails when the same thing is watched twice, and says what to remove', () => {
  const world = new World();
  const monitoring = world.monitoring(QUIET);
  monitoring.watchWebApp(world.webApp);
  expect(() => monitoring.watchWebApp(world.webApp)).toThrow(/Watch\/Monitoring: Web\/App is watched already.*remove the second call/);
});
