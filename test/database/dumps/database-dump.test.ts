import { Duration, aws_scheduler as scheduler } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { DatabaseDumps } from '../../../src/database/dumps/database-dumps';
import { MysqlEngine } from '../../../src/database/mysql-engine';
import { FLAG_CONTEXTS } from '../../fixtures';
import { CAPACITIES, database, dumpOf, only, templateOf, variables } from '../database-fixture';

describe.each(FLAG_CONTEXTS)('%s', (_flags, context) => {
  describe.each(CAPACITIES)('dump on %s', (_capacity, capacity) => {
    const template = templateOf(database({}, context, capacity()));
    const container = dumpOf(template);
    const schedule = only(template, 'AWS::Scheduler::Schedule').Properties;

    test('is taken every day', () => {
      expect(schedule).toMatchObject({ ScheduleExpression: 'cron(0 3 * * ? *)', ScheduleExpressionTimezone: 'Etc/UTC', State: 'ENABLED' });
    });

    test('runs by capacity provider, not by launch type, and not on Spot', () => {
      const parameters = schedule.Target.EcsParameters;
      expect(parameters.LaunchType).toBeUndefined();
      expect(parameters.CapacityProviderStrategy).toHaveLength(1);
      expect(JSON.stringify(parameters.CapacityProviderStrategy)).not.toContain('SPOT');
    });

    test('runs in private subnets with a security group of its own', () => {
      const network = schedule.Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration;
      expect(network.AssignPublicIp).toBe('DISABLED');
      expect(network.SecurityGroups).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^DatabaseDumpSecurityGroup/), 'GroupId'] }]);
      expect(network.Subnets).toEqual([{ Ref: expect.stringMatching(/Private/) }, { Ref: expect.stringMatching(/Private/) }]);
    });

    test('reads the database over the network as the application user, in one transaction', () => {
      expect(container.Command.slice(1)).toEqual([
        'dump', 'mysqldump', expect.stringMatching(/^--host=mysql-.*\.lab\.internal$/), '--port=3306', '--protocol=tcp', '--user=app', '--single-transaction',
        '--no-tablespaces', '--routines', '--events', '--triggers', '--hex-blob', '--default-character-set=utf8mb4', '--max-allowed-packet=1G',
        '--set-gtid-purged=OFF', 'shop',
      ]);
    });

    test('gets the application password from the environment, never the root password', () => {
      expect(container.Secrets).toEqual([{
        Name: 'MYSQL_PWD',
        ValueFrom: { 'Fn::Join': ['', [{ Ref: expect.stringMatching(/^DatabaseSecretsApplication/) }, ':password::']] },
      }]);
    });

    test('writes to an access point of its own and does not see the data directory', () => {
      const volumes = only(template, 'AWS::ECS::TaskDefinition', 'DatabaseDumpTask').Properties.Volumes;
      expect(volumes).toHaveLength(1);
      expect(volumes[0].EFSVolumeConfiguration.AuthorizationConfig.AccessPointId.Ref).toMatch(/^DatabaseDump/);
      expect(only(template, 'AWS::EFS::AccessPoint', 'DatabaseDump').Properties).toMatchObject({
        PosixUser: { Uid: '999', Gid: '999' },
        RootDirectory: { Path: '/dumps', CreationInfo: { OwnerUid: '999', OwnerGid: '999', Permissions: '0750' } },
      });
    });

    test('may mount its own access point and no other', () => {
      const policy = only(template, 'AWS::IAM::Policy', 'DatabaseDumpTaskTaskRole').Properties.PolicyDocument.Statement;
      expect(policy).toHaveLength(1);
      expect(policy[0].Action).toEqual(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite']);
      expect(JSON.stringify(policy[0].Condition.StringEquals['elasticfilesystem:AccessPointArn'])).toMatch(/DatabaseDump/);
    });

    test('ends after an hour, however it hangs', () => {
      expect(container.EntryPoint).toEqual(['timeout', '--kill-after=60', '3600', 'bash', '-c']);
    });

    test('is started by a role that may start this task definition in this cluster and pass its two roles', () => {
      const statements = only(template, 'AWS::IAM::Policy', 'DatabaseDumpSchedulerRole').Properties.PolicyDocument.Statement;
      expect(statements).toEqual([
        expect.objectContaining({
          Action: 'ecs:RunTask',
          Resource: { Ref: expect.stringMatching(/^DatabaseDumpTask/) },
          Condition: { ArnEquals: { 'ecs:cluster': expect.anything() } },
        }),
        expect.objectContaining({
          Action: 'iam:PassRole',
          // One of the feature flags sorts them.
          Resource: expect.arrayContaining([
            { 'Fn::GetAtt': [expect.stringMatching(/^DatabaseDumpTaskTaskRole/), 'Arn'] },
            { 'Fn::GetAtt': [expect.stringMatching(/^DatabaseDumpTaskExecutionRole/), 'Arn'] },
          ]),
          Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
        }),
        expect.objectContaining({ Action: 'sqs:SendMessage' }),
      ]);
    });

    test('can be assumed for this account only', () => {
      expect(only(template, 'AWS::IAM::Role', 'DatabaseDumpSchedulerRole').Properties.AssumeRolePolicyDocument.Statement[0])
        .toMatchObject({ Principal: { Service: 'scheduler.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } });
    });

    test('is tried again, and what ECS refuses lands in an encrypted queue that takes TLS only', () => {
      expect(schedule.Target.RetryPolicy).toEqual({ MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 7200 });
      expect(schedule.Target.DeadLetterConfig.Arn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^DatabaseDumpRefusedStarts/), 'Arn'] });
      expect(only(template, 'AWS::SQS::Queue').Properties.SqsManagedSseEnabled).toBe(true);
      template.hasResourceProperties('AWS::SQS::QueuePolicy', {
        PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
      });
    });

    test('reaches the database and its directory, and HTTPS', () => {
      const ports = Object.entries(template.findResources('AWS::EC2::SecurityGroupEgress')).filter(([id]) => id.startsWith('DatabaseDump'))
        .map(([, each]) => each.Properties.FromPort);
      expect(ports.sort()).toEqual([2049, 3306]);
      expect(only(template, 'AWS::EC2::SecurityGroup', 'DatabaseDump').Properties.SecurityGroupEgress)
        .toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 })]);
    });

    test('can change nothing in its container', () => {
      expect(container).toMatchObject({ User: '999:999', ReadonlyRootFilesystem: true });
      expect(container.LinuxParameters).toEqual({ Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true });
    });
  });
});

test('MariaDB is dumped by its own program and without options of MySQL', () => {
  const { Command: command } = dumpOf(templateOf(database({ engine: MysqlEngine.MARIADB_11_4 })));
  expect(command[2]).toBe('mariadb-dump');
  expect(command.join(' ')).not.toContain('gtid');
});

test('schedule, time to keep, time limit and directory can be chosen', () => {
  const template = templateOf(database({
    dumps: DatabaseDumps.scheduled({
      schedule: scheduler.ScheduleExpression.rate(Duration.hours(6)), keep: Duration.days(30), timeLimit: Duration.hours(3), path: '/backup/shop',
    }),
  }));
  expect(only(template, 'AWS::Scheduler::Schedule').Properties.ScheduleExpression).toBe('rate(6 hours)');
  expect(variables(dumpOf(template)).KEEP_MINUTES).toBe('43200');
  expect(dumpOf(template).EntryPoint[2]).toBe('10800');
  expect(only(template, 'AWS::EFS::AccessPoint', 'DatabaseDump').Properties.RootDirectory.Path).toBe('/backup/shop');
});

test('what an alarm needs is at hand', () => {
  const { dump } = database();
  for (const part of [dump!.schedule, dump!.taskDefinition, dump!.deadLetterQueue, dump!.logGroup, dump!.accessPoint]) {
    expect(part.node.path).toMatch(/^Test\/Database\/Dump\//);
  }
});

describe('without dumps', () => {
  const mysql = database({ dumps: DatabaseDumps.disabled('the content is built from files on every deployment') });
  const template = templateOf(mysql);

  test('there is no schedule, no second task and no second access point', () => {
    template.resourceCountIs('AWS::Scheduler::Schedule', 0);
    template.resourceCountIs('AWS::ECS::TaskDefinition', 1);
    template.resourceCountIs('AWS::EFS::AccessPoint', 1);
    expect(mysql.dump).toBeUndefined();
  });

  test('the reason is on record', () => {
    expect(mysql.node.metadata).toContainEqual(expect.objectContaining({ data: 'the content is built from files on every deployment' }));
  });

  test('fails on a blank reason', () => {
    expect(() => DatabaseDumps.disabled(' ')).toThrow(/DatabaseDumps.disabled: reason is blank.*give the reason/);
  });
});

test('fails on dumps that are gone before anybody looks', () => {
  expect(() => DatabaseDumps.scheduled({ keep: Duration.hours(2) })).toThrow(/DatabaseDumps.scheduled: keep is 2 hours, but must be at least 1 day: keep dumps longer/);
});

test.each([Duration.seconds(5), Duration.days(2)])('fails on a time limit of %s', (timeLimit) => {
  expect(() => DatabaseDumps.scheduled({ timeLimit })).toThrow(/timeLimit is .*1 minute to 24 hours: change timeLimit/);
});

test.each(['/mysql', '/mysql/dumps'])('fails on dumps in %s, inside the data directory', (path) => {
  expect(() => database({ dumps: DatabaseDumps.scheduled({ path }) })).toThrow(/dumps path is '.*'.*outside the data directory '\/mysql'.*leave path out/);
});
