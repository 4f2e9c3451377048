import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack, Validations, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { HaChecks } from '../../src/checks/ha-checks';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { OneWriterPlacement } from '../../src/cluster/one-writer-placement';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import { AuroraMysqlDatabase } from '../../src/database/managed/aurora-mysql-database';
import { RdsMysqlDatabase } from '../../src/database/managed/rds-mysql-database';
import { HaNetwork } from '../../src/network/ha-network';
import { NatMode } from '../../src/network/nat-mode';
import { SAME_FACTS } from '../../src/private/same-facts';
import { SingleTaskWebApp } from '../../src/web-app/ecs/single-task-web-app';

const networkIn = (stack: Stack) => new HaNetwork(stack, 'Network').vpc;
const clusterIn = (stack: Stack, capacity = EcsCapacity.fargate()) => new HaEcsCluster(stack, 'Cluster', { vpc: networkIn(stack), capacity });
const IMAGE = ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28');

/** What a construct warns of, and HaChecks tells as well: one program for each. */
const PROGRAMS: Record<string, (stack: Stack) => IConstruct> = {
  'AuroraMysqlDatabase.noReader': (stack) => new AuroraMysqlDatabase(stack, 'Database', { vpc: networkIn(stack), databaseName: 'shop', readers: 0 }),
  'EcsCapacity.oneWriterOnInstances': (stack) => {
    const capacity = EcsCapacity.ec2({
      instanceType: new ec2.InstanceType('t3.medium'), minInstances: 2, maxInstances: 4, oneWriterPlacement: OneWriterPlacement.INSTANCES,
    });
    return new EfsBackedMysqlService(stack, 'Database', { cluster: clusterIn(stack, capacity), databaseName: 'shop' });
  },
  'EfsBackedMysqlService.singleTask': (stack) => new EfsBackedMysqlService(stack, 'Database', { cluster: clusterIn(stack), databaseName: 'shop' }),
  'HaNetwork.singleNatGateway': (stack) => new HaNetwork(stack, 'Network', { natMode: NatMode.SINGLE }),
  'RdsMysqlDatabase.noStandby': (stack) => new RdsMysqlDatabase(stack, 'Database', { vpc: networkIn(stack), databaseName: 'shop', multiAz: false }),
  'SingleTaskWebApp.singleTask': (stack) => new SingleTaskWebApp(stack, 'Blog', { cluster: clusterIn(stack), image: IMAGE, reason: 'a test' }),
};

/** Which of the two is still told, once the id was acknowledged on the construct. */
function toldOf(warning: string, acknowledged?: string): string[] {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const construct = PROGRAMS[warning](new Stack(app, 'Shop', { env: { region: 'eu-west-1' } }));
  if (acknowledged !== undefined) Validations.of(construct).acknowledge({ id: acknowledged, reason: 'it is what is under test' });
  Validations.of(app).addPlugins(new HaChecks(app));
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  printed.mockRestore();
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
  const told = pluginReports.flatMap(({ violations }: any) => violations).map(({ ruleName }: any) => String(ruleName).replace(/^cdk-ha-ecs::/, ''));
  return [warning, SAME_FACTS[warning]].filter((id) => told.some((each: string) => each === id || each.startsWith(`${id}[`)));
}

test('every fact that is told twice has a program here', () => {
  expect(Object.keys(PROGRAMS)).toEqual(Object.keys(SAME_FACTS));
});

describe.each(Object.entries(SAME_FACTS))('%s and HaChecks::%s', (warning, rule) => {
  test('are both told of a program that accepts neither', () => expect(toldOf(warning)).toEqual([warning, rule]));
  test('are both silenced by the id of the warning', () => expect(toldOf(warning, `cdk-ha-ecs::${warning}`)).toEqual([]));
  test('are both silenced by the id of the rule', () => expect(toldOf(warning, `HaChecks::${rule}`)).toEqual([]));
});

test('a reason for one database says nothing of another', () => {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });
  const vpc = networkIn(stack);
  const [first] = ['First', 'Second'].map((id) => new RdsMysqlDatabase(stack, id, { vpc, databaseName: 'shop', multiAz: false }));
  Validations.of(first).acknowledge({ id: 'cdk-ha-ecs::RdsMysqlDatabase.noStandby', reason: 'it is what is under test' });
  Validations.of(app).addPlugins(new HaChecks(app));
  const printed = jest.spyOn(console, 'error').mockImplementation();
  const { directory } = app.synth();
  printed.mockRestore();
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
  const places = pluginReports.flatMap(({ violations }: any) => violations).filter(({ ruleName }: any) => /one-zone-database|noStandby/.test(ruleName))
    .flatMap(({ violatingConstructs }: any) => violatingConstructs).map(({ constructPath }: any) => constructPath.split('/')[1]);
  expect([...new Set(places)]).toEqual(['Second']);
});
