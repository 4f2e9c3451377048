import { CfnParameter, Duration, RemovalPolicy, Stack, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, aws_iam as iam } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { DatabaseDumps } from '../../src/database/database-dumps';
import { EfsBackedMysqlService } from '../../src/database/efs-backed-mysql-service';
import { MysqlEngine } from '../../src/database/mysql-engine';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { CAPACITIES, cluster, database, only, onEc2, onFargate, serverOf, templateOf, variables } from './database-fixture';

describe.each(FLAG_CONTEXTS)('%s', (_flags, context) => {
  describe.each(CAPACITIES)('on %s', (capacityName, capacity) => {
    const template = templateOf(database({}, context, capacity()));
    const service = only(template, 'AWS::ECS::Service');
    const task = only(template, 'AWS::ECS::TaskDefinition', 'DatabaseTask').Properties;
    const server = serverOf(template);

    test('a deployment stops the only task before it starts the next', () => {
      expect(service.Properties).toMatchObject({ DesiredCount: 1, DeploymentConfiguration: { MinimumHealthyPercent: 0, MaximumPercent: 100 } });
    });

    test('zone rebalancing, which would start a second writer, is off in so many words', () => {
      expect(service.Properties.AvailabilityZoneRebalancing).toBe('DISABLED');
    });

    test('nothing scales it', () => template.resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0));

    test('it deploys by replacement and behind no load balancer', () => {
      expect(service.Properties.DeploymentConfiguration.Strategy ?? 'ROLLING').toBe('ROLLING');
      expect(service.Properties.LoadBalancers).toBeUndefined();
    });

    test('a failed deployment is rolled back after five failures, since a lock may outlive a crashed host', () => {
      expect(service.Properties.DeploymentConfiguration.DeploymentCircuitBreaker)
        .toEqual({ Enable: true, Rollback: true, ThresholdConfiguration: { Type: 'COUNT', Value: 5 } });
    });

    test('it runs by capacity provider and never on Spot', () => {
      expect(service.Properties.LaunchType).toBeUndefined();
      expect(JSON.stringify(service.Properties.CapacityProviderStrategy)).not.toContain('SPOT');
      expect(service.Properties.CapacityProviderStrategy).toHaveLength(1);
    });

    test('it has an interface of its own in private subnets', () => {
      expect(task.NetworkMode).toBe('awsvpc');
      const network = service.Properties.NetworkConfiguration.AwsvpcConfiguration;
      expect(network.AssignPublicIp).toBe('DISABLED');
      expect(network.Subnets).toEqual([{ Ref: expect.stringMatching(/^VpcPrivateSubnet1/) }, { Ref: expect.stringMatching(/^VpcPrivateSubnet2/) }]);
    });

    test('it is found by an A record that is soon forgotten', () => {
      expect(only(template, 'AWS::ServiceDiscovery::Service').Properties).toMatchObject({
        Name: expect.stringMatching(/^mysql-[0-9a-f]{8}$/),
        DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 10 }], RoutingPolicy: 'MULTIVALUE' },
        HealthCheckCustomConfig: { FailureThreshold: 1 },
      });
    });

    test('container, access point and its directory have the same owner', () => {
      expect(server.User).toBe('999:999');
      const accessPoint = only(template, 'AWS::EFS::AccessPoint', 'DatabaseData').Properties;
      expect(accessPoint.PosixUser).toEqual({ Uid: '999', Gid: '999' });
      expect(accessPoint.RootDirectory).toEqual({ Path: '/mysql', CreationInfo: { OwnerUid: '999', OwnerGid: '999', Permissions: '0750' } });
    });

    test('the volume is mounted through the access point, encrypted and with IAM', () => {
      const { EFSVolumeConfiguration: volume } = task.Volumes[0];
      expect(volume).toMatchObject({ TransitEncryption: 'ENABLED', AuthorizationConfig: { IAM: 'ENABLED', AccessPointId: { Ref: expect.stringMatching(/^DatabaseData/) } } });
      expect(volume.RootDirectory ?? '/').toBe('/');
      expect(server.MountPoints).toEqual([{ ContainerPath: '/var/lib/mysql', ReadOnly: false, SourceVolume: task.Volumes[0].Name }]);
    });

    test('it has two minutes to stop', () => expect(server.StopTimeout).toBe(120));

    test('the first start has minutes before the health check can kill it', () => {
      expect(server.HealthCheck).toMatchObject({ Interval: 15, Timeout: 10, Retries: 10, StartPeriod: 300 });
    });

    test('the container has no capabilities, an init process, and files enough', () => {
      expect(server.LinuxParameters).toEqual({ InitProcessEnabled: true, Capabilities: { Drop: ['ALL'] } });
      expect(server.Ulimits).toEqual([{ Name: 'nofile', SoftLimit: 65535, HardLimit: 65535 }]);
    });

    test('the root file system is writable in so many words, because the stock images write to it', () => {
      expect(server.ReadonlyRootFilesystem).toBe(false);
    });

    test('it opens the database port only', () => {
      expect(server.PortMappings).toEqual([{ ContainerPort: 3306, Protocol: 'tcp' }]);
    });

    test('it reserves processor and memory', () => {
      expect(server.Cpu).toBeGreaterThanOrEqual(128);
      expect(server.Memory).toBe(2048);
    });

    test('its logs cannot stop it', () => {
      expect(server.LogConfiguration.Options).toMatchObject({ 'mode': 'non-blocking', 'max-buffer-size': '26214400b' });
    });

    test('passwords come as single fields of secrets, and no plain variable looks like one', () => {
      expect(server.Secrets.map((each: { Name: string }) => each.Name)).toEqual(['MYSQL_ROOT_PASSWORD', 'MYSQL_PASSWORD']);
      for (const secret of server.Secrets) expect(JSON.stringify(secret.ValueFrom)).toContain(':password::');
      expect(Object.keys(variables(server)).filter((name) => /PASS|SECRET|TOKEN|KEY/.test(name))).toEqual([]);
    });

    test('root can log in from inside the container only', () => expect(variables(server).MYSQL_ROOT_HOST).toBe('localhost'));

    test('file system, access to it, and both secrets are kept together', () => {
      for (const type of ['AWS::EFS::FileSystem', 'AWS::EFS::AccessPoint', 'AWS::SecretsManager::Secret']) {
        for (const resource of Object.values(template.findResources(type))) {
          expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
        }
      }
    });

    test('every log group has a retention', () => {
      template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: Match.anyValue() });
    });

    test('the service waits for mount targets, rules, role policies and capacity, and is deleted before them', () => {
      const needed = [
        ...Object.keys(template.findResources('AWS::EFS::MountTarget')),
        ...Object.keys(template.findResources('AWS::ECS::ClusterCapacityProviderAssociations')),
        ...idsOf(template, 'AWS::EC2::SecurityGroupEgress', /^DatabaseSecurityGroupto/),
        ...idsOf(template, 'AWS::EC2::SecurityGroupIngress', /^DatabaseFiles.*fromTestDatabaseSecurityGroup/),
        ...idsOf(template, 'AWS::IAM::Policy', /^DatabaseTask(TaskRole|ExecutionRole)DefaultPolicy/),
      ];
      expect(needed.length).toBeGreaterThanOrEqual(7);
      expect(service.DependsOn).toEqual(expect.arrayContaining(needed));
    });

    test('security groups let out 443 and the next link of the chain, and nothing in from addresses', () => {
      const groups = Object.entries(template.findResources('AWS::EC2::SecurityGroup')).filter(([id]) => id.startsWith('Database'));
      for (const [, group] of groups) {
        expect(group.Properties.SecurityGroupIngress).toBeUndefined();
        for (const rule of group.Properties.SecurityGroupEgress ?? []) {
          expect(rule.IpProtocol).not.toBe('-1');
          if (rule.CidrIp === '0.0.0.0/0') expect([rule.FromPort, rule.ToPort]).toEqual([443, 443]);
        }
      }
    });

    test('the template has no physical name but the one Cloud Map needs', () => {
      const named = Object.entries(template.toJSON().Resources as Record<string, { Type: string; Properties?: Record<string, unknown> }>)
        .filter(([id, each]) => id.startsWith('Database') && each.Type !== 'AWS::ServiceDiscovery::Service')
        .filter(([, each]) => ['Name', 'RoleName', 'ServiceName', 'LogGroupName', 'QueueName', 'GroupName'].some((name) => each.Properties?.[name] !== undefined));
      expect(named.map(([id]) => id)).toEqual([]);
    });

    test('host, port and database name are in Parameter Store', () => {
      const host = `${only(template, 'AWS::ServiceDiscovery::Service').Properties.Name}.lab.internal`;
      for (const value of [host, '3306', 'shop']) template.hasResourceProperties('AWS::SSM::Parameter', { Type: 'String', Value: value });
    });

    if (capacityName === 'Fargate') {
      test('there are no placement rules where there is no placement', () => {
        expect(service.Properties.PlacementStrategies).toBeUndefined();
        expect(service.Properties.PlacementConstraints).toBeUndefined();
      });
    }
  });
});

test('the logical ids of what keeps data never change', () => {
  const template = templateOf(database());
  const ids = ['AWS::EFS::FileSystem', 'AWS::EFS::AccessPoint', 'AWS::SecretsManager::Secret', 'AWS::Logs::LogGroup']
    .flatMap((type) => Object.keys(template.findResources(type))).filter((id) => id.startsWith('Database'));
  expect(ids.filter((id) => !id.startsWith('DatabaseFile'))).toEqual([
    'DatabaseData9193E0A1',
    'DatabaseDumpDirectory8685F863',
    'DatabaseSecretsRootC16F1663',
    'DatabaseSecretsApplicationDA9CA8AB',
    'DatabaseLogs7DD5B21F',
    'DatabaseDumpLogsB155C9F3',
  ]);
});

describe('secrets', () => {
  test('are generated from texts that never change, byte for byte', () => {
    const template = templateOf(database({ serviceName: 'mysql-service' }));
    const frozen = { GenerateStringKey: 'password', ExcludePunctuation: true, PasswordLength: 32 };
    expect(only(template, 'AWS::SecretsManager::Secret', 'DatabaseSecretsRoot').Properties).toEqual({
      GenerateSecretString: { ...frozen, SecretStringTemplate: '{"username":"root"}' },
    });
    expect(only(template, 'AWS::SecretsManager::Secret', 'DatabaseSecretsApplication').Properties).toEqual({
      GenerateSecretString: {
        ...frozen,
        SecretStringTemplate: '{"engine":"mysql","host":"mysql-service.lab.internal","port":3306,"dbname":"shop","username":"app"}',
      },
    });
  });

  test('have a default host that depends on the construct path alone', () => {
    expect(database().host).toBe('mysql-3b40aabe.lab.internal');
  });

  test('say the engine and the user of the props', () => {
    const template = templateOf(database({ engine: MysqlEngine.MARIADB_11_4, applicationUser: 'shopper' }));
    expect(only(template, 'AWS::SecretsManager::Secret', 'DatabaseSecretsApplication').Properties.GenerateSecretString.SecretStringTemplate)
      .toMatch(/"engine":"mariadb".*"username":"shopper"/);
  });

  test('are read by the execution role, never by the task role', () => {
    const template = templateOf(database());
    const readers = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([, each]) => JSON.stringify(each).includes('GetSecretValue'));
    expect(readers.map(([id]) => id.replace(/DefaultPolicy.*/, ''))).toEqual(['DatabaseTaskExecutionRole', 'DatabaseDumpTaskExecutionRole']);
  });

  test('keep the root password in the task of the server', () => {
    const template = templateOf(database());
    const users = Object.entries(template.toJSON().Resources).filter(([id, each]) =>
      !id.startsWith('DatabaseSecretsRoot') && JSON.stringify(each).includes('DatabaseSecretsRoot'));
    expect(users.map(([id]) => id.slice(0, 22))).toEqual(['DatabaseTask2C0D563F', 'DatabaseTaskExecutionR']);
  });
});

describe('MariaDB', () => {
  const template = templateOf(database({ engine: MysqlEngine.MARIADB_11_4 }));
  const server = serverOf(template);

  test('gets variables of its own', () => {
    expect(variables(server)).toEqual({
      MARIADB_DATABASE: 'shop', MARIADB_USER: 'app', MARIADB_ROOT_HOST: 'localhost', MARIADB_INITDB_SKIP_TZINFO: '1', MARIADB_AUTO_UPGRADE: '1',
    });
    expect(server.Secrets.map((each: { Name: string }) => each.Name)).toEqual(['MARIADB_ROOT_PASSWORD', 'MARIADB_PASSWORD']);
  });

  test('keeps its data in a directory of its own', () => {
    expect(only(template, 'AWS::EFS::AccessPoint', 'DatabaseData').Properties.RootDirectory.Path).toBe('/mariadb');
  });

  test('is checked by the script of its image', () => {
    expect(server.HealthCheck.Command).toEqual(['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized']);
  });
});

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
    const server = serverOf(templateOf(database({ server: { timeZoneTables: true, requireTls: true, flags: ['--max-connections=50'] } })));
    expect(variables(server)).not.toHaveProperty('MYSQL_INITDB_SKIP_TZINFO');
    expect(server.Command).toEqual(expect.arrayContaining(['--require-secure-transport=ON', '--max-connections=50']));
  });

  test('a longer stop on EC2', () => {
    expect(serverOf(templateOf(database({ server: { stopTimeout: Duration.minutes(10) } }, {}, onEc2()))).StopTimeout).toBe(600);
  });

  test('another data directory, which starts empty beside the old one', () => {
    const template = templateOf(database({ storage: { dataPath: '/mysql-2' } }));
    expect(only(template, 'AWS::EFS::AccessPoint', 'DatabaseData').Properties.RootDirectory.Path).toBe('/mysql-2');
  });

  test('that all data goes with the stack', () => {
    const template = templateOf(database({ removalPolicy: RemovalPolicy.DESTROY }));
    const kept = Object.entries(template.toJSON().Resources as Record<string, { DeletionPolicy?: string }>)
      .filter(([id, each]) => id.startsWith('Database') && each.DeletionPolicy === 'Retain');
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
      roles: { taskRole: role, executionRole: role },
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
    ['too little memory', { memoryMiB: 512 }, /^Test\/Database: memoryMiB is 512, but must be at least 1024: set memoryMiB to 1024 or more/],
    ['the root of the file system as data directory', { storage: { dataPath: '/' } }, /storage.dataPath is '\/', but must be an absolute path below the root.*write it like/],
    ['a data directory that climbs', { storage: { dataPath: '/a/../b' } }, /storage.dataPath is '\/a\/..\/b'/],
    ['a data directory too deep for an access point', { storage: { dataPath: '/a/b/c/d/e' } }, /at most 4 folders/],
    ['a snapshot of EFS', { removalPolicy: RemovalPolicy.SNAPSHOT }, /removalPolicy is SNAPSHOT.*use RemovalPolicy.RETAIN/],
    ['a flag the server refuses', { server: { flags: ['--skip-host-cache'] } }, /the server flag is '--skip-host-cache'.*leave it out/],
    ['a stop of five minutes on Fargate', { server: { stopTimeout: Duration.minutes(5) } }, /server.stopTimeout is 5 minutes.*30 to 120 seconds on Fargate.*change it/],
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
      .toThrow(/vpcSubnets puts a mount target into the public subnet.*choose subnets of type PRIVATE/);
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

  test('say that a host name from a parameter may change the password', () => {
    const stack = testStack();
    const serviceName = new CfnParameter(stack, 'Name').valueAsString;
    new EfsBackedMysqlService(stack, 'Database', { cluster: cluster(stack), databaseName: 'shop', serviceName });
    Annotations.fromStack(stack).hasWarning('/Test/Database', Match.stringLikeRegexp('EfsBackedMysqlService\\.hostNotConstant'));
  });
});

describe.each(FLAG_CONTEXTS)('an application in another stack, %s', (_flags, context) => {
  const data = testStack(context);
  const mysql = new EfsBackedMysqlService(data, 'Database', { cluster: cluster(data, onFargate()), databaseName: 'shop' });
  const web = new Stack(data.node.root, 'Web', { env: { region: 'eu-west-1' } });
  const group = new ec2.SecurityGroup(web, 'App', { vpc: dataVpc(data), allowAllOutbound: false });
  mysql.allowConnectionsFrom(group);
  const task = new ecs.FargateTaskDefinition(web, 'Task');
  task.addContainer('App', {
    image: ecs.ContainerImage.fromRegistry('example/app:1'),
    environment: { DB_HOST: mysql.host },
    secrets: { DB_USER: ecs.Secret.fromSecretsManager(mysql.secret, 'username'), DB_PASSWORD: ecs.Secret.fromSecretsManager(mysql.secret, 'password') },
  });
  const template = Template.fromStack(web);

  test('holds both rules of its way to the database', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 3306, ToPort: 3306 });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 3306, ToPort: 3306, IpProtocol: 'tcp' });
  });

  test('reads single fields of the secret', () => {
    const { ContainerDefinitions: [container] } = only(template, 'AWS::ECS::TaskDefinition', 'Task').Properties;
    expect(container.Secrets.map((each: { ValueFrom: unknown }) => JSON.stringify(each.ValueFrom)))
      .toEqual([expect.stringContaining(':username::'), expect.stringContaining(':password::')]);
  });

  test('leaves the database without a reference to it', () => {
    expect(data.dependencies).not.toContain(web);
  });

  test('is declared as a path', () => {
    const declared = mysql.node.metadata.filter((each) => each.type === 'cdk-ha-ecs:declared-path').map((each) => each.data);
    expect(declared).toContainEqual(expect.objectContaining({ source: ['Web/App'], target: ['Test/Database/SecurityGroup'], fromPort: 3306, toPort: 3306 }));
  });
});

function dataVpc(stack: Stack): ec2.IVpc {
  return stack.node.findChild('Vpc') as ec2.Vpc;
}

function idsOf(template: Template, type: string, pattern: RegExp): string[] {
  const ids = Object.keys(template.findResources(type)).filter((id) => pattern.test(id));
  expect(ids).not.toEqual([]);
  return ids;
}
