import { Lazy, aws_ec2 as ec2, aws_ecs as ecs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EfsBackedMysqlService, HaEcsCluster, HaEcsWebApp, MysqlEngine, RdsMysqlDatabase, SharedFileSystem, SingleTaskWebApp } from '../../src';
import { AddressedImage } from '../../src/private/addressed-image';
import { testStack } from '../fixtures';

const MIRROR = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror/mysql';

function statementsFor(address: string): any[] {
  const stack = testStack();
  new ecs.FargateTaskDefinition(stack, 'Task').addContainer('server', { image: new AddressedImage(address) });
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

const ARN = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:eu-west-1:111122223333:repository/mirror/mysql']] };

describe('an image by its address', () => {
  test.each([`${MIRROR}:8.4.10`, `${MIRROR}@sha256:${'a'.repeat(64)}`])('the role that starts the task may pull %s', (address) => {
    expect(statementsFor(address)).toContainEqual(expect.objectContaining({ Action: expect.arrayContaining(['ecr:BatchGetImage']), Resource: ARN }));
  });

  test('it may ask for a token of ECR', () => {
    expect(statementsFor(`${MIRROR}:8.4.10`)).toContainEqual({ Action: 'ecr:GetAuthorizationToken', Effect: 'Allow', Resource: '*' });
  });

  test.each(['mysql:8.4.10', 'public.ecr.aws/docker/library/mysql:8.4.10'])('nobody gets rights for %s, which anybody may pull', (address) => {
    expect(statementsFor(address)).toEqual([]);
  });

  test('an address that is only known at deployment is taken as it is', () => {
    expect(statementsFor(Lazy.string({ produce: () => `${MIRROR}:8.4.10` }))).toEqual([]);
  });
});

describe('the address of an image in ECR, given to a construct', () => {
  const address = `${MIRROR}:8.4.10`;

  function rightsToPull(role: string, define: (stack: Stack, cluster: HaEcsCluster) => void): string {
    const stack = testStack();
    define(stack, new HaEcsCluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc') }));
    const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith(role));
    return JSON.stringify(policies);
  }

  test('clientImage of a managed database: the application pulls it that defines the user', () => {
    expect(rightsToPull('AppTaskExecutionRole', (stack, cluster) => {
      const database = new RdsMysqlDatabase(stack, 'Database', { vpc: cluster.vpc, databaseName: 'shop', clientImage: address });
      new HaEcsWebApp(stack, 'App', { cluster, database, image: ecs.ContainerImage.fromRegistry('nginx:1.28') });
    })).toContain('repository/mirror/mysql');
  });

  test.each(['DatabaseTaskExecutionRole', 'DatabaseDumpTaskExecutionRole'])('image of an engine: %s may pull it', (role) => {
    expect(rightsToPull(role, (stack, cluster) => {
      new EfsBackedMysqlService(stack, 'Database', { cluster, databaseName: 'shop', engine: mirrored() });
    })).toContain('repository/mirror/mysql');
  });

  test('image of an engine: the dump of a server in the task of an application may pull it', () => {
    expect(rightsToPull('AppDumpTaskExecutionRole', (stack, cluster) => {
      const app = new SingleTaskWebApp(stack, 'App', { cluster, reason: 'A test', image: ecs.ContainerImage.fromRegistry('nginx:1.28') });
      app.addDatabaseDump({
        engine: mirrored(),
        databaseName: 'shop',
        applicationUser: 'app',
        password: ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Password')),
        files: new SharedFileSystem(stack, 'Dumps', { vpc: cluster.vpc, path: '/dumps', ownerUid: 999 }),
      });
    })).toContain('repository/mirror/mysql');
  });

  function mirrored(): MysqlEngine {
    return MysqlEngine.of({ basedOn: MysqlEngine.MYSQL_8_4, image: address });
  }
});
