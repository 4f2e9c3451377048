import { Aspects, aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, Stack } from 'aws-cdk-lib';
import type { App, CfnResource } from 'aws-cdk-lib';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import { waysToASecondWriter } from '../../src/ecs/one-writer';
import { SharedFileSystem } from '../../src/storage/shared-file-system';
import { cluster, database, templateOf } from '../database/database-fixture';
import { testStack } from '../fixtures';

describe('fails at synthesis, because a second server would write to the same files,', () => {
  const WHY = 'must be left as it is, because two servers on the same files destroy them.*take it back';

  test('when its service is scaled', () => {
    const construct = database();
    construct.service.autoScaleTaskCount({ maxCapacity: 4 });
    expect(() => templateOf(construct)).toThrow(new RegExp(`the number of tasks is scaled, but ${WHY}`));
  });

  test.each<[string, unknown]>([
    ['DesiredCount', 2],
    ['DeploymentConfiguration.MaximumPercent', 200],
    ['DeploymentConfiguration.Strategy', 'BLUE_GREEN'],
    ['AvailabilityZoneRebalancing', 'ENABLED'],
  ])('when %s is overridden by %j', (property, value) => {
    const construct = database();
    (construct.service.node.defaultChild as CfnResource).addPropertyOverride(property, value);
    expect(() => templateOf(construct)).toThrow(new RegExp(`${property.split('.').pop()} of the service is "?${value}"?, but ${WHY}`));
  });

  test('when an aspect of the whole app sets the number of tasks', () => {
    const construct = database();
    Aspects.of(construct.node.root).add({
      visit: (node) => {
        if (ecs.CfnService.isCfnService(node)) node.desiredCount = 3;
      },
    });
    expect(() => templateOf(construct)).toThrow(/DesiredCount of the service is 3/);
  });
});

test('fails where the whole deployment configuration is deleted', () => {
  const construct = database();
  (construct.service.node.defaultChild as CfnResource).addPropertyDeletionOverride('DeploymentConfiguration');
  expect(() => templateOf(construct)).toThrow(/MaximumPercent of the service is undefined/);
});

test('a service is looked at without being rendered once more', () => {
  const construct = database();
  const rendering = jest.spyOn(construct.service.node.defaultChild as ecs.CfnService, '_toCloudFormation');
  expect(waysToASecondWriter(construct.service)).toEqual([]);
  expect(rendering).not.toHaveBeenCalled();
});

test('fails for a strategy that replaces the whole deployment configuration by an override', () => {
  const construct = database();
  (construct.service.node.defaultChild as CfnResource).addPropertyOverride('DeploymentConfiguration', { MaximumPercent: 150 });
  expect(() => templateOf(construct)).toThrow(/MaximumPercent of the service is 150/);
});

test('fails where the largest share of tasks is deleted, which means ECS doubles them', () => {
  const construct = database();
  (construct.service.node.defaultChild as CfnResource).addPropertyDeletionOverride('DeploymentConfiguration.MaximumPercent');
  expect(() => templateOf(construct)).toThrow(/MaximumPercent of the service is undefined/);
});

test('an application may stop its database by an override of the count', () => {
  const construct = database();
  (construct.service.node.defaultChild as CfnResource).addPropertyOverride('DesiredCount', 0);
  expect(() => templateOf(construct)).not.toThrow();
});

describe('directories of one file system', () => {
  function two(first: string | undefined, second: string | undefined): () => void {
    const stack = testStack();
    const home = cluster(stack);
    const one = new EfsBackedMysqlService(stack, 'One', { cluster: home, databaseName: 'one', storage: { dataPath: first } });
    return () => new EfsBackedMysqlService(stack, 'Two', { cluster: home, databaseName: 'two', storage: { fileSystem: one.fileSystem, dataPath: second } });
  }

  test.each<[string, string | undefined, string | undefined]>([
    ['the same', undefined, undefined],
    ['one below the other', '/data', '/data/two'],
    ['one above the other', '/data/one', '/data'],
  ])('fails for two databases with %s', (_title, first, second) => {
    expect(two(first, second)).toThrow(/^Test\/Two: the directory '.*' lies where Test\/One has '.*' on the same file system.*choose another path/);
  });

  test('two databases may have one each, and keep their dumps together', () => {
    expect(two(undefined, '/mysql-2')).not.toThrow();
  });

  test('fails for shared files in the directory of a database', () => {
    const stack = testStack();
    const home = cluster(stack);
    const { fileSystem } = new EfsBackedMysqlService(stack, 'Database', { cluster: home, databaseName: 'shop' });
    expect(() => new SharedFileSystem(stack, 'Uploads', { vpc: home.vpc, existingFileSystem: fileSystem, path: '/mysql' })).toThrow(/^Test\/Uploads: the directory '\/mysql' lies where Test\/Database has '\/mysql'/);
  });

  test('fails across the stacks of an app, where both import the file system', () => {
    const first = testStack();
    const second = new Stack(first.node.root as App, 'Second', { env: { region: 'eu-west-1' } });
    const make = (stack: Stack) => new EfsBackedMysqlService(stack, 'Database', {
      cluster: cluster(stack),
      databaseName: 'shop',
      storage: {
        fileSystem: efs.FileSystem.fromFileSystemAttributes(stack, 'Existing', {
          fileSystemId: 'fs-12345678',
          securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'ExistingGroup', 'sg-12345678'),
        }),
      },
    });
    expect(() => { make(first); make(second); }).toThrow(/Second\/Database: the directory '\/mysql' lies where Test\/Database/);
  });
});

test('fails for two databases under one name in a namespace', () => {
  const stack = testStack();
  const home = cluster(stack);
  new EfsBackedMysqlService(stack, 'One', { cluster: home, databaseName: 'one', serviceName: 'mysql' });
  expect(() => new EfsBackedMysqlService(stack, 'Two', { cluster: home, databaseName: 'two', serviceName: 'mysql' }))
    .toThrow(/^Test\/Two: serviceName is 'mysql', which Test\/One has in the same namespace.*choose another serviceName, or leave it out/);
});
