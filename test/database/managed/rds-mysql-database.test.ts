import { Duration, RemovalPolicy, Size, Stack, aws_ec2 as ec2, aws_iam as iam, aws_kms as kms, aws_rds as rds } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ofType, only, rdsDatabase } from './managed-fixture';
import { FLAG_CONTEXTS } from '../../fixtures';
import { dependencyCycle, resourcesOf } from '../../templates';

describe.each(FLAG_CONTEXTS)('%s', (_flags, context) => {
  const stack = Stack.of(rdsDatabase({}, context));
  const instance = only(stack, 'AWS::RDS::DBInstance');

  test('a standby in another zone takes over', () => expect(instance.Properties.MultiAZ).toBe(true));

  test('storage is encrypted and grows before it is full', () => {
    expect(instance.Properties).toMatchObject({ StorageEncrypted: true, StorageType: 'gp3', AllocatedStorage: '20', MaxAllocatedStorage: 100 });
  });

  test('it lies in isolated subnets and has no public address', () => {
    expect(instance.Properties.PubliclyAccessible).toBe(false);
    expect(only(stack, 'AWS::RDS::DBSubnetGroup').Properties.SubnetIds)
      .toEqual([{ Ref: expect.stringMatching(/^VpcIsolatedSubnet1/) }, { Ref: expect.stringMatching(/^VpcIsolatedSubnet2/) }]);
  });

  test('it is backed up for 14 days, with its tags, and the backups outlive it', () => {
    expect(instance.Properties).toMatchObject({ BackupRetentionPeriod: 14, CopyTagsToSnapshot: true, DeleteAutomatedBackups: false });
  });

  test('RDS refuses to delete it, and deleting the stack leaves a snapshot', () => {
    expect(instance.Properties.DeletionProtection).toBe(true);
    expect(instance).toMatchObject({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
  });

  test('minor versions come by themselves, extended support never', () => {
    expect(instance.Properties).toMatchObject({
      EngineVersion: '8.4.10',
      AutoMinorVersionUpgrade: false,
      AllowMajorVersionUpgrade: false,
      EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    });
  });

  test('clients must use TLS, text is utf8mb4 and slow statements are logged', () => {
    expect(only(stack, 'AWS::RDS::DBParameterGroup').Properties).toMatchObject({
      Family: 'mysql8.4',
      Parameters: { require_secure_transport: '1', character_set_server: 'utf8mb4', slow_query_log: '1', long_query_time: '2', log_output: 'FILE' },
    });
    expect(instance.Properties.CACertificateIdentifier).toBe('rds-ca-rsa2048-g1');
  });

  test('it is watched: Database Insights, and the operating system every minute', () => {
    expect(instance.Properties).toMatchObject({
      EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 7, DatabaseInsightsMode: 'standard', MonitoringInterval: 60,
    });
  });

  test('its logs have a retention without a custom resource: the groups are there before the server, under its name', () => {
    expect(instance.Properties.EnableCloudwatchLogsExports).toEqual(['error', 'slowquery']);
    const groups = ofType(stack, 'AWS::Logs::LogGroup');
    const name = instance.Properties.DBInstanceIdentifier['Fn::Join'][1];
    expect(groups.map(([, group]) => group.Properties.LogGroupName['Fn::Join'][1])).toEqual(['error', 'slowquery'].map((log) => [
      `/aws/rds/instance/${name[0]}`, name[1], `/${log}`,
    ]));
    expect(groups.map(([, group]) => group.Properties.RetentionInDays)).toEqual([30, 30]);
    expect(instance.DependsOn).toEqual(expect.arrayContaining(groups.map(([id]) => id)));
    expect(Object.values(resourcesOf(stack)).filter(({ Type }) => /^Custom::|Lambda/.test(Type))).toEqual([]);
  });

  test('the template has no cycle', () => expect(dependencyCycle(resourcesOf(stack))).toBeUndefined());
});

test('the logical ids of what keeps data stay as they are', () => {
  const stack = Stack.of(rdsDatabase());
  const stateful = /RDS::DB(Instance|SubnetGroup)|SecretsManager::Secret$|Logs::LogGroup/;
  expect(Object.entries(resourcesOf(stack)).filter(([, { Type }]) => stateful.test(Type)).map(([id]) => id).sort()).toEqual([
    'DatabaseInstanceAA8A5FDE',
    'DatabaseLogsError79ECB100',
    'DatabaseLogsSlowQuery65C64DD8',
    'DatabaseSecretsAdministratorA3B56C0A',
    'DatabaseSecretsApplicationDA9CA8AB',
    'DatabaseSubnets56F17B9A',
  ]);
});

test('what is generated into the secrets never changes, for that would draw new passwords', () => {
  const secrets = ofType(Stack.of(rdsDatabase()), 'AWS::SecretsManager::Secret').map(([, secret]) => secret.Properties.GenerateSecretString);
  expect(secrets).toEqual(['dbadmin', 'app'].map((username) => (
    { SecretStringTemplate: `{"username":"${username}"}`, GenerateStringKey: 'password', ExcludePunctuation: true, PasswordLength: 32 }
  )));
});

test('its name is one that RDS takes, whatever the construct path', () => {
  const [prefix, stackId] = only(Stack.of(rdsDatabase()), 'AWS::RDS::DBInstance').Properties.DBInstanceIdentifier['Fn::Join'][1];
  expect(prefix).toMatch(/^[a-z](-?[a-z0-9])*-$/);
  expect(prefix.length + 36).toBeLessThanOrEqual(63);
  expect(stackId).toEqual({ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] });
});

describe('settings of one\'s own', () => {
  const key = (scope: Stack): kms.IKey => kms.Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k');
  const database = rdsDatabase({
    engineVersion: rds.MysqlEngineVersion.VER_8_4_9,
    instanceType: new ec2.InstanceType('m7g.large'),
    storageSize: Size.gibibytes(50),
    maxStorageSize: Size.gibibytes(60),
    backupRetention: Duration.days(35),
    identifier: 'shop-database',
    applicationUser: 'shop_app',
    requireTls: false,
    iamAuthentication: false,
    port: 3307,
    parameters: { long_query_time: '1', max_connections: '50' },
  });
  const stack = Stack.of(database);

  test('reach the instance', () => {
    expect(only(stack, 'AWS::RDS::DBInstance').Properties).toMatchObject({
      EngineVersion: '8.4.9',
      DBInstanceClass: 'db.m7g.large',
      AllocatedStorage: '50',
      MaxAllocatedStorage: 60,
      BackupRetentionPeriod: 35,
      DBInstanceIdentifier: 'shop-database',
      EnableIAMDatabaseAuthentication: false,
      Port: '3307',
    });
    expect(database.port).toBe(3307);
  });

  test('reach the parameter group', () => {
    expect(only(stack, 'AWS::RDS::DBParameterGroup').Properties.Parameters)
      .toMatchObject({ require_secure_transport: '0', long_query_time: '1', max_connections: '50', slow_query_log: '1' });
  });

  test('name the log groups', () => {
    expect(ofType(stack, 'AWS::Logs::LogGroup').map(([, group]) => group.Properties.LogGroupName))
      .toEqual(['/aws/rds/instance/shop-database/error', '/aws/rds/instance/shop-database/slowquery']);
  });

  test('a key encrypts storage and secrets', () => {
    const keyed = Stack.of(rdsDatabase({ encryptionKey: key(stack) }));
    expect(only(keyed, 'AWS::RDS::DBInstance').Properties.KmsKeyId).toMatch(/key\/k$/);
    expect(ofType(keyed, 'AWS::SecretsManager::Secret').map(([, secret]) => secret.Properties.KmsKeyId)).toEqual([
      expect.stringMatching(/key\/k$/), expect.stringMatching(/key\/k$/),
    ]);
  });

  test('a monitoring role of the user\'s own leaves no role to create', () => {
    const other = rdsDatabase({ monitoringRole: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/monitoring') });
    Template.fromStack(Stack.of(other)).resourceCountIs('AWS::IAM::Role', 0);
  });

  test.each(['t4g.micro', 't3.small'])('%s has no memory for Database Insights', (type) => {
    const properties = only(Stack.of(rdsDatabase({ instanceType: new ec2.InstanceType(type) })), 'AWS::RDS::DBInstance').Properties;
    expect(properties.EnablePerformanceInsights).toBe(false);
    expect(properties.DatabaseInsightsMode).toBeUndefined();
  });
});

describe('without a standby', () => {
  const database = rdsDatabase({ multiAz: false });

  test('it is one server', () => expect(only(Stack.of(database), 'AWS::RDS::DBInstance').Properties.MultiAZ).toBe(false));

  test('it warns, with an id that can be acknowledged', () => {
    Annotations.fromStack(Stack.of(database)).hasWarning('/Test/Database', Match.stringLikeRegexp('no standby.*cdk-ha-ecs::RdsMysqlDatabase.noStandby'));
  });
});

describe('removal', () => {
  test('DESTROY is the one switch for a lab: nothing is protected and nothing stays', () => {
    const stack = Stack.of(rdsDatabase({ removalPolicy: RemovalPolicy.DESTROY }));
    expect(only(stack, 'AWS::RDS::DBInstance').Properties).toMatchObject({ DeletionProtection: false, DeleteAutomatedBackups: true });
    const kept = Object.entries(resourcesOf(stack)).filter(([, { DeletionPolicy }]) => DeletionPolicy !== undefined && DeletionPolicy !== 'Delete');
    expect(kept).toEqual([]);
  });

  test('RETAIN keeps what a database that stays still uses, so that the rest of the stack can go', () => {
    const stack = Stack.of(rdsDatabase({ removalPolicy: RemovalPolicy.RETAIN }));
    for (const type of ['RDS::DBInstance', 'RDS::DBSubnetGroup', 'RDS::DBParameterGroup', 'EC2::SecurityGroup']) {
      expect(only(stack, `AWS::${type}`, 'Database')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('RETAIN without protection keeps nothing of a first deployment that failed', () => {
    const stack = Stack.of(rdsDatabase({ removalPolicy: RemovalPolicy.RETAIN, deletionProtection: false }));
    for (const type of ['RDS::DBInstance', 'RDS::DBSubnetGroup', 'RDS::DBParameterGroup', 'EC2::SecurityGroup']) {
      expect(only(stack, `AWS::${type}`, 'Database')).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('protection can be chosen for itself', () => {
    const stack = Stack.of(rdsDatabase({ removalPolicy: RemovalPolicy.DESTROY, deletionProtection: true }));
    expect(only(stack, 'AWS::RDS::DBInstance').Properties.DeletionProtection).toBe(true);
  });
});

describe('bad input', () => {
  test.each([10, 19])('fails on %s GiB of storage', (size) => {
    expect(() => rdsDatabase({ storageSize: Size.gibibytes(size) })).toThrow(new RegExp(`storageSize is ${size} GiB, but must be 20 to 65536 whole GiB: leave it out`));
  });

  test.each([20, 10])('fails when the volume may grow to %s GiB only', (size) => {
    expect(() => rdsDatabase({ maxStorageSize: Size.gibibytes(size) }))
      .toThrow(new RegExp(`maxStorageSize is ${size} GiB, but must be more than the 20 GiB of storageSize: enlarge it`));
  });
});

test('RDS leaves no version by itself, given or not', () => {
  const upgrades = (engineVersion?: rds.MysqlEngineVersion) => only(Stack.of(rdsDatabase({ engineVersion })), 'AWS::RDS::DBInstance').Properties.AutoMinorVersionUpgrade;
  expect(upgrades()).toBe(false);
  expect(upgrades(rds.MysqlEngineVersion.VER_8_4_5)).toBe(false);
});
