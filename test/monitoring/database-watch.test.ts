import { App, Duration, RemovalPolicy, Size, Stack, aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { alarmMetrics, alarmOf, ofType, World } from './world';
import { DatabaseDumps } from '../../src/database/dumps/database-dumps';
import { AuroraMysqlDatabase } from '../../src/database/managed/aurora-mysql-database';
import type { AuroraMysqlDatabaseProps } from '../../src/database/managed/aurora-mysql-database-props';
import { RdsMysqlDatabase } from '../../src/database/managed/rds-mysql-database';
import type { RdsMysqlDatabaseProps } from '../../src/database/managed/rds-mysql-database-props';
import { AlarmRouting } from '../../src/monitoring/alarm-routing';
import { AlarmTopic } from '../../src/monitoring/alarm-topic';
import { memoryOf } from '../../src/monitoring/server-size';
import { WebAppMonitoring } from '../../src/monitoring/web-app-monitoring';
import { FLAG_CONTEXTS } from '../fixtures';
import { dependencyCycle, referencesIn, resourcesOf } from '../templates';
import { FakeDatabase } from '../web-app/ecs/world';

const ENV = { region: 'eu-west-1' };
const GIB = 1024 ** 3;

function stacks(context: Record<string, unknown> = {}) {
  const app = new App({ context });
  const data = new Stack(app, 'Data', { env: ENV });
  const home = new Stack(app, 'Watch', { env: ENV });
  const vpc = new ec2.Vpc(data, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
  const monitoring = new WebAppMonitoring(home, 'Monitoring', { routing: AlarmRouting.topic(new AlarmTopic(home, 'Alarms').topic) });
  return { data, home, vpc, monitoring };
}

function rdsWatched(props: Partial<RdsMysqlDatabaseProps> = {}, context: Record<string, unknown> = {}) {
  const place = stacks(context);
  const database = new RdsMysqlDatabase(place.data, 'Database', { vpc: place.vpc, databaseName: 'shop', ...props });
  return { ...place, alarms: place.monitoring.watchDatabase(database) };
}

function auroraWatched(props: Partial<AuroraMysqlDatabaseProps> = {}, context: Record<string, unknown> = {}) {
  const place = stacks(context);
  const database = new AuroraMysqlDatabase(place.data, 'Database', { vpc: place.vpc, databaseName: 'shop', ...props });
  return { ...place, alarms: place.monitoring.watchDatabase(database) };
}

/** What alarms look at of a database, beside the delivery of its events. */
function ofRds(stack: Stack): string[] {
  return alarmMetrics(stack).filter((name) => name !== 'AWS/Events/FailedInvocations').sort();
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe('RDS', () => {
    const { data, home } = rdsWatched({}, context);

    test.each([
      ['Cpu', 'GreaterThanThreshold', 85, 'breaching'],
      ['FreeStorage', 'LessThanThreshold', 2 * GIB, 'notBreaching'],
      ['FreeableMemory', 'LessThanThreshold', Math.floor(4 * GIB / 20), 'notBreaching'],
      ['Connections', 'GreaterThanThreshold', 273, 'notBreaching'],
    ])('%s fires when it is %s %d', (ending, operator, threshold, missing) => {
      expect(alarmOf(home, ending)).toMatchObject({ ComparisonOperator: operator, Threshold: threshold, TreatMissingData: missing });
    });

    test('has no lag, because its standby is no reader, and no metrics of tasks and files', () => {
      expect(ofRds(home)).toEqual(['CPUUtilization', 'DatabaseConnections', 'FreeStorageSpace', 'FreeableMemory'].map((name) => `AWS/RDS/${name}`));
    });

    test('tells of failovers', () => {
      Template.fromStack(home).hasResourceProperties('AWS::Events::Rule', {
        EventPattern: { 'source': ['aws.rds'], 'detail-type': ['RDS DB Instance Event'], 'resources': [Match.anyValue()] },
      });
    });

    test('makes no cycle', () => {
      expect([data, home].map((stack) => dependencyCycle(resourcesOf(stack)))).toEqual([undefined, undefined]);
    });
  });

  describe('Aurora', () => {
    const { home } = auroraWatched({}, context);

    test('watches the lag of its readers, and no volume, which grows by itself', () => {
      expect(ofRds(home)).toEqual(['AuroraReplicaLagMaximum', 'CPUUtilization', 'DatabaseConnections', 'FreeableMemory'].map((name) => `AWS/RDS/${name}`));
      expect(alarmOf(home, 'ReplicaLag')).toMatchObject({ Threshold: 2000, Statistic: 'Maximum' });
    });

    test('judges connections and memory by the type of its servers', () => {
      expect(alarmOf(home, 'Connections').Threshold).toBe(855);
      expect(alarmOf(home, 'FreeableMemory').Threshold).toBe(Math.floor(16 * GIB / 20));
    });

    test('tells of failovers', () => {
      Template.fromStack(home).hasResourceProperties('AWS::Events::Rule', { EventPattern: { 'detail-type': ['RDS DB Cluster Event'] } });
    });
  });

  describe('a server on ECS', () => {
    const world = new World({ context });
    world.monitoring().watchDatabase(world.database);

    test('counts the line that a successful dump ends with', () => {
      Template.fromStack(world.home).hasResourceProperties('AWS::Logs::MetricFilter', {
        FilterPattern: '"dump finished"',
        MetricTransformations: [{ MetricNamespace: 'cdk-ha-ecs', MetricName: Match.stringLikeRegexp('^Data-Database-Dump-[0-9A-F]+$'), MetricValue: '1' }],
      });
    });

    test('looks for it hour by hour, and takes hours without a line for hours without a dump', () => {
      expect(alarmOf(world.home, 'DumpTooOld').Metrics).toEqual([
        expect.objectContaining({ Expression: 'FILL(finished, 0)' }),
        expect.objectContaining({ MetricStat: expect.objectContaining({ Period: 3600, Stat: 'Sum' }), ReturnData: false }),
      ]);
    });

    test('tells of a missing dump from the first one on that was tried, and not before', () => {
      const { AlarmRule, ActionsSuppressor, ActionsSuppressorWaitPeriod } = alarmOf(world.home, 'DumpOverdue');
      const ids = referencesIn(AlarmRule).map((id) => id.replace(/^MonitoringOfDataDatabase|[0-9A-F]{8}$/g, ''));
      const words = AlarmRule['Fn::Join'][1].filter((part: unknown) => typeof part === 'string').join('');
      expect([ids, words.match(/ALARM|OK|AND|OR/g)]).toEqual([['DumpTooOld', 'DumpTried'], ['ALARM', 'AND', 'OK']]);
      // Both change at the first dump, one a moment before the other.
      expect([referencesIn(ActionsSuppressor)[0], ActionsSuppressorWaitPeriod]).toEqual([expect.stringContaining('DumpTried'), 300]);
    });

    test('knows that one was tried by any line of its log, and does not forget it', () => {
      const tried = alarmOf(world.home, 'DumpTried');
      expect(tried).toMatchObject({ ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'ignore' });
      Template.fromStack(world.home).hasResourceProperties('AWS::Logs::MetricFilter', {
        FilterPattern: '', MetricTransformations: [{ MetricNamespace: 'cdk-ha-ecs', MetricName: tried.MetricName, MetricValue: '1' }],
      });
    });

    test('its parts tell nobody', () => {
      for (const part of ['DumpTooOld', 'DumpTried']) expect(alarmOf(world.home, part)).not.toHaveProperty('AlarmActions');
      expect(referencesIn(alarmOf(world.home, 'DumpOverdue').AlarmActions)).toHaveLength(1);
    });

    test('has elastic throughput, which emits no burst credits', () => {
      expect(alarmMetrics(world.home)).not.toContain('AWS/EFS/BurstCreditBalance');
    });
  });
});

describe('what a database does not have', () => {
  test('Aurora without readers has no lag', () => {
    expect(auroraWatched({ readers: 0 }).alarms.replicaLag).toBeUndefined();
  });

  test('Aurora Serverless is judged by the size it may grow to', () => {
    const { home } = auroraWatched({ serverlessV2MaxCapacity: 8 });
    expect(alarmOf(home, 'FreeableMemory').Threshold).toBe(Math.floor(16 * GIB / 20));
  });

  test('a type of server that is not known has no alarm on memory and connections', () => {
    const { alarms } = rdsWatched({ instanceType: new ec2.InstanceType('z9.metal'), engineVersion: rds.MysqlEngineVersion.VER_8_4_10 });
    expect([alarms.freeableMemory, alarms.connections]).toEqual([undefined, undefined]);
    expect(alarms.cpu).toBeDefined();
  });

  test('a dump alone is watched like one with its database', () => {
    const world = new World();
    const alarms = world.monitoring(AlarmRouting.disabled('a test')).watchDatabaseDump(world.database.dump!);
    expect(Object.keys(alarms).sort()).toEqual(['dumpNotStarted', 'dumpTooOld']);
  });

  test('without dumps none is too old', () => {
    const world = new World({ database: { dumps: DatabaseDumps.disabled('a test') } });
    const alarms = world.monitoring(AlarmRouting.disabled('a test')).watchDatabase(world.database);
    expect([alarms.dumpTooOld, alarms.dumpNotStarted]).toEqual([undefined, undefined]);
    expect(ofType(resourcesOf(world.home), 'AWS::Logs::MetricFilter')).toEqual([]);
  });

  test('a database that is only known by its address has no metrics, with a warning', () => {
    const { data, vpc, monitoring } = stacks();
    expect(monitoring.watchDatabase(new FakeDatabase(data, 'Known', vpc))).toEqual({});
    expect(Annotations.fromStack(data).findWarning('*', Match.stringLikeRegexp('WebAppMonitoring.unknownDatabase'))).toHaveLength(1);
  });
});

describe('thresholds', () => {
  test('of a managed database', () => {
    const { data, home, vpc, monitoring } = stacks();
    monitoring.watchDatabase(new RdsMysqlDatabase(data, 'Rds', { vpc, databaseName: 'shop', removalPolicy: RemovalPolicy.DESTROY }), {
      cpuPercent: 1, minFreeStorage: Size.bytes(2), minFreeableMemory: Size.bytes(3), connections: 4,
    });
    monitoring.watchDatabase(new AuroraMysqlDatabase(data, 'Aurora', { vpc, databaseName: 'shop' }), { replicaLag: Duration.seconds(5) });
    expect(['RdsCpu', 'FreeStorage', 'RdsFreeableMemory', 'RdsConnections', 'ReplicaLag'].map((ending) => alarmOf(home, ending).Threshold)).toEqual([1, 2, 3, 4, 5000]);
  });

  test('of the age of a dump', () => {
    const world = new World();
    world.monitoring(AlarmRouting.disabled('a test')).watchDatabase(world.database, { dumpAge: Duration.days(7) });
    expect(alarmOf(world.home, 'DumpTooOld')).toMatchObject({ EvaluationPeriods: 168, DatapointsToAlarm: 168 });
  });

  test.each([Duration.days(8), Duration.minutes(90), Duration.minutes(0)])('fails for a dump age of %s, and says what CloudWatch can look back upon', (dumpAge) => {
    const world = new World();
    expect(() => world.monitoring(AlarmRouting.disabled('a test')).watchDatabase(world.database, { dumpAge }))
      .toThrow(/dumpAge is .*whole hours, from 1 to 168.*set it to the time between two dumps/);
  });
});

test.each([
  ['db.t4g.medium', 4], ['db.t3.micro', 1], ['db.m7g.large', 8], ['db.r7g.large', 16], ['db.r6i.4xlarge', 128], ['db.x2g.xlarge', 64],
  ['db.serverless', undefined], ['db.z1d.large', undefined], ['db.r7g.metal', undefined], [undefined, undefined],
])('the memory of %s is %s GiB', (instanceClass, gibibytes) => {
  expect(memoryOf(instanceClass)?.toGibibytes()).toBe(gibibytes);
});
