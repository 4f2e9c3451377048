import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { network } from './managed-fixture';
import { AuroraMysqlDatabase } from '../../../src/database/managed/aurora-mysql-database';
import { RdsMysqlDatabase } from '../../../src/database/managed/rds-mysql-database';
import { FLAG_CONTEXTS } from '../../fixtures';
import { findings } from '../../nag-report';

function define(app: App): void {
  const stack = new Stack(app, 'Test', { env: { region: 'eu-west-1' } });
  const vpc = network(stack);
  new RdsMysqlDatabase(stack, 'Rds', { vpc, databaseName: 'shop' });
  new RdsMysqlDatabase(stack, 'RdsProxied', { vpc, databaseName: 'shop', proxy: {} });
  new RdsMysqlDatabase(stack, 'RdsLab', { vpc, databaseName: 'shop', removalPolicy: RemovalPolicy.DESTROY, multiAz: false });
  new AuroraMysqlDatabase(stack, 'Aurora', { vpc, databaseName: 'shop' });
  new AuroraMysqlDatabase(stack, 'AuroraServerless', { vpc, databaseName: 'shop', serverlessV2MinCapacity: 0.5, proxy: {} });
  new AuroraMysqlDatabase(stack, 'AuroraLab', { vpc, databaseName: 'shop', removalPolicy: RemovalPolicy.DESTROY, readers: 0 });
}

test.each(FLAG_CONTEXTS)('no managed database has an unexplained AwsSolutions finding: %s', (_flags, context) => {
  const found = findings(define, (app) => [new AwsSolutionsChecks(app)], context).filter(({ rule }) => rule.startsWith('AwsSolutions'));
  expect(found.filter(({ path }) => !path.startsWith('Test/Vpc'))).toEqual([]);
});
