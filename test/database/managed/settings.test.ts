import { Duration, Lazy, RemovalPolicy, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { MANAGED } from './managed-fixture';
import type { ManagedMysqlDatabaseProps } from '../../../src/database/managed/managed-database-props';
import { testStack } from '../../fixtures';

const unknown = Lazy.string({ produce: () => 'NOT VALID' });

/** A VPC with one kind of subnets only, in the given number of zones. */
function vpcOf(subnetType: ec2.SubnetType, maxAzs = 2): ec2.Vpc {
  return new ec2.Vpc(testStack(), 'Vpc', { maxAzs, natGateways: 0, subnetConfiguration: [{ name: 'Some', subnetType }] });
}

describe.each(MANAGED)('%s', (_name, define) => {
  const cases: Array<[string, Partial<ManagedMysqlDatabaseProps>, RegExp]> = [
    ['a database name in capitals', { databaseName: 'Shop' }, /databaseName is 'Shop', but must be 1 to 64 lower-case letters.*: rename it/],
    ['a schema of the server', { databaseName: 'mysql' }, /databaseName is 'mysql', a schema of the server itself.*: name the database after/],
    ['a user of RDS', { applicationUser: 'rdsadmin' }, /applicationUser is 'rdsadmin', an account of the server itself.*: name the user after/],
    ['the administrator', { applicationUser: 'dbadmin' }, /applicationUser is 'dbadmin', the administrator.*any name but dbadmin: name the user after/],
    ['a user name with a quote', { applicationUser: "o'hara" }, /applicationUser is 'o'hara', but must be 1 to 32 letters.*: rename it/],
    ['a low port', { port: 80 }, /port is 80, but must be a whole number from 1150 to 65535: leave it out for 3306/],
    ['a fraction as a port', { port: 3306.5 }, /port is 3306.5/],
    ['no backups', { backupRetention: Duration.days(0) }, /backupRetention is 0 day\(s\), but must be 1 to 35 whole days: choose one of them/],
    ['backups for too long', { backupRetention: Duration.days(36) }, /backupRetention is 36 day\(s\)/],
    ['backups for part of a day', { backupRetention: Duration.hours(36) }, /backupRetention is 1.5 day\(s\)/],
    ['TLS among the parameters', { parameters: { require_secure_transport: '0' } },
      /parameters sets require_secure_transport to '0', but must be any other parameter: set requireTls instead/],
    ['an identifier in capitals', { identifier: 'Shop' }, /identifier is 'Shop', but must be at most 63 lower-case letters.*: rename it, or leave it out/],
    ['an identifier with two hyphens', { identifier: 'shop--db' }, /identifier is 'shop--db'/],
    ['an identifier that is too long', { identifier: 'a'.repeat(64) }, /identifier is 'a{64}'/],
    ['a client image without a version', { clientImage: 'mysql' }, /the image is 'mysql', but must be an image with a version tag.*: pin the version/],
    ['the removal policy that parts a cluster from its servers', { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
      /removalPolicy is RETAIN_ON_UPDATE_OR_DELETE, but must be SNAPSHOT, RETAIN or DESTROY: use RemovalPolicy.RETAIN/],
    ['public subnets', { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } },
      /vpcSubnets has public subnets \(.*PublicSubnet1.*\), but must be private or isolated subnets only: leave vpcSubnets out/],
    ['a VPC with public subnets only', { vpc: vpcOf(ec2.SubnetType.PUBLIC) }, /has no private subnets.*: use HaNetwork/],
    ['one zone', { vpc: vpcOf(ec2.SubnetType.PRIVATE_ISOLATED, 1) }, /the database spans 1 availability zone.*: choose subnets in at least two/],
  ];

  test.each(cases)('fails on %s', (_what, props, message) => {
    expect(() => define(props)).toThrow(new RegExp(`^Test/Database: [^]*${message.source}`));
  });

  test('names that are not known yet pass', () => {
    expect(() => define({ databaseName: unknown, applicationUser: unknown, identifier: unknown })).not.toThrow();
  });

  test('private subnets serve where there are no isolated ones', () => {
    const vpc = new ec2.Vpc(testStack(), 'Vpc', { maxAzs: 2, natGateways: 1 });
    expect(() => define({ vpc })).not.toThrow();
  });

  test('an imported VPC serves as well', () => {
    const vpc = ec2.Vpc.fromVpcAttributes(testStack(), 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], isolatedSubnetIds: ['subnet-1', 'subnet-2'], publicSubnetIds: ['subnet-3', 'subnet-4'],
    });
    expect(() => define({ vpc })).not.toThrow();
  });

  test('a public subnet of an imported VPC is found out', () => {
    const stack = testStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], isolatedSubnetIds: ['subnet-1', 'subnet-2'], publicSubnetIds: ['subnet-3', 'subnet-4'],
    });
    expect(() => define({ vpc, vpcSubnets: { subnets: [ec2.Subnet.fromSubnetId(stack, 'Public', 'subnet-3')] } })).toThrow(/vpcSubnets has public subnets/);
  });
});
