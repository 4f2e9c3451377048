import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack, Validations, aws_ecs as ecs } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { HaChecks } from '../../src/checks/ha-checks';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import { AuroraMysqlDatabase } from '../../src/database/managed/aurora-mysql-database';
import { RdsMysqlDatabase } from '../../src/database/managed/rds-mysql-database';
import { HaNetwork } from '../../src/network/ha-network';
import { NatMode } from '../../src/network/nat-mode';
import { SAME_FACTS } from '../../src/private/aws/same-facts';
import { HaEc2WebApp } from '../../src/web-app/ec2/ha-ec2-web-app';
import { SingleTaskWebApp } from '../../src/web-app/ecs/single-task-web-app';

const networkIn = (stack: Stack) => new HaNetwork(stack, 'Network').vpc;
const clusterIn = (stack: Stack) => new HaEcsCluster(stack, 'Cluster', { vpc: networkIn(stack) });
const IMAGE = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28');

/** What a construct warns of, and HaChecks tells as well: one program for each. */
const PROGRAMS: Record<string, (stack: Stack) => IConstruct> = {
  'AuroraMysqlDatabase.noReader': (stack) => new AuroraMysqlDatabase(stack, 'Database', { vpc: networkIn(stack), databaseName: 'shop', readers: 0 }),
  'EfsBackedMysqlService.singleTask': (stack) => new EfsBackedMysqlService(stack, 'Database', { cluster: clusterIn(stack), databaseName: 'shop' }),
  'HaEc2WebApp.serviceOutOfReach': (stack) => new HaEc2WebApp(stack, 'App', {
    vpc: new HaNetwork(stack, 'Network', { natMode: NatMode.NONE }).vpc, composeText: 'services: { app: { image: "example/shop:1" } }',
  }),
  'HaNetwork.singleNatGateway': (stack) => new HaNetwork(stack, 'Network', { natMode: NatMode.SINGLE }),
  'RdsMysqlDatabase.noStandby': (stack) => new RdsMysqlDatabase(stack, 'Database', { vpc: networkIn(stack), databaseName: 'shop', multiAz: false }),
  'SingleTaskWebApp.singleTask': (stack) => new SingleTaskWebApp(stack, 'Blog', { cluster: clusterIn(stack), image: IMAGE, reason: 'a test' }),
};

interface Told { readonly id: string; readonly path: string }

/** What is told of an app: the warnings of its constructs, and what HaChecks finds. */
function toldOf(app: App): Told[] {
  Validations.of(app).addPlugins(new HaChecks(app));
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  printed.mockRestore();
  const warnings = app.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => ({ id: /\[ack: cdk-ha-ecs::(.*)\]/.exec(data)?.[1] ?? '', path: node.path })));
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
  return [...warnings, ...pluginReports.flatMap(({ violations }: any) => violations).flatMap(({ ruleName, violatingConstructs }: any) => (
    violatingConstructs.map(({ constructPath }: any) => ({ id: ruleName.replace(/\[.*/, ''), path: constructPath }))))];
}

const newApp = () => new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
const stackIn = (app: App) => new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });

/** Which of the two is still told, once the id was acknowledged on the construct. */
function toldOfPair(warning: string, acknowledged?: string): string[] {
  const app = newApp();
  const construct = PROGRAMS[warning](stackIn(app));
  if (acknowledged !== undefined) Validations.of(construct).acknowledge({ id: acknowledged, reason: 'it is what is under test' });
  const told = toldOf(app).map(({ id }) => id);
  return [warning, SAME_FACTS[warning]].filter((id) => told.includes(id));
}

test('every fact that is told twice has a program here', () => {
  expect(Object.keys(PROGRAMS)).toEqual(Object.keys(SAME_FACTS));
});

describe.each(Object.entries(SAME_FACTS))('%s and HaChecks::%s', (warning, rule) => {
  test('are both told of a program that accepts neither', () => expect(toldOfPair(warning)).toEqual([warning, rule]));
  test('are both silenced by the id of the warning', () => expect(toldOfPair(warning, `cdk-ha-ecs::${warning}`)).toEqual([]));
  test('are both silenced by the id of the rule', () => expect(toldOfPair(warning, `HaChecks::${rule}`)).toEqual([]));
});

test('a reason for one database says nothing of another', () => {
  const app = newApp();
  const stack = stackIn(app);
  const vpc = networkIn(stack);
  const [first] = ['First', 'Second'].map((id) => new RdsMysqlDatabase(stack, id, { vpc, databaseName: 'shop', multiAz: false }));
  Validations.of(first).acknowledge({ id: 'cdk-ha-ecs::RdsMysqlDatabase.noStandby', reason: 'it is what is under test' });
  const told = toldOf(app).filter(({ id }) => ['RdsMysqlDatabase.noStandby', 'one-zone-database'].includes(id));
  expect([...new Set(told.map(({ path }) => path.split('/')[1]))]).toEqual(['Second']);
});

test('the report names the version of the package beside HaChecks', () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  expect(new HaChecks(newApp()).version).toBe(version);
});
