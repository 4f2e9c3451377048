import { Duration, Stack, aws_ecs as ecs } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { circle, containerNamed, only } from './templates';
import { IMAGE, appIn, ec2Capacity, world } from './world';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';

const HEALTHY: ecs.HealthCheck = { command: ['CMD', 'healthcheck.sh', '--connect'] };
const SIDECAR = { image: IMAGE, healthCheck: HEALTHY };
const BIG = { cpu: 1024, memoryMiB: 2048 };
const BRIDGE = { ...BIG, networkMode: ecs.NetworkMode.BRIDGE };

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  let stack: Stack;
  beforeEach(() => {
    stack = testStack(context);
  });

  test('in awsvpc mode a sidecar is reached at 127.0.0.1', () => {
    const app = appIn(world(stack), { task: BIG });
    expect(app.addSidecar('mariadb', SIDECAR).host).toBe('127.0.0.1');
    expect(containerNamed(Template.fromStack(stack), 'app').Links).toBeUndefined();
  });

  test('in bridge mode a sidecar is reached by its name, through a link', () => {
    const app = appIn(world(stack, ec2Capacity()), { task: BRIDGE });
    expect(app.addSidecar('mariadb', SIDECAR).host).toBe('mariadb');
    expect(containerNamed(Template.fromStack(stack), 'app').Links).toEqual(['mariadb:mariadb']);
  });

  test('the application starts when the sidecar is healthy', () => {
    appIn(world(stack), { task: BIG }).addSidecar('mariadb', SIDECAR);
    expect(containerNamed(Template.fromStack(stack), 'app').DependsOn).toEqual([{ Condition: 'HEALTHY', ContainerName: 'mariadb' }]);
  });

  test('the application does not wait for a sidecar that says so', () => {
    appIn(world(stack), { task: BIG }).addSidecar('agent', { image: IMAGE, waitUntilHealthy: false });
    expect(containerNamed(Template.fromStack(stack), 'app').DependsOn).toBeUndefined();
  });

  test('a sidecar is essential, reserves its share and logs under its own name', () => {
    appIn(world(stack), { task: BIG }).addSidecar('mariadb', SIDECAR);
    expect(containerNamed(Template.fromStack(stack), 'mariadb')).toMatchObject({
      Essential: true,
      Cpu: 128,
      Memory: 256,
      StopTimeout: 30,
      LogConfiguration: { Options: { 'awslogs-stream-prefix': 'mariadb' } },
    });
  });

  test('on instances the application reserves what sidecars leave of the task', () => {
    appIn(world(stack, ec2Capacity()), { task: BIG }).addSidecar('mariadb', { ...SIDECAR, cpu: 256, memoryMiB: 1024 });
    expect(containerNamed(Template.fromStack(stack), 'app')).toMatchObject({ Cpu: 768, Memory: 1024 });
  });

  test.each([['awsvpc', BIG, undefined], ['bridge', BRIDGE, ['app:app']]])('a proxy receives the requests in the place of the application (%s)', (_mode, task, links) => {
    appIn(world(stack, ec2Capacity()), {
      task, containerPort: 9000, routing: { proxy: { image: IMAGE, containerPort: 8080 } },
    });
    const template = Template.fromStack(stack);

    expect(only(template, 'AWS::ECS::Service').Properties.LoadBalancers).toMatchObject([{ ContainerName: 'proxy', ContainerPort: 8080 }]);
    expect(containerNamed(template, 'proxy')).toMatchObject({ DependsOn: [{ Condition: 'START', ContainerName: 'app' }] });
    expect(containerNamed(template, 'proxy').Links).toEqual(links);
    expect(containerNamed(template, 'app').PortMappings).toBeUndefined();
    expect(circle(template)).toEqual([]);
  });

  test('a proxy waits for an application that has a health check', () => {
    appIn(world(stack), { task: { ...BIG, healthCheck: HEALTHY }, containerPort: 9000, routing: { proxy: { image: IMAGE, containerPort: 80 } } });
    expect(containerNamed(Template.fromStack(stack), 'proxy').DependsOn).toEqual([{ Condition: 'HEALTHY', ContainerName: 'app' }]);
  });
});

test.each([
  ['no port', {}, /^Test\/App: routing\.proxy has no containerPort, but must be the TCP port on which the proxy listens.*: set containerPort, 80 for instance/],
  ['a wish to be waited for', { containerPort: 80, waitUntilHealthy: false }, /routing\.proxy sets waitUntilHealthy, .*: leave waitUntilHealthy out/],
])('fails for a proxy with %s', (_what, options, message) => {
  const place = world(testStack());
  expect(() => appIn(place, { containerPort: 9000, task: BIG, routing: { proxy: { image: IMAGE, ...options } } })).toThrow(message);
});

test('fails for a sidecar that is waited for and cannot say that it is healthy', () => {
  const app = appIn(world(testStack()), { task: BIG });
  expect(() => app.addSidecar('mariadb', { image: IMAGE })).toThrow(/Test\/App: sidecar mariadb has no healthCheck.*add a healthCheck, or set waitUntilHealthy: false/);
});

test('fails for two containers on one port in awsvpc mode', () => {
  const app = appIn(world(testStack()), { task: BIG });
  expect(() => app.addSidecar('nginx', { ...SIDECAR, containerPort: 80 })).toThrow(/containerPort 80 of nginx, where container app listens already.*another port/);
  app.addSidecar('one', { ...SIDECAR, containerPort: 3306 });
  expect(() => app.addSidecar('two', { ...SIDECAR, containerPort: 3306 })).toThrow(/containerPort 3306 of two, where container one listens already/);
});

test('containers may listen on the same port in bridge mode', () => {
  const app = appIn(world(testStack(), ec2Capacity()), { task: BRIDGE });
  expect(() => app.addSidecar('nginx', { ...SIDECAR, containerPort: 80 })).not.toThrow();
});

test.each(['app', 'mariadb'])('fails for a second container with the name %s', (name) => {
  const app = appIn(world(testStack()), { task: BIG });
  app.addSidecar('mariadb', SIDECAR);
  expect(() => app.addSidecar(name, SIDECAR)).toThrow(new RegExp(`the sidecar id '${name}' is taken.*choose another id`));
});

test('fails for a name that no container may have', () => {
  const app = appIn(world(testStack()), { task: BIG });
  expect(() => app.addSidecar('my db', SIDECAR)).toThrow(/the sidecar id 'my db'.*letters, digits/);
});

test.each([
  [{ cpu: 256 }, /take 256 CPU units and 256 MiB of a task of 256 and 512.*raise task\.cpu/],
  [{ memoryMiB: 512 }, /take 128 CPU units and 512 MiB of a task of 256 and 512/],
])('fails for a sidecar that leaves nothing for the application: %p', (options, message) => {
  const app = appIn(world(testStack()));
  expect(() => app.addSidecar('mariadb', { ...SIDECAR, ...options })).toThrow(message);
});

test.each([
  [{ stopTimeout: Duration.seconds(300) }, /stopTimeout of mariadb is 300 seconds, but must be 2 to 120 seconds on Fargate/],
  [{ startTimeout: Duration.seconds(600) }, /startTimeout of mariadb is 600 seconds/],
  [{ healthCheck: { ...HEALTHY, startPeriod: Duration.seconds(600) } }, /healthCheck\.startPeriod of mariadb is 600 seconds, but must be 0 to 300/],
  [{ environment: { A: '1' }, secrets: { A: undefined as any } }, /variable A of container mariadb is given twice/],
])('fails on Fargate for %p', (options, message) => {
  const app = appIn(world(testStack()), { task: BIG });
  expect(() => app.addSidecar('mariadb', { ...SIDECAR, ...options })).toThrow(message);
});

test('instances let a container take its time', () => {
  const app = appIn(world(testStack(), ec2Capacity()), { task: BIG });
  expect(() => app.addSidecar('mariadb', { ...SIDECAR, startTimeout: Duration.minutes(10) })).not.toThrow();
});
