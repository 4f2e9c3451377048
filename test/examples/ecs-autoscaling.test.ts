import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ecsAutoscaling } from '../../examples/typescript/ecs-autoscaling/services';
import { HaChecks, NetworkPaths, PathVerdict } from '../../src';
import { diagramOf } from '../../tools/architecture';
import { FLAG_CONTEXTS } from '../fixtures';
import { findings } from '../nag-report';
import { dependencyCycle, resourcesOf } from '../templates';

const FOLDER = join(__dirname, '..', '..', 'examples', 'typescript', 'ecs-autoscaling');

const CAPACITIES: Array<[string, Record<string, string>]> = [['Fargate', { capacity: 'fargate' }], ['EC2', { capacity: 'ec2' }]];

function synthesized(context: Record<string, unknown>): { app: App; images: Template; apps: Template; stack: Stack } {
  const app = new App({ context });
  ecsAutoscaling(app);
  const [images, stack] = ['AppsImages', 'Apps'].map((id) => app.node.findChild(id) as Stack);
  return { app, stack, images: Template.fromStack(images), apps: Template.fromStack(stack) };
}

describe.each(FLAG_CONTEXTS)('the three services with %s', (_name, flags) => {
  describe.each(CAPACITIES)('on %s', (capacity, chosen) => {
    const { app, apps, images, stack } = synthesized({ ...flags, ...chosen });

    test('there is no dependency cycle', () => {
      expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
    });

    test('each of the three applications has an image repository of its own', () => {
      images.resourceCountIs('AWS::ECR::Repository', 3);
      images.allResourcesProperties('AWS::ECR::Repository', { ImageScanningConfiguration: { ScanOnPush: true }, ImageTagMutability: 'IMMUTABLE' });
    });

    test('one load balancer answers for all of them', () => {
      apps.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 1);
      apps.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 3);
      apps.resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerRule', 3);
    });

    test('the more specific rule comes first, whoever was defined first', () => {
      const rules = Object.values(apps.findResources('AWS::ElasticLoadBalancingV2::ListenerRule')).map(({ Properties }) => Properties);
      const inOrder = rules.sort((a, b) => a.Priority - b.Priority).map(({ Conditions }) => Conditions.map((condition: any) =>
        [condition.HostHeaderConfig, condition.PathPatternConfig].flatMap((config) => config?.Values ?? []).join(' ')).join(' '));
      expect(inOrder[0]).toBe('shop.example.com /api /api/*');
      expect(inOrder.slice(1).sort()).toEqual(['admin.example.com', 'shop.example.com']);
    });

    test('each service has two to ten tasks and follows 70 % CPU', () => {
      apps.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 3);
      apps.allResourcesProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 2, MaxCapacity: 10 });
      apps.allResourcesProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
        TargetTrackingScalingPolicyConfiguration: Match.objectLike({
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' }, TargetValue: 70,
        }),
      });
    });

    test('tasks log to CloudWatch, and no task has a public address', () => {
      const containers = Object.values(apps.findResources('AWS::ECS::TaskDefinition')).flatMap(({ Properties }) => Properties.ContainerDefinitions);
      expect(containers.map((container: any) => container.LogConfiguration.LogDriver)).toEqual(['awslogs', 'awslogs', 'awslogs']);
      apps.allResourcesProperties('AWS::ECS::Service', {
        NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED' }) },
      });
    });

    test('alarms watch the tasks, the targets and the load balancer, and on EC2 the instances', () => {
      const alarms = Object.values(apps.findResources('AWS::CloudWatch::Alarm')).flatMap(({ Properties }) =>
        [Properties.MetricName, ...(Properties.Metrics ?? []).map((metric: any) => metric.MetricStat?.Metric.MetricName)]).filter(Boolean);
      expect(alarms).toEqual(expect.arrayContaining([
        'CPUUtilization', 'MemoryUtilization', 'UnHealthyHostCount', 'HTTPCode_Target_5XX_Count', 'HTTPCode_ELB_5XX_Count',
        ...capacity === 'EC2' ? ['StatusCheckFailed', 'GroupInServiceInstances'] : [],
      ]));
    });

    test('only the declared connections exist, and every one of them works', () => {
      const paths = NetworkPaths.fromAssembly(app.synth().directory);
      expect(paths.openPaths().map(({ source, target, fromPort }) => `${source} -> ${target} on ${fromPort}`).sort()).toEqual([
        'Apps/Admin/Service -> internet on 443',
        'Apps/Api/Service -> internet on 443',
        ...capacity === 'EC2' ? ['Apps/Cluster/Ec2/AutoScalingGroup -> internet on 443'] : [],
        'Apps/Frontend/LoadBalancer -> Apps/Admin/Service on 8080',
        'Apps/Frontend/LoadBalancer -> Apps/Api/Service on 8080',
        'Apps/Frontend/LoadBalancer -> Apps/Web/Service on 8080',
        'Apps/Web/Service -> internet on 443',
        'internet -> Apps/Frontend/LoadBalancer on 443',
        'internet -> Apps/Frontend/LoadBalancer on 80',
      ]);
      expect(paths.undecided()).toEqual([]);
      expect(paths.declaredPaths().filter(({ verdict }) => verdict !== PathVerdict.REACHABLE)).toEqual([]);
    });

    test('AwsSolutions and HaChecks find nothing', () => {
      expect(findings(ecsAutoscaling, (each) => [new AwsSolutionsChecks(each), new HaChecks(each)], { ...flags, ...chosen })).toEqual([]);
    });
  });
});

test('one switch moves everything from Fargate to EC2, with the same outputs', () => {
  const [fargate, ec2] = ['fargate', 'ec2'].map((capacity) => synthesized({ capacity }).apps);
  expect(Object.keys(ec2.toJSON().Outputs)).toEqual(Object.keys(fargate.toJSON().Outputs));
  fargate.resourceCountIs('AWS::AutoScaling::AutoScalingGroup', 0);
  fargate.allResourcesProperties('AWS::ECS::Service', { CapacityProviderStrategy: [Match.objectLike({ CapacityProvider: 'FARGATE' })] });
  ec2.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', { MinSize: '4', MaxSize: '24' });
  ec2.allResourcesProperties('AWS::ECS::Service', { PlacementConstraints: [{ Type: 'distinctInstance' }] });
});

test('on EC2, ECS scales the instances with its tasks and keeps a tenth of them free', () => {
  const { apps } = synthesized({ capacity: 'ec2' });
  apps.hasResourceProperties('AWS::ECS::CapacityProvider', {
    AutoScalingGroupProvider: Match.objectLike({ ManagedDraining: 'ENABLED', ManagedScaling: Match.objectLike({ Status: 'ENABLED', TargetCapacity: 90 }) }),
  });
  apps.resourceCountIs('AWS::AutoScaling::ScalingPolicy', 0);
});

describe('without a domain', () => {
  const { app, apps } = synthesized({ httpOnly: 'a first look' });

  test('one plain HTTP listener serves the three services by path, and a warning repeats the reason', () => {
    apps.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    apps.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 80, Protocol: 'HTTP' });
    const rules = Object.values(apps.findResources('AWS::ElasticLoadBalancingV2::ListenerRule')).sort((a, b) => a.Properties.Priority - b.Properties.Priority);
    expect(rules.map(({ Properties }) => Properties.Conditions.map((condition: any) => condition.PathPatternConfig.Values.join(' ')).join())).toEqual([
      '/admin /admin/*', '/api /api/*', '/*',
    ]);
    const warnings = app.synth().getStackByName('Apps').messages.filter(({ level }) => level === 'warning').map(({ entry }) => String(entry.data));
    expect(warnings.filter((text) => text.includes('a first look'))).toHaveLength(1);
  });

  test('AwsSolutions and HaChecks find nothing', () => {
    expect(findings(ecsAutoscaling, (each) => [new AwsSolutionsChecks(each), new HaChecks(each)], { httpOnly: 'a first look' })).toEqual([]);
  });
});

test('fails for a capacity that does not exist', () => {
  expect(() => synthesized({ capacity: 'lambda' })).toThrow(/capacity is 'lambda', but must be ec2 or fargate: deploy with -c capacity=ec2/);
});

test('the README shows the diagram of the services as they are', () => {
  const shown = /<!-- diagram -->\n([\s\S]*?)\n?<!-- \/diagram -->/.exec(readFileSync(join(FOLDER, 'README.md'), 'utf8'))?.[1];
  expect(shown).toBe(diagramOf(synthesized({}).app.synth().directory));
});
