import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { IMAGE, ec2Capacity, world } from './world';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { OneWriterPlacement } from '../../../src/cluster/one-writer-placement';
import { SharedFileSystem } from '../../../src/storage/shared-file-system';
import { SingleTaskWebApp } from '../../../src/web-app/ecs/single-task-web-app';
import type { SingleTaskWebAppProps } from '../../../src/web-app/ecs/single-task-web-app-props';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';
import { dependencyCycle, resourcesOf } from '../../templates';

const CAPACITIES: Array<[string, () => EcsCapacity]> = [
  ['Fargate', () => EcsCapacity.fargate()], ['Fargate Spot', () => EcsCapacity.fargateSpot()], ['EC2', () => ec2Capacity(3)],
];

function appIn(stack: Stack, capacity: EcsCapacity, props: Partial<SingleTaskWebAppProps> = {}): SingleTaskWebApp {
  const { cluster, frontend } = world(stack, capacity);
  return new SingleTaskWebApp(stack, 'App', { cluster, frontend, image: IMAGE, reason: 'a test', ...props });
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each(CAPACITIES)('a single task on %s', (_capacity, capacity) => {
    const stack = testStack(context);
    const app = appIn(stack, capacity());
    const files = new SharedFileSystem(stack, 'Data', { vpc: app.service.cluster.vpc, ownerUid: 999 });
    app.addSidecar('server', { image: IMAGE, waitUntilHealthy: false, files: [{ files, containerPath: '/data' }] });
    const template = Template.fromStack(stack);

    test('stops the old task before it starts the new one, and nothing starts a second one', () => {
      template.hasResourceProperties('AWS::ECS::Service', {
        DesiredCount: 1,
        AvailabilityZoneRebalancing: 'DISABLED',
        DeploymentConfiguration: Match.objectLike({ MinimumHealthyPercent: 0, MaximumPercent: 100 }),
        HealthCheckGracePeriodSeconds: 600,
        PlacementConstraints: Match.absent(),
      });
      template.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0);
      template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    });

    test('never runs on Spot', () => {
      const [{ Properties }] = Object.values(template.findResources('AWS::ECS::Service'));
      expect(Properties.CapacityProviderStrategy.filter(({ CapacityProvider }: any) => CapacityProvider === 'FARGATE_SPOT')).toEqual([]);
    });

    test('waits for the mount targets of the files of its sidecar', () => {
      const [{ DependsOn }] = Object.values(template.findResources('AWS::ECS::Service'));
      expect(DependsOn.filter((id: string) => id.includes('MountTarget'))).toHaveLength(2);
      expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
    });

    test('says openly what it is not, and why that is accepted', () => {
      Annotations.fromStack(stack).hasWarning('/Test/App', Match.stringLikeRegexp('single task.*The reason given: a test'));
    });
  });
});

test('fails without a reason', () => {
  expect(() => appIn(testStack(), EcsCapacity.fargate(), { reason: ' ' })).toThrow(
    /Test\/App: reason is empty, but must be a sentence that says why one task is enough: write the reason, or use HaEcsWebApp/);
});

test('fails when a container addresses its neighbour by name in awsvpc mode', () => {
  const stack = testStack();
  const app = appIn(stack, EcsCapacity.fargate());
  app.addSidecar('mariadb', { image: IMAGE, waitUntilHealthy: false });
  app.container.addEnvironment('WORDPRESS_DB_HOST', 'mariadb:3306');
  expect(() => Template.fromStack(stack)).toThrow(/WORDPRESS_DB_HOST.*127\.0\.0\.1/s);
});

test('without a frontend there is no grace period', () => {
  const { cluster } = world(testStack());
  const stack = Stack.of(cluster);
  new SingleTaskWebApp(stack, 'App', { cluster, image: IMAGE, reason: 'a test' });
  Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', { HealthCheckGracePeriodSeconds: Match.absent() });
});

describe('a sidecar that writes files, such as a database', () => {
  const HEALTH = { command: ['CMD', 'healthy'] };
  function withServer(capacity: EcsCapacity, options: { readOnly?: boolean; waitUntilHealthy?: boolean } = {}): Stack {
    const stack = testStack();
    const app = appIn(stack, capacity);
    const files = new SharedFileSystem(stack, 'Data', { vpc: app.service.cluster.vpc, ownerUid: 999 });
    const { readOnly, waitUntilHealthy } = options;
    app.addSidecar('server', { image: IMAGE, healthCheck: HEALTH, waitUntilHealthy, files: [{ files, containerPath: '/data', readOnly }] });
    return stack;
  }
  const waitingOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition'))[0]
    .Properties.ContainerDefinitions.find(({ Name }: any) => Name === 'app').DependsOn;
  const onInstances = () => ec2Capacity(3, OneWriterPlacement.INSTANCES);

  test('is not waited for on Fargate, which would end its first start after two minutes; it starts first and stops last', () => {
    expect(waitingOf(withServer(EcsCapacity.fargate()))).toEqual([{ Condition: 'START', ContainerName: 'server' }]);
  });

  test('is waited for on instances, where its first start has the time it needs', () => {
    expect(waitingOf(withServer(onInstances()))).toEqual([{ Condition: 'HEALTHY', ContainerName: 'server' }]);
  });

  test('is waited for on Fargate where it only reads', () => {
    expect(waitingOf(withServer(EcsCapacity.fargate(), { readOnly: true }))).toEqual([{ Condition: 'HEALTHY', ContainerName: 'server' }]);
  });

  test('is waited for on Fargate where somebody insists, with a warning', () => {
    const stack = withServer(EcsCapacity.fargate(), { waitUntilHealthy: true });
    expect(waitingOf(stack)).toEqual([{ Condition: 'HEALTHY', ContainerName: 'server' }]);
    Annotations.fromStack(stack).hasWarning('/Test/App', Match.stringLikeRegexp('server.*2 minutes.*SingleTaskWebApp.firstStartCutShort'));
  });
});
