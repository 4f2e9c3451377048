import type { App } from 'aws-cdk-lib';
import { aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import { NetworkPaths } from '../../src';
import { testStack } from '../fixtures';

test('a database cluster that has a name of its own is an endpoint like any other', () => {
  const stack = testStack();
  new rds.DatabaseCluster(stack, 'Database', {
    clusterIdentifier: 'books',
    engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 }),
    vpc: new ec2.Vpc(stack, 'Vpc'),
    writer: rds.ClusterInstance.serverlessV2('Writer'),
  });
  const paths = NetworkPaths.fromAssembly((stack.node.root as App).synth().directory);
  expect(paths.endpoints().map(({ path, kind }) => `${path}: ${kind}`)).toEqual(['Test/Database: RDS cluster']);
});
