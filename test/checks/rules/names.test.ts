import { App, Stack, Stage, aws_ec2 as ec2, aws_ecs as ecs, aws_rds as rds } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { testPair, verdictOf, verdictOfApp } from './pair';
import { fargateService, fargateTask, image, mysql, network } from './plain';

const ENV = { env: { region: 'eu-west-1' } };
const errorsOf = ({ findings }: ReturnType<typeof verdictOf>) => findings.filter(({ severity }) => severity === 'error').map(({ rule, description }) => `${rule}: ${description}`);

/** A front that knows a back by its name in Cloud Map, and may reach it if `open`. */
function cloudMapPair(scope: Construct, id: string, open: boolean): void {
  const stack = new Stack(scope, id, ENV);
  const vpc = network(stack);
  new ecs.Cluster(stack, 'Cluster', { vpc, defaultCloudMapNamespace: { name: 'shop.local' } });
  const back = fargateService(stack, vpc, fargateTask(stack, {}, {}, 'BackTask'), { cloudMapOptions: { name: 'back' } }, 'Back');
  const front = fargateService(stack, vpc, fargateTask(stack, { environment: { BACK_HOST: 'back.shop.local' } }));
  if (open) back.connections.allowFrom(front, ec2.Port.tcp(80));
}

describe('names of Cloud Map', () => {
  test('two stages with equal names are each judged by their own', () => {
    const app = new App();
    ['Dev', 'Prod'].forEach((stage) => cloudMapPair(new Stage(app, stage), 'Shop', true));
    expect(errorsOf(verdictOfApp(app))).toEqual([]);
  });

  test('of two stages, the one that lacks the rule is told', () => {
    const app = new App();
    ['Dev', 'Prod'].forEach((stage) => cloudMapPair(new Stage(app, stage), 'Shop', stage === 'Prod'));
    expect(errorsOf(verdictOfApp(app)).join('\n')).toMatch(/^named-host-unreachable: .*BACK_HOST names Dev\/Shop\/Back, but Dev\/Shop\/Service cannot reach it on port 80.*$/);
  });

  test('two stacks of an app with equal names in VPCs of their own are each judged by their own', () => {
    const app = new App();
    ['DevShop', 'ProdShop'].forEach((id) => cloudMapPair(app, id, true));
    expect(errorsOf(verdictOfApp(app))).toEqual([]);
  });

  test('of several services that one name may stand for, nothing is said', () => {
    const verdict = verdictOf((stack) => {
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
      for (const name of ['One', 'Two']) {
        const cluster = new ecs.Cluster(stack, name, { vpc, defaultCloudMapNamespace: { name: 'shop.local' } });
        new ecs.FargateService(stack, `${name}Back`, { cluster, taskDefinition: fargateTask(stack, {}, {}, `${name}Task`), cloudMapOptions: { name: 'back' } });
      }
      fargateService(stack, vpc, fargateTask(stack, { environment: { BACK_HOST: 'back.shop.local' } }));
    });
    expect(errorsOf(verdict)).toEqual([]);
  });
});

/** Service Connect: the alias on port 80 stands for a container on 8080. */
function connected(stack: Stack, opened: number, namespaces = ['mesh', 'mesh'], ingressPortOverride?: number): void {
  const vpc = network(stack);
  const back = fargateService(stack, vpc, fargateTask(stack, { portMappings: [{ containerPort: 8080, name: 'http' }] }, {}, 'BackTask'), {
    serviceConnectConfiguration: { namespace: namespaces[0], services: [{ portMappingName: 'http', dnsName: 'back', port: 80, ingressPortOverride }] },
  }, 'Back');
  const front = fargateService(stack, vpc, fargateTask(stack, { environment: { BACK_URL: 'http://back:80/' } }), {
    serviceConnectConfiguration: { namespace: namespaces[1] },
  });
  if (opened > 0) back.connections.allowFrom(front, ec2.Port.tcp(opened));
}

testPair({
  rule: 'named-host-unreachable',
  mistake: 'a rule for the port of the alias of Service Connect, and none for the container\'s',
  sees: /BACK_URL names Test\/Back, but Test\/Service cannot reach it on port 8080/,
  fails: (stack) => connected(stack, 80),
  passes: (stack) => connected(stack, 8080),
});

testPair({
  rule: 'named-host-unreachable',
  mistake: 'a rule for the container\'s port where the proxy of Service Connect listens on another',
  sees: /cannot reach it on port 15000/,
  fails: (stack) => connected(stack, 8080, ['mesh', 'mesh'], 15000),
  passes: (stack) => connected(stack, 15000, ['mesh', 'mesh'], 15000),
});

test('an alias of another namespace stands for nothing', () => {
  expect(errorsOf(verdictOf((stack) => connected(stack, 0, ['mesh', 'other'])))).toEqual([]);
  expect(errorsOf(verdictOf((stack) => connected(stack, 0)))).toHaveLength(1);
});

/** An application that logs in with the secret of a database, and goes through a proxy. */
function proxied(stack: Stack, open: boolean): void {
  const vpc = network(stack);
  const database = mysql(stack, vpc);
  const proxy = database.addProxy('Proxy', { vpc, secrets: [database.secret!] });
  const web = fargateService(stack, vpc, fargateTask(stack, {
    environment: { DB_HOST: proxy.endpoint }, secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(database.secret!, 'password') },
  }));
  if (open) proxy.connections.allowFrom(web, ec2.Port.tcp(3306));
}

testPair({
  rule: 'named-host-unreachable',
  mistake: 'a proxy that does not let the application in',
  sees: /^[^\n]*DB_HOST names Test\/Database\/Proxy, but Test\/Service cannot reach it on port 3306[^\n]*$/,
  fails: (stack) => proxied(stack, false),
  passes: (stack) => proxied(stack, true),
});

test('the secret of a database behind a proxy does not say that the task reaches past the proxy', () => {
  const verdict = verdictOf((stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    new rds.DatabaseProxy(stack, 'Proxy', { vpc, proxyTarget: rds.ProxyTarget.fromInstance(database), secrets: [database.secret!] });
    fargateService(stack, vpc, fargateTask(stack, { secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(database.secret!, 'password') } }));
  });
  expect(errorsOf(verdict)).toEqual([]);
});

test('the secret of a database says nothing where a variable names another host', () => {
  const verdict = verdictOf((stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    fargateService(stack, vpc, fargateTask(stack, {
      environment: { PGHOST: 'proxy.corp.example' }, secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(database.secret!, 'password') },
    }));
  });
  expect(errorsOf(verdict)).toEqual([]);
});

testPair({
  rule: 'named-host-unreachable',
  mistake: 'the host of a database told by its secret, without the rule that lets the task in',
  sees: /DB_HOST names Test\/Database/,
  fails: (stack) => {
    const vpc = network(stack);
    fargateService(stack, vpc, fargateTask(stack, { image: image('web:1'), secrets: { DB_HOST: ecs.Secret.fromSecretsManager(mysql(stack, vpc).secret!, 'host') } }));
  },
  passes: (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    const task = fargateTask(stack, { secrets: { DB_HOST: ecs.Secret.fromSecretsManager(database.secret!, 'host') } });
    database.connections.allowDefaultPortFrom(fargateService(stack, vpc, task));
  },
});
