import { App, Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CAPACITIES } from './database-fixture';
import { HaEcsCluster } from '../../src/cluster/ha-ecs-cluster';
import { DatabaseDumps } from '../../src/database/dumps/database-dumps';
import { EfsBackedMysqlService } from '../../src/database/efs/efs-backed-mysql-service';
import type { EfsBackedMysqlServiceProps } from '../../src/database/efs/mysql-service-options';
import { MysqlEngine } from '../../src/database/mysql-engine';
import { HaNetwork } from '../../src/network/ha-network';
import { FLAG_CONTEXTS } from '../fixtures';
import { findings } from '../nag-report';

const VARIANTS: Array<[string, Partial<EfsBackedMysqlServiceProps>]> = [
  ['the default database', {}],
  ['MariaDB without dumps', { engine: MysqlEngine.MARIADB_11_4, dumps: DatabaseDumps.disabled('rebuilt from files') }],
];

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe.each(CAPACITIES)('on %s', (_capacity, capacity) => {
    test.each(VARIANTS)('AwsSolutions has nothing against %s', (_variant, props) => {
      const build = (app: App) => {
        const stack = new Stack(app, 'Test', { env: { region: 'eu-west-1' } });
        const { vpc } = new HaNetwork(stack, 'Network');
        const cluster = new HaEcsCluster(stack, 'Cluster', { vpc, capacity: capacity() });
        new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop', ...props });
      };
      const found = findings(build, (app) => [new AwsSolutionsChecks(app)], context).filter(({ rule }) => rule.startsWith('AwsSolutions'));
      expect(found).toEqual([]);
    });
  });
});
