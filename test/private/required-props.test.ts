import type { Stack } from 'aws-cdk-lib';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import { AuroraMysqlDatabase } from '../../src/database/managed/aurora-mysql-database';
import { RdsMysqlDatabase } from '../../src/database/managed/rds-mysql-database';
import { SharedFileSystem } from '../../src/storage/shared-file-system';
import { HaEc2WebApp } from '../../src/web-app/ec2/ha-ec2-web-app';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { SingleTaskWebApp } from '../../src/web-app/ecs/single-task-web-app';
import { testStack } from '../fixtures';

type Construct = new (scope: Stack, id: string, props: never) => unknown;

test.each<[string, Construct, RegExp]>([
  ['HaEcsCluster', HaEcsCluster, /vpc is missing/],
  ['EfsBackedMysqlService', EfsBackedMysqlService, /cluster and databaseName are missing/],
  ['RdsMysqlDatabase', RdsMysqlDatabase, /databaseName and vpc are missing/],
  ['AuroraMysqlDatabase', AuroraMysqlDatabase, /databaseName and vpc are missing/],
  ['SharedFileSystem', SharedFileSystem, /vpc is missing/],
  ['HaEcsWebApp', HaEcsWebApp, /cluster and image are missing/],
  ['SingleTaskWebApp', SingleTaskWebApp, /cluster and image and reason are missing/],
  ['HaEc2WebApp', HaEc2WebApp, /vpc is missing/],
])('%s fails by name for what plain JavaScript left out', (_name, construct, missing) => {
  for (const props of [{}, undefined]) {
    expect(() => new construct(testStack(), 'Thing', props as never)).toThrow(new RegExp(`^Test/Thing: ${missing.source}, but must be given`));
  }
});
