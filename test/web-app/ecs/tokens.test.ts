import { aws_ec2 as ec2, aws_ecs as ecs, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../../src/cluster/ha-ecs-cluster';
import { FrontendDomain } from '../../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../../src/frontend/secure-alb-frontend';
import { HaNetwork } from '../../../src/network/ha-network';
import { WebAppDeployment } from '../../../src/web-app/deployment/web-app-deployment';
import { HaEcsWebApp } from '../../../src/web-app/ecs/ha-ecs-web-app';
import type { HaEcsWebAppProps } from '../../../src/web-app/ecs/ha-ecs-web-app-props';
import { testStack } from '../../fixtures';

const image = ecs.ContainerImage.fromRegistry('example/web:1');
const CAPACITIES: ReadonlyArray<[string, () => EcsCapacity]> = [
  ['Fargate', () => EcsCapacity.fargate()],
  ['EC2', () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium') })],
  ['managed instances', () => EcsCapacity.managedInstances()],
];

type Later = (id: string) => number;

function appOf(stack: Stack, capacity: EcsCapacity, props: (later: Later) => Partial<HaEcsWebAppProps>): HaEcsWebApp {
  const { vpc } = new HaNetwork(stack, 'Network');
  return new HaEcsWebApp(stack, 'App', {
    cluster: new HaEcsCluster(stack, 'Cluster', { vpc, capacity }),
    frontend: new SecureAlbFrontend(stack, 'Frontend', { vpc, domain: FrontendDomain.httpOnly('a test') }),
    image,
    ...props((id) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber),
  });
}

/** The template; no number of it may be the encoded form of a token, or what somebody calculated with one. */
function cleanTemplate(stack: Stack): Template {
  const template = Template.fromStack(stack);
  expect(JSON.stringify(template.toJSON())).not.toMatch(/e\+?28\d|Token\[/);
  return template;
}

describe.each(CAPACITIES)('values that only the deployment knows reach the template on %s', (_name, capacity) => {
  test('as numbers of tasks, percentages, ports and times', () => {
    const stack = testStack();
    appOf(stack, capacity(), (later) => ({
      minTasks: later('Min'),
      maxTasks: later('Max'),
      containerPort: later('Port'),
      deployment: WebAppDeployment.rolling({ minHealthyPercent: later('Least'), maxHealthyPercent: later('Most') }),
      routing: {
        priority: later('Priority'),
        slowStart: Duration.seconds(later('SlowStart')),
        stickiness: Duration.seconds(later('Stickiness')),
        deregistrationDelay: Duration.seconds(later('Delay')),
        healthCheckGracePeriod: Duration.seconds(later('Grace')),
        healthCheck: { interval: Duration.seconds(later('Interval')), timeout: Duration.seconds(later('Timeout')) },
      },
    }));
    const template = cleanTemplate(stack);
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: { Ref: 'Min' }, MaxCapacity: { Ref: 'Max' } });
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: { MinimumHealthyPercent: { Ref: 'Least' }, MaximumPercent: { Ref: 'Most' } },
      HealthCheckGracePeriodSeconds: { Ref: 'Grace' },
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', { Priority: { Ref: 'Priority' } });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckIntervalSeconds: { Ref: 'Interval' }, HealthCheckTimeoutSeconds: { Ref: 'Timeout' },
    });
    const [group] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
    const list: Array<{ Key: string; Value: unknown }> = group.Properties.TargetGroupAttributes;
    const attributes = Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
    expect(attributes).toMatchObject({
      'slow_start.duration_seconds': { Ref: 'SlowStart' },
      'stickiness.enabled': 'true',
      'stickiness.lb_cookie.duration_seconds': { Ref: 'Stickiness' },
      'deregistration_delay.timeout_seconds': { Ref: 'Delay' },
    });
  });

  test.each<[string, boolean, boolean]>([['of the task', true, false], ['of a sidecar', false, true], ['of both', true, true]])(
    'as sizes %s: what is left for the application goes unsaid, for CloudFormation cannot subtract', (_title, ofTask, ofSidecar) => {
      const stack = testStack();
      const size = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
      const app = appOf(stack, capacity(), () => ({ task: ofTask ? { cpu: size('Cpu'), memoryMiB: size('Memory') } : undefined }));
      app.addSidecar('cache', { image, waitUntilHealthy: false, ...ofSidecar ? { cpu: size('CacheCpu'), memoryMiB: size('CacheMemory') } : {} });
      const [task] = Object.values(cleanTemplate(stack).findResources('AWS::ECS::TaskDefinition'));
      const [own, cache] = task.Properties.ContainerDefinitions;
      expect([own.Cpu, own.Memory]).toEqual([undefined, undefined]);
      expect([cache.Cpu, cache.Memory]).toEqual(ofSidecar ? [{ Ref: 'CacheCpu' }, { Ref: 'CacheMemory' }] : [128, 256]);
      expect([task.Properties.Cpu, task.Properties.Memory]).toEqual(ofTask ? [{ Ref: 'Cpu' }, { Ref: 'Memory' }] : ['256', '512']);
    });
});

test('sizes of the task alone, without sidecars, are those of its only container', () => {
  const stack = testStack();
  appOf(stack, CAPACITIES[1][1](), (later) => ({ task: { cpu: later('Cpu'), memoryMiB: later('Memory') } }));
  const [task] = Object.values(cleanTemplate(stack).findResources('AWS::ECS::TaskDefinition'));
  expect(task.Properties.ContainerDefinitions[0]).toMatchObject({ Cpu: { Ref: 'Cpu' }, Memory: { Ref: 'Memory' } });
});
