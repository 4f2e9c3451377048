import { CfnParameter, Duration, RemovalPolicy, Stack, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, aws_efs as efs, aws_iam as iam } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { OneWriterPlacement } from '../../../src/cluster/one-writer-placement';
import { DatabaseDumps } from '../../../src/database/dumps/database-dumps';
import { EfsBackedMysqlService } from '../../../src/database/efs/efs-backed-mysql-service';
import { testStack } from '../../fixtures';
import { cluster, database, only, onEc2, serverOf, templateOf, variables } from '../database-fixture';

describe('what can be chosen', () => {
  test('name in Cloud Map and time to live', () => {
    const chosen = database({ serviceName: 'mysql-service', dnsTtl: Duration.seconds(15) });
    expect(chosen.host).toBe('mysql-service.lab.internal');
    expect(only(templateOf(chosen), 'AWS::ServiceDiscovery::Service').Properties)
      .toMatchObject({ Name: 'mysql-service', DnsConfig: { DnsRecords: [{ TTL: 15 }] } });
  });

  test('memory, with the buffer pool that fits it', () => {
    const server = serverOf(templateOf(database({ memoryMiB: 4096, cpu: 1024 })));
    expect(server).toMatchObject({ Memory: 4096, Cpu: 1024 });
    expect(server.Command).toContain('--innodb-buffer-pool-size=2048M');
  });

  test('memory that is not known yet, with the smallest buffer pool', () => {
    const stack = testStack();
    const memoryMiB = new CfnParameter(stack, 'Memory', { type: 'Number' }).valueAsNumber;
    const mysql = new EfsBackedMysqlService(stack, 'Database', { cluster: cluster(stack, onEc2()), databaseName: 'shop', memoryMiB });
    expect(serverOf(templateOf(mysql)).Command).toContain('--innodb-buffer-pool-size=256M');
  });

  test('time zones, TLS and flags', () => {
    const server = serverOf(templateOf(database({ timeZoneTables: true, requireTls: true, flags: ['--max-connections=50'] })));
    expect(variables(server)).not.toHaveProperty('MYSQL_INITDB_SKIP_TZINFO');
    expect(server.Command).toEqual(expect.arrayContaining(['--require-secure-transport=ON', '--max-connections=50']));
  });

  test('a longer stop on EC2 instances that were chosen for it', () => {
    const capacity = onEc2({ oneWriterPlacement: OneWriterPlacement.INSTANCES });
    expect(serverOf(templateOf(database({ stopTimeout: Duration.minutes(10) }, {}, capacity))).StopTimeout).toBe(600);
  });

  test('another data directory, which starts empty beside the old one', () => {
    const template = templateOf(database({ storage: { dataPath: '/mysql-2' } }));
    expect(only(template, 'AWS::EFS::AccessPoint', 'DatabaseData').Properties.RootDirectory.Path).toBe('/mysql-2');
  });

  test('a file system that is there already, to which only directories are added', () => {
    const stack = testStack();
    const fileSystem = efs.FileSystem.fromFileSystemAttributes(stack, 'Existing', {
      fileSystemId: 'fs-0123456789abcdef0',
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'ExistingGroup', 'sg-12345678'),
    });
    const mysql = new EfsBackedMysqlService(stack, 'Database', { cluster: cluster(stack), databaseName: 'shop', storage: { fileSystem } });
    const template = templateOf(mysql);
    template.resourceCountIs('AWS::EFS::FileSystem', 0);
    template.resourceCountIs('AWS::EFS::MountTarget', 0);
    template.allResourcesProperties('AWS::EFS::AccessPoint', { FileSystemId: 'fs-0123456789abcdef0' });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-12345678', FromPort: 2049 });
  });

  test('that all data goes with the stack', () => {
    const template = templateOf(database({ removalPolicy: RemovalPolicy.DESTROY }));
    const kept = Object.entries(template.toJSON().Resources as Record<string, { DeletionPolicy?: string }>)
      .filter(([id, each]) => id.startsWith('Database') && each.DeletionPolicy === 'RetainExceptOnCreate');
    expect(kept.map(([id]) => id)).toEqual([]);
  });

  test('a log group name', () => {
    templateOf(database({ logGroupName: '/ecs/mysql-task' })).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/ecs/mysql-task' });
  });

  test('an image of an own repository, of which only the tag is known', () => {
    const stack = testStack();
    const image = ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Images'), 'a5949eb');
    const mysql = new EfsBackedMysqlService(stack, 'Database', { cluster: cluster(stack), databaseName: 'shop', image });
    expect(JSON.stringify(serverOf(templateOf(mysql)).Image)).toContain(':a5949eb');
  });

  test('roles, which then are the only ones', () => {
    const stack = testStack();
    const role = iam.Role.fromRoleArn(stack, 'LabRole', 'arn:aws:iam::111122223333:role/LabRole', { mutable: false });
    const mysql = new EfsBackedMysqlService(stack, 'Database', {
      cluster: cluster(stack),
      databaseName: 'shop',
      taskRole: role,
      executionRole: role,
      dumps: DatabaseDumps.scheduled({ taskRole: role, executionRole: role, schedulerRole: role }),
    });
    const roles = Object.keys(templateOf(mysql).findResources('AWS::IAM::Role')).filter((id) => id.startsWith('Database'));
    expect(roles).toEqual([]);
  });
});

describe('what cannot work', () => {
  test.each<[string, Parameters<typeof database>[0], RegExp]>([
    ['a reserved database name', { databaseName: 'mysql' }, /^Test\/Database: databaseName is 'mysql', a schema of the server.*name the database after the application/],
    ['a database name in capitals', { databaseName: 'Shop' }, /^Test\/Database: databaseName is 'Shop', but must be .*lower-case letters.*rename it/],
    ['a reserved user', { applicationUser: 'root' }, /^Test\/Database: applicationUser is 'root'.*but must be any name but .*mysql\.sys.*name the user/],
    ['a service name in capitals', { serviceName: 'MySQL' }, /^Test\/Database: serviceName is 'MySQL'.*write it as 'mysql'/],
    ['too little memory', { memoryMiB: 512 }, /^Test\/Database: memoryMiB is 512, but must be at least 1024, in whole MiB up to 33554432: set memoryMiB to 1024 or more/],
    ['the root of the file system as data directory', { storage: { dataPath: '/' } }, /storage.dataPath is '\/', but must be an absolute path below the root.*write it like/],
    ['a data directory that climbs', { storage: { dataPath: '/a/../b' } }, /storage.dataPath is '\/a\/..\/b'/],
    ['a data directory too deep for an access point', { storage: { dataPath: '/a/b/c/d/e' } }, /at most 4 folders/],
    ['a snapshot of EFS', { removalPolicy: RemovalPolicy.SNAPSHOT }, /removalPolicy is SNAPSHOT.*use RemovalPolicy.RETAIN/],
    ['a flag the server refuses', { flags: ['--skip-host-cache'] }, /the server flag is '--skip-host-cache'.*leave it out/],
    ['a stop of five minutes on Fargate', { stopTimeout: Duration.minutes(5) }, /stopTimeout is 5 minutes.*30 to 120 seconds on Fargate.*change it/],
    ['an image called latest', { image: ecs.ContainerImage.fromRegistry('example/db:latest') }, /the image is 'example\/db:latest'.*never latest: pin the version/],
    ['an image without a version', { image: ecs.ContainerImage.fromRegistry('example/db') }, /the image is 'example\/db'.*pin the version/],
  ])('fails on %s', (_what, props, message) => {
    expect(() => database(props)).toThrow(message);
  });

  test('fails on the latest image of an own repository, though the rest of its name is a token', () => {
    const stack = testStack();
    const image = ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Images'));
    expect(() => new EfsBackedMysqlService(stack, 'Database', { cluster: cluster(stack), databaseName: 'shop', image })).toThrow(/:latest'.*pin the version/);
  });

  test('fails on public subnets', () => {
    expect(() => database({ storage: { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } } }))
      .toThrow(/vpcSubnets puts mount targets in public subnets.*choose subnets of type PRIVATE/);
  });

  test('names that are not known yet pass', () => {
    const stack = testStack();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    expect(() => new EfsBackedMysqlService(stack, 'Database', { cluster: cluster(stack), databaseName: name, applicationUser: name, serviceName: name }))
      .not.toThrow();
  });
});

describe('warnings', () => {
  test('say what the database is not', () => {
    const mysql = database();
    Annotations.fromStack(Stack.of(mysql)).hasWarning('/Test/Database',
      Match.stringLikeRegexp('one task on EFS: it has no standby.*EfsBackedMysqlService\\.singleTask'));
  });

  test('say nothing of a host name from a parameter, which may change', () => {
    const stack = testStack();
    const serviceName = new CfnParameter(stack, 'Name').valueAsString;
    new EfsBackedMysqlService(stack, 'Database', { cluster: cluster(stack), databaseName: 'shop', serviceName });
    Annotations.fromStack(stack).hasNoWarning('/Test/Database', Match.stringLikeRegexp('host name'));
  });
});
