import { Match } from 'aws-cdk-lib/assertions';
import type { Template } from 'aws-cdk-lib/assertions';
import { MysqlEngine } from '../../../src/database/mysql-engine';
import { FLAG_CONTEXTS } from '../../fixtures';
import { CAPACITIES, database, only, serverOf, templateOf, variables } from '../database-fixture';

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
          expect(resource).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
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

function idsOf(template: Template, type: string, pattern: RegExp): string[] {
  const ids = Object.keys(template.findResources(type)).filter((id) => pattern.test(id));
  expect(ids).not.toEqual([]);
  return ids;
}

describe('the data directory is not exchanged for an empty one by a change that does not name it', () => {
  const tokenOf = (props: Parameters<typeof database>[0]) =>
    JSON.stringify(only(templateOf(database(props)), 'AWS::EFS::AccessPoint', 'DatabaseData').Properties.ClientToken);

  test('another engine keeps the token of the access point, so that EFS refuses a second one with another path', () => {
    const { RootDirectory } = only(templateOf(database({ engine: MysqlEngine.MARIADB_11_4 })), 'AWS::EFS::AccessPoint', 'DatabaseData').Properties;
    expect(RootDirectory.Path).toBe('/mariadb');
    expect(tokenOf({ engine: MysqlEngine.MARIADB_11_4 })).toBe(tokenOf({}));
  });

  test('a path that was chosen is a token of its own', () => {
    expect(tokenOf({ storage: { dataPath: '/mysql-2' } })).not.toBe(tokenOf({}));
    expect(tokenOf({ engine: MysqlEngine.MARIADB_11_4, storage: { dataPath: '/mariadb' } })).not.toBe(tokenOf({}));
  });

  test('the token belongs to one file system and one stack, and is as long as EFS takes', () => {
    const { ClientToken } = only(templateOf(database()), 'AWS::EFS::AccessPoint', 'DatabaseData').Properties;
    const [separator, [fileSystem, stack, own]] = ['-', ClientToken['Fn::Join'][1].filter((part: unknown) => part !== '-')];
    expect([separator, fileSystem, stack, own]).toEqual([
      '-', { Ref: expect.stringContaining('FileSystem') }, { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
      expect.stringMatching(/^-?[0-9a-z]{1,6}$/),
    ]);
  });

  test('the directory of the dumps may move', () => {
    expect(only(templateOf(database()), 'AWS::EFS::AccessPoint', 'DatabaseDumpDirectory').Properties).not.toHaveProperty('ClientToken');
  });
});
