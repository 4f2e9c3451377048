import { Stack, aws_ecs as ecs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { IMAGE, ec2Capacity, world } from './world';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { OneWriterPlacement } from '../../../src/cluster/one-writer-placement';
import type { IDatabaseDump } from '../../../src/database/dump-interface';
import { MysqlEngine } from '../../../src/database/mysql-engine';
import { SharedFileSystem } from '../../../src/storage/shared-file-system';
import type { SidecarDumpOptions } from '../../../src/web-app/ecs/sidecar-dump-options';
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

describe.each(FLAG_CONTEXTS)('the dump of a database in the task, %s', (_name, context) => {
  let stack: Stack;
  let template: Template;
  let dump: IDatabaseDump;
  beforeAll(() => {
    stack = testStack(context);
    const app = appIn(stack, EcsCapacity.fargate());
    dump = app.addDatabaseDump(dumpOptions(stack, app));
    template = Template.fromStack(stack);
  });

  function taskOf(name: string): any {
    return Object.values(template.findResources('AWS::ECS::TaskDefinition')).map(({ Properties }) => Properties)
      .find(({ ContainerDefinitions }) => ContainerDefinitions.some(({ Name }: any) => Name === name));
  }

  test('finds the task by a name in the namespace of the cluster, also after the task was replaced', () => {
    template.hasResourceProperties('AWS::ServiceDiscovery::Service', {
      Name: 'blog', DnsConfig: Match.objectLike({ DnsRecords: [{ Type: 'A', TTL: 10 }] }),
    });
    const [{ Properties }] = Object.values(template.findResources('AWS::ECS::Service'));
    expect(Properties.ServiceRegistries).toHaveLength(1);
    const [{ Environment }] = taskOf('Dump').ContainerDefinitions;
    expect(JSON.stringify(Environment.find(({ Name }: any) => Name === 'DB_HOST').Value)).toMatch(/blog\./);
  });

  test('starts every night by a schedule, which the page about restoring reads', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'cron(0 3 * * ? *)' });
    expect(dump.schedule.node.path).toBe('Test/App/Dump/Schedule');
  });

  test('runs the program of the engine, with the password from the secret alone', () => {
    const [container] = taskOf('Dump').ContainerDefinitions;
    expect(container.Command.slice(1, 3)).toEqual(['dump', 'mariadb-dump']);
    expect(container.Secrets).toEqual([{ Name: 'MYSQL_PWD', ValueFrom: { Ref: expect.stringMatching(/^Password/) } }]);
  });

  test('writes to the directory it was given, and mounts no other', () => {
    const { Volumes, ContainerDefinitions: [container] } = taskOf('Dump');
    expect(Volumes).toHaveLength(1);
    expect(Volumes[0].EFSVolumeConfiguration.AuthorizationConfig.AccessPointId).toEqual({ Ref: expect.stringMatching(/^Dumps/) });
    expect(container.MountPoints).toEqual([{ ContainerPath: '/dumps', ReadOnly: false, SourceVolume: Volumes[0].Name }]);
  });

  test('reaches the server on its port, and nothing else of the task', () => {
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties)
      .filter(({ SourceSecurityGroupId }) => JSON.stringify(SourceSecurityGroupId).includes('AppDump'));
    expect(rules.map(({ FromPort, GroupId }) => [JSON.stringify(GroupId).includes('AppSecurityGroup'), FromPort]).sort())
      .toEqual([[false, 2049], [true, 3306]]);
  });

  test('no resource waits for itself in a circle', () => {
    expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
  });
});

describe('a dump that cannot work', () => {
  test('fails in bridge mode', () => {
    const stack = testStack();
    const app = appIn(stack, ec2Capacity(3, OneWriterPlacement.INSTANCES), { task: { networkMode: ecs.NetworkMode.BRIDGE } });
    expect(() => app.addDatabaseDump(dumpOptions(stack, app))).toThrow(/addDatabaseDump in bridge mode, but must be awsvpc mode.*EfsBackedMysqlService/);
  });

  test.each<[Partial<SidecarDumpOptions>, RegExp]>([
    [{ databaseName: 'mysql' }, /databaseName is 'mysql', a schema of the server itself/],
    [{ applicationUser: 'root' }, /applicationUser is 'root', an account of the server itself/],
    [{ serviceName: 'Blog' }, /serviceName is 'Blog'.*write it as 'blog'/],
    [{ port: 0 }, /port is 0/],
  ])('fails for %p', (options, message) => {
    const stack = testStack();
    const app = appIn(stack, EcsCapacity.fargate());
    expect(() => app.addDatabaseDump({ ...dumpOptions(stack, app), ...options })).toThrow(message);
  });

  test('fails for a second one, by the name it would take', () => {
    const stack = testStack();
    const app = appIn(stack, EcsCapacity.fargate());
    const options = dumpOptions(stack, app);
    app.addDatabaseDump(options);
    expect(() => app.addDatabaseDump(options)).toThrow(/serviceName is 'blog', which Test\/App has in the same namespace/);
  });
});

function dumpOptions(stack: Stack, app: SingleTaskWebApp): SidecarDumpOptions {
  return {
    engine: MysqlEngine.MARIADB_11_4,
    databaseName: 'wordpress',
    applicationUser: 'wordpress',
    password: ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Password')),
    files: new SharedFileSystem(stack, 'Dumps', { vpc: app.service.cluster.vpc, ownerUid: 999 }),
    serviceName: 'blog',
  };
}

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
