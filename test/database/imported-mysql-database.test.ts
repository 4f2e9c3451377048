import { Stack, aws_ec2 as ec2, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { ofType } from './managed/managed-fixture';
import { MysqlDatabase } from '../../src/database/imported-mysql-database';
import type { IMysqlDatabase } from '../../src/database/mysql-database';
import { testStack } from '../fixtures';
import { resourcesOf } from '../templates';

function imported(stack: Stack, mutable: boolean, port?: number): IMysqlDatabase {
  return MysqlDatabase.fromMysqlDatabaseAttributes(stack, 'Database', {
    host: 'shop.example.internal',
    port,
    databaseName: 'shop',
    secret: secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'shop'),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0', { mutable })],
  });
}

function consumer(stack: Stack): ec2.SecurityGroup {
  return new ec2.SecurityGroup(stack, 'Consumer', { vpc: new ec2.Vpc(stack, 'Vpc', { natGateways: 0 }), allowAllOutbound: false });
}

test('what is known of it is what was said, and the port is 3306', () => {
  const stack = testStack();
  const database = imported(stack, false);
  expect(database).toMatchObject({ host: 'shop.example.internal', port: 3306, databaseName: 'shop' });
  expect(database.userProvisioning).toBeUndefined();
});

test('it defines nothing', () => {
  const stack = testStack();
  imported(stack, false);
  expect(resourcesOf(stack)).toEqual({});
});

test('the consumer is let out, and let in where the security group may be changed', () => {
  const stack = testStack();
  imported(stack, true, 3307).allowConnectionsFrom(consumer(stack));
  expect(ofType(stack, 'AWS::EC2::SecurityGroupEgress').map(([, rule]) => rule.Properties)).toEqual([
    expect.objectContaining({ DestinationSecurityGroupId: 'sg-0123456789abcdef0', FromPort: 3307, ToPort: 3307 }),
  ]);
  expect(ofType(stack, 'AWS::EC2::SecurityGroupIngress').map(([, rule]) => rule.Properties)).toEqual([
    expect.objectContaining({ GroupId: 'sg-0123456789abcdef0', FromPort: 3307, ToPort: 3307 }),
  ]);
});

test('a security group that must not be changed is left alone, and the consumer is let out all the same', () => {
  const stack = testStack();
  imported(stack, false).allowConnectionsFrom(consumer(stack));
  expect(ofType(stack, 'AWS::EC2::SecurityGroupEgress')).toHaveLength(1);
  expect(ofType(stack, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
});

test('fails without a security group', () => {
  const stack = testStack();
  const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'shop');
  expect(() => MysqlDatabase.fromMysqlDatabaseAttributes(stack, 'Database', { host: 'h', databaseName: 'shop', secret, securityGroups: [] }))
    .toThrow(/Test\/Database: securityGroups is empty, but must be at least one security group: name the groups of the database/);
});
