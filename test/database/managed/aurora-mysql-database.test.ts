import { RemovalPolicy, Stack, Token, aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { auroraDatabase, network, ofType, only } from './managed-fixture';
import { AuroraMysqlDatabase } from '../../../src/database/managed/aurora-mysql-database';
import { FLAG_CONTEXTS, testStack } from '../../fixtures';
import { dependencyCycle, resourcesOf } from '../../templates';

const zoneOf = (instance: { Properties?: any }): unknown => instance.Properties.AvailabilityZone['Fn::Select'][0];

describe.each(FLAG_CONTEXTS)('%s', (_flags, context) => {
  const stack = Stack.of(auroraDatabase({}, context));
  const cluster = only(stack, 'AWS::RDS::DBCluster');
  const writer = only(stack, 'AWS::RDS::DBInstance', 'DatabaseClusterWriter');
  const reader = only(stack, 'AWS::RDS::DBInstance', 'DatabaseClusterReader1');

  test('writer and reader are in different zones, and the reader is the one that takes over', () => {
    expect(zoneOf(writer)).toBe(0);
    expect(zoneOf(reader)).toBe(1);
    expect(reader.Properties.PromotionTier).toBe(1);
  });

  test('both servers have the same type, so that a failover changes nothing', () => {
    expect([writer, reader].map(({ Properties }) => Properties.DBInstanceClass)).toEqual(['db.r7g.large', 'db.r7g.large']);
  });

  test('storage is encrypted, backed up for 14 days, and protected', () => {
    expect(cluster.Properties).toMatchObject({
      StorageEncrypted: true, BackupRetentionPeriod: 14, CopyTagsToSnapshot: true, DeletionProtection: true, DeleteAutomatedBackups: false,
    });
    expect(cluster).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
  });

  test('it lies in isolated subnets and has no public address', () => {
    expect([writer, reader].map(({ Properties }) => Properties.PubliclyAccessible)).toEqual([false, false]);
    expect(only(stack, 'AWS::RDS::DBSubnetGroup').Properties.SubnetIds)
      .toEqual([{ Ref: expect.stringMatching(/^VpcIsolatedSubnet1/) }, { Ref: expect.stringMatching(/^VpcIsolatedSubnet2/) }]);
  });

  test('neither minor versions nor extended support come by themselves', () => {
    expect(cluster.Properties).toMatchObject({
      EngineVersion: '8.0.mysql_aurora.3.12.0', EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    });
    expect([writer, reader].map(({ Properties }) => Properties.AutoMinorVersionUpgrade)).toEqual([false, false]);
  });

  test('clients must use TLS, text is utf8mb4 and slow statements are logged', () => {
    expect(only(stack, 'AWS::RDS::DBClusterParameterGroup').Properties).toMatchObject({
      Family: 'aurora-mysql8.0',
      Parameters: { require_secure_transport: 'ON', character_set_server: 'utf8mb4', slow_query_log: '1', long_query_time: '2' },
    });
    expect([writer, reader].map(({ Properties }) => Properties.CACertificateIdentifier)).toEqual(['rds-ca-rsa2048-g1', 'rds-ca-rsa2048-g1']);
  });

  test('it is watched: Database Insights, and the operating system every minute', () => {
    expect(cluster.Properties).toMatchObject({ PerformanceInsightsEnabled: true, PerformanceInsightsRetentionPeriod: 7, DatabaseInsightsMode: 'standard' });
    for (const { Properties } of [writer, reader]) expect(Properties).toMatchObject({ EnablePerformanceInsights: true, MonitoringInterval: 60 });
  });

  test('its logs have a retention without a custom resource', () => {
    const groups = ofType(stack, 'AWS::Logs::LogGroup');
    const name = cluster.Properties.DBClusterIdentifier['Fn::Join'][1][0];
    expect(groups.map(([, group]) => group.Properties.LogGroupName['Fn::Join'][1][0])).toEqual([`/aws/rds/cluster/${name}`, `/aws/rds/cluster/${name}`]);
    expect(groups.map(([, group]) => group.Properties.RetentionInDays)).toEqual([30, 30]);
    expect(cluster.DependsOn).toEqual(expect.arrayContaining(groups.map(([id]) => id)));
    expect(Object.values(resourcesOf(stack)).filter(({ Type }) => /^Custom::|Lambda/.test(Type))).toEqual([]);
  });

  test('the template has no cycle', () => expect(dependencyCycle(resourcesOf(stack))).toBeUndefined());
});

test('the logical ids of what keeps data stay as they are', () => {
  const stateful = /RDS::DB(Cluster|Instance|SubnetGroup)$|SecretsManager::Secret$/;
  const stack = Stack.of(auroraDatabase());
  expect(Object.entries(resourcesOf(stack)).filter(([, { Type }]) => stateful.test(Type)).map(([id]) => id).sort()).toEqual([
    'DatabaseCluster5B53A178',
    'DatabaseClusterReader1D8B76102',
    'DatabaseClusterWriterD43085C6',
    'DatabaseSecretsAdministratorA3B56C0A',
    'DatabaseSecretsApplicationDA9CA8AB',
    'DatabaseSubnets56F17B9A',
  ]);
});

describe('Serverless v2', () => {
  const stack = Stack.of(auroraDatabase({ serverlessV2MinCapacity: 0.5, readers: 2 }));

  test('servers move between half a unit and four', () => {
    expect(only(stack, 'AWS::RDS::DBCluster').Properties.ServerlessV2ScalingConfiguration).toEqual({ MinCapacity: 0.5, MaxCapacity: 4 });
    expect(ofType(stack, 'AWS::RDS::DBInstance').map(([, { Properties }]) => Properties.DBInstanceClass)).toEqual(Array(3).fill('db.serverless'));
  });

  test('a largest size alone makes servers that start at half a unit', () => {
    expect(only(Stack.of(auroraDatabase({ serverlessV2MaxCapacity: 8 })), 'AWS::RDS::DBCluster').Properties.ServerlessV2ScalingConfiguration)
      .toEqual({ MinCapacity: 0.5, MaxCapacity: 8 });
  });

  test('the first reader grows with the writer, the next with its own load', () => {
    expect(only(stack, 'AWS::RDS::DBInstance', 'DatabaseClusterReader1').Properties.PromotionTier).toBe(1);
    expect(only(stack, 'AWS::RDS::DBInstance', 'DatabaseClusterReader2').Properties.PromotionTier).toBe(2);
  });

  test.each([[0.5, false], [2, true]])('from %s units on Database Insights: %s', (minAcu, on) => {
    const properties = only(Stack.of(auroraDatabase({ serverlessV2MinCapacity: minAcu, serverlessV2MaxCapacity: 8 })), 'AWS::RDS::DBCluster').Properties;
    expect(properties.PerformanceInsightsEnabled).toBe(on);
  });

  test('a minimum above the default maximum lifts it', () => {
    expect(only(Stack.of(auroraDatabase({ serverlessV2MinCapacity: 6 })), 'AWS::RDS::DBCluster').Properties.ServerlessV2ScalingConfiguration)
      .toEqual({ MinCapacity: 6, MaxCapacity: 6 });
  });

  test.each([[0.3, 4], [4, 2], [0, 0.5], [-1, 4], [1, 257]])('fails on %s to %s units', (minAcu, maxAcu) => {
    expect(() => auroraDatabase({ serverlessV2MinCapacity: minAcu, serverlessV2MaxCapacity: maxAcu }))
      .toThrow(new RegExp(`serverlessV2MinCapacity to serverlessV2MaxCapacity is ${minAcu} to ${maxAcu} ACU, but must be 0 to 256 in steps of 0.5.*for example`));
  });

  test('fails together with a type', () => {
    expect(() => auroraDatabase({ serverlessV2MaxCapacity: 4, instanceType: new ec2.InstanceType('r7g.large') }))
      .toThrow(/instanceType is r7g.large together with serverlessV2MinCapacity or serverlessV2MaxCapacity, but must be one of the two: leave instanceType out/);
  });
});

describe('settings of one\'s own', () => {
  test('reach the cluster and its servers', () => {
    const stack = Stack.of(auroraDatabase({
      engineVersion: rds.AuroraMysqlEngineVersion.VER_3_10_4, instanceType: new ec2.InstanceType('t4g.medium'), identifier: 'shop', port: 3307,
    }));
    expect(only(stack, 'AWS::RDS::DBCluster').Properties).toMatchObject({
      EngineVersion: '8.0.mysql_aurora.3.10.4', DBClusterIdentifier: 'shop', Port: 3307, PerformanceInsightsEnabled: false,
    });
    expect(only(stack, 'AWS::RDS::DBInstance', 'DatabaseClusterWriter').Properties.DBInstanceClass).toBe('db.t4g.medium');
  });

  test('more readers than zones go round the zones again', () => {
    const stack = Stack.of(auroraDatabase({ readers: 3 }));
    expect(ofType(stack, 'AWS::RDS::DBInstance').map(([, instance]) => zoneOf(instance))).toEqual([0, 1, 0, 1]);
  });

  test('subnets whose zones are not known leave the choice to Aurora, which takes different ones', () => {
    const stack = testStack();
    const vpcSubnets = { subnets: ['subnet-a', 'subnet-b'].map((subnetId) => ec2.Subnet.fromSubnetId(stack, subnetId, subnetId)) };
    new AuroraMysqlDatabase(stack, 'Database', { vpc: network(stack), vpcSubnets, databaseName: 'shop' });
    expect(only(stack, 'AWS::RDS::DBInstance', 'DatabaseClusterReader1').Properties.AvailabilityZone).toBeUndefined();
  });

  test('without a reader it warns, with an id that can be acknowledged', () => {
    const database = auroraDatabase({ readers: 0 });
    expect(ofType(Stack.of(database), 'AWS::RDS::DBInstance')).toHaveLength(1);
    Annotations.fromStack(Stack.of(database)).hasWarning('/Test/Database', Match.stringLikeRegexp('cdk-ha-ecs::AuroraMysqlDatabase.noReader'));
  });

  test.each([-1, 16, 1.5])('fails on %s readers', (readers) => {
    expect(() => auroraDatabase({ readers })).toThrow(new RegExp(`readers is ${readers}, but must be a whole number from 0 to 15: leave it out`));
  });
});

describe('removal', () => {
  test('DESTROY is the one switch for a lab: nothing is protected and nothing stays', () => {
    const stack = Stack.of(auroraDatabase({ removalPolicy: RemovalPolicy.DESTROY }));
    expect(only(stack, 'AWS::RDS::DBCluster').Properties).toMatchObject({ DeletionProtection: false, DeleteAutomatedBackups: true });
    expect(Object.values(resourcesOf(stack)).filter(({ DeletionPolicy }) => DeletionPolicy !== undefined && DeletionPolicy !== 'Delete')).toEqual([]);
  });

  test('RETAIN keeps cluster and servers', () => {
    const stack = Stack.of(auroraDatabase({ removalPolicy: RemovalPolicy.RETAIN }));
    const kept = ['RDS::DBCluster', 'RDS::DBInstance', 'RDS::DBSubnetGroup', 'RDS::DBClusterParameterGroup'].flatMap((type) => ofType(stack, `AWS::${type}`));
    expect(kept.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(Array(5).fill('Retain'));
  });

  test('RETAIN without protection keeps nothing of a first deployment that failed', () => {
    const stack = Stack.of(auroraDatabase({ removalPolicy: RemovalPolicy.RETAIN, deletionProtection: false }));
    const kept = ['RDS::DBCluster', 'RDS::DBInstance', 'RDS::DBSubnetGroup', 'RDS::DBClusterParameterGroup'].flatMap((type) => ofType(stack, `AWS::${type}`));
    expect(kept.map(([, { DeletionPolicy, UpdateReplacePolicy }]) => [DeletionPolicy, UpdateReplacePolicy]))
      .toEqual(Array(5).fill(['RetainExceptOnCreate', 'Retain']));
  });
});

describe('a version that the CDK does not know', () => {
  const familyOf = (version: rds.AuroraMysqlEngineVersion) => only(Stack.of(auroraDatabase({ engineVersion: version })), 'AWS::RDS::DBClusterParameterGroup').Properties.Family;

  test('has the family that it names, not that of 5.7', () => {
    expect(familyOf(rds.AuroraMysqlEngineVersion.of('8.0.mysql_aurora.3.99.0'))).toBe('aurora-mysql8.0');
  });

  test('has the family that was given with it', () => {
    expect(familyOf(rds.AuroraMysqlEngineVersion.of('8.4.mysql_aurora.4.01.0', '8.4'))).toBe('aurora-mysql8.4');
  });

  test('stays as it is where only the deployment knows it', () => {
    expect(() => familyOf(rds.AuroraMysqlEngineVersion.of(Token.asString({ Ref: 'Version' }), '8.0'))).not.toThrow();
  });
});

test('RDS leaves no version by itself, given or not', () => {
  const upgrades = (engineVersion?: rds.AuroraMysqlEngineVersion) => ofType(Stack.of(auroraDatabase({ engineVersion })), 'AWS::RDS::DBInstance')
    .map(([, { Properties }]) => Properties.AutoMinorVersionUpgrade);
  expect(upgrades()).toEqual([false, false]);
  expect(upgrades(rds.AuroraMysqlEngineVersion.VER_3_10_0)).toEqual([false, false]);
});
