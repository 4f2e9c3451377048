import { App, Stack, Validations, aws_ecs as ecs } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { circle, containerNamed, only, resources } from './templates';
import type { World } from './world';
import { IMAGE, appIn, ec2Capacity, world } from './world';
import { EcsCapacity } from '../../../src/cluster/ecs-capacity';
import { EfsBackedMysqlService } from '../../../src/database/efs/efs-backed-mysql-service';
import { AuroraMysqlDatabase } from '../../../src/database/managed/aurora-mysql-database';
import { RdsMysqlDatabase } from '../../../src/database/managed/rds-mysql-database';
import type { IMysqlDatabase } from '../../../src/database/mysql-database';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';

const KINDS: Array<[string, (place: World) => IMysqlDatabase]> = [
  ['EfsBackedMysqlService', ({ data, cluster }) => {
    const database = new EfsBackedMysqlService(data, 'Mysql', { cluster, databaseName: 'shop' });
    Validations.of(database).acknowledge({ id: 'cdk-ha-ecs::EfsBackedMysqlService.singleTask', reason: 'it is what is under test' });
    return database;
  }],
  ['RdsMysqlDatabase', ({ data, vpc }) => new RdsMysqlDatabase(data, 'Mysql', { vpc, databaseName: 'shop' })],
  ['AuroraMysqlDatabase', ({ data, vpc }) => new AuroraMysqlDatabase(data, 'Mysql', { vpc, databaseName: 'shop' })],
];

const CAPACITIES: Array<[string, () => EcsCapacity, ecs.NetworkMode | undefined]> = [
  ['Fargate', () => EcsCapacity.fargate(), undefined],
  ['EC2 in awsvpc mode', ec2Capacity, undefined],
  ['EC2 in bridge mode', ec2Capacity, ecs.NetworkMode.BRIDGE],
];

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each(CAPACITIES)('on %s', (_kind, capacity, networkMode) => {
    describe.each(KINDS)('%s takes the place of any other database in one line', (_database, define) => {
      test.each([
        ['one stack', ['All', 'All', 'All', 'All', 'All']],
        ['data and web apart', ['Data', 'Data', 'Data', 'Web', 'Web']],
        ['every part apart', ['Network', 'Cluster', 'Data', 'Edge', 'App']],
      ])('in %s', (_layout, names) => {
        const app = new App({ context });
        const stacks: Record<string, Stack> = {};
        const [network, compute, data, edge, web] = names.map((name) => stacks[name] ??= new Stack(app, name, { env: { region: 'eu-west-1' } }));
        const place = world({ network, compute, data, edge, app: web }, capacity());
        appIn(place, { database: define(place), task: { networkMode } });

        const templates = Object.values(stacks).map((stack) => Template.fromStack(stack));
        expect(templates.flatMap(circle)).toEqual([]);
        const egress = resources(Template.fromStack(web), 'AWS::EC2::SecurityGroupEgress');
        expect(Object.values(egress).filter((rule) => rule.Properties.FromPort === 3306)).not.toEqual([]);
      });
    });
  });
});

describe.each([['RdsMysqlDatabase', KINDS[1][1]], ['AuroraMysqlDatabase', KINDS[2][1]]])('the application user of a %s', (_kind, define) => {
  const onFargate = templateWith(EcsCapacity.fargate(), define);
  const first = containerNamed(onFargate, 'database-user');

  test('is defined before the application starts', () => {
    expect(containerNamed(onFargate, 'app').DependsOn).toEqual([{ Condition: 'SUCCESS', ContainerName: 'database-user' }]);
  });

  test('is defined by a container that may end', () => expect(first.Essential).toBe(false));

  test('runs its program in place of the entry point', () => {
    expect(first.EntryPoint).toEqual(['sh']);
    expect(first.Command).toEqual(['-c', expect.stringContaining('CREATE USER IF NOT EXISTS')]);
  });

  test('is defined without a privilege on the host', () => {
    expect(first).toMatchObject({ User: '999:999', ReadonlyRootFilesystem: true, LinuxParameters: { Capabilities: { Drop: ['ALL'] } } });
    expect(first).not.toHaveProperty('PortMappings');
  });

  test('may take as long as Fargate lets others wait', () => expect(first.StartTimeout).toBe(120));

  test('logs where the application logs', () => {
    expect(first.LogConfiguration.Options).toEqual({ ...containerNamed(onFargate, 'app').LogConfiguration.Options, 'awslogs-stream-prefix': 'database-user' });
  });

  test("is defined with the administrator's password, which no other container is given", () => {
    const administrator = JSON.stringify(secretNamed(first, 'MYSQL_PWD'));
    expect(administrator).toContain('password');
    expect(containerNamed(onFargate, 'app').Secrets.map((secret: any) => secret.Name)).toEqual(['DB_USER', 'DB_PASSWORD']);
    expect(JSON.stringify(containerNamed(onFargate, 'app'))).not.toContain(administrator);
  });

  test('has a password that ECS may read, like that of the administrator', () => {
    const policies = JSON.stringify(resources(onFargate, 'AWS::IAM::Policy'));
    for (const name of ['MYSQL_PWD', 'APP_PASSWORD']) {
      expect(policies).toContain(JSON.stringify(secretNamed(first, name)['Fn::Join'][1][0]));
    }
  });

  test('costs nothing of a Fargate task', () => expect(first).not.toHaveProperty('Memory'));

  test('takes 128 CPU units and 128 MiB of a task on instances', () => {
    const onInstances = templateWith(ec2Capacity(), define);
    expect(containerNamed(onInstances, 'database-user')).toMatchObject({ Cpu: 128, Memory: 128 });
    expect(containerNamed(onInstances, 'app')).toMatchObject({ Cpu: 128, Memory: 384 });
  });
});

test('a sidecar waits for the application user too, and a proxy', () => {
  const stack = testStack();
  const place = world(stack);
  const app = appIn(place, {
    database: KINDS[1][1](place), task: { cpu: 1024, memoryMiB: 2048 }, containerPort: 9000, routing: { proxy: { image: IMAGE, containerPort: 80 } },
  });
  app.addSidecar('worker', { image: IMAGE, waitUntilHealthy: false });
  const template = Template.fromStack(stack);

  expect(containerNamed(template, 'worker').DependsOn).toEqual([{ Condition: 'SUCCESS', ContainerName: 'database-user' }]);
  expect(containerNamed(template, 'proxy').DependsOn).toContainEqual({ Condition: 'SUCCESS', ContainerName: 'database-user' });
  expect(circle(template)).toEqual([]);
});

test('a database whose user exists needs no such container', () => {
  const stack = testStack();
  const place = world(stack);
  appIn(place, { database: new RdsMysqlDatabase(stack, 'Mysql', { vpc: place.vpc, databaseName: 'shop', provisionApplicationUser: false }) });
  expect(only(Template.fromStack(stack), 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions).toHaveLength(1);
});

test('requests go to the application, not to the container that defines the user', () => {
  const stack = testStack();
  const place = world(stack);
  appIn(place, { database: KINDS[1][1](place) });
  expect(only(Template.fromStack(stack), 'AWS::ECS::Service').Properties.LoadBalancers).toMatchObject([{ ContainerName: 'app', ContainerPort: 80 }]);
});

describe('fails', () => {
  test('for a task on instances that has no room for it', () => {
    const place = world(testStack(), ec2Capacity());
    expect(() => appIn(place, { database: KINDS[1][1](place), task: { cpu: 128 } }))
      .toThrow(/Test\/App: with database-user the containers beside the application take 128 CPU units and 128 MiB of a task of 128 and 512.*raise task\.cpu and task\.memoryMiB$/);
  });

  test('for a sidecar of the same name', () => {
    const place = world(testStack());
    const app = appIn(place, { database: KINDS[1][1](place), task: { cpu: 1024, memoryMiB: 2048 } });
    expect(() => app.addSidecar('database-user', { image: IMAGE, waitUntilHealthy: false })).toThrow(/the sidecar id 'database-user' is taken/);
  });
});

function templateWith(capacity: EcsCapacity, define: (place: World) => IMysqlDatabase): Template {
  const stack = testStack();
  const place = world(stack, capacity);
  appIn(place, { database: define(place) });
  return Template.fromStack(stack);
}

function secretNamed(container: any, name: string): any {
  return container.Secrets.find((secret: any) => secret.Name === name).ValueFrom;
}
