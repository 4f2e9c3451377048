import { Stack, aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AuroraMysqlDatabase } from '../../../src/database/managed/aurora-mysql-database';
import type { AuroraMysqlDatabaseProps } from '../../../src/database/managed/aurora-mysql-database-props';
import type { ManagedMysqlDatabaseProps } from '../../../src/database/managed/managed-database-props';
import { RdsMysqlDatabase } from '../../../src/database/managed/rds-mysql-database';
import type { RdsMysqlDatabaseProps } from '../../../src/database/managed/rds-mysql-database-props';
import { testStack } from '../../fixtures';
import { resourcesOf } from '../../templates';
import type { TemplateResource } from '../../templates';

/** A network with the two kinds of private subnets, without the custom resource of the default security group. */
export function network(scope: Construct, id = 'Vpc'): ec2.Vpc {
  return new ec2.Vpc(scope, id, {
    natGateways: 1,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
      { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    ],
  });
}

type Optional<T extends ManagedMysqlDatabaseProps> = Partial<T>;

/** An RDS database with the given props, in the stack of its network or in one of its own. */
export function rdsDatabase(props: Optional<RdsMysqlDatabaseProps> = {}, context: Record<string, unknown> = {}): RdsMysqlDatabase {
  const stack = props.vpc === undefined ? testStack(context) : Stack.of(props.vpc);
  return new RdsMysqlDatabase(stack, 'Database', { databaseName: 'shop', ...props, vpc: props.vpc ?? network(stack) });
}

/** An Aurora database with the given props, in the stack of its network or in one of its own. */
export function auroraDatabase(props: Optional<AuroraMysqlDatabaseProps> = {}, context: Record<string, unknown> = {}): AuroraMysqlDatabase {
  const stack = props.vpc === undefined ? testStack(context) : Stack.of(props.vpc);
  return new AuroraMysqlDatabase(stack, 'Database', { databaseName: 'shop', ...props, vpc: props.vpc ?? network(stack) });
}

type Define = (props?: Partial<ManagedMysqlDatabaseProps>, context?: Record<string, unknown>) => RdsMysqlDatabase | AuroraMysqlDatabase;

export const MANAGED: Array<[string, Define]> = [
  ['RDS', rdsDatabase],
  ['Aurora', auroraDatabase],
];

/** The resources of one type, as `[logical id, resource]`. */
export function ofType(stack: Stack, type: string): Array<[string, TemplateResource]> {
  return Object.entries(resourcesOf(stack)).filter(([, resource]) => resource.Type === type);
}

/** The only resource of a type whose logical id begins with `prefix`. */
export function only(stack: Stack, type: string, prefix = ''): TemplateResource {
  const found = ofType(stack, type).filter(([id]) => id.startsWith(prefix));
  expect(found).toHaveLength(1);
  return found[0][1];
}
