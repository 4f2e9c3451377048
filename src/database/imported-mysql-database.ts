import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IMysqlDatabase } from './mysql-database';
import { openToConsumer } from './open-to-consumer';
import { MYSQL_PORT } from '../private/aws/engine-ports';
import { fail } from '../private/errors';
import { requireInput } from '../private/input/require-input';

/** What is known of a database that this app does not define. */
export interface MysqlDatabaseAttributes {
  /** The host name, the same for as long as the database lives. */
  readonly host: string;

  /**
   * The TCP port.
   * @default 3306
   */
  readonly port?: number;

  /** The name of the database (schema). */
  readonly databaseName: string;

  /** The credentials of the application user, as JSON with the fields `username` and `password`. */
  readonly secret: secretsmanager.ISecret;

  /**
   * The security groups of the database, at least one. For each, `allowConnectionsFrom` adds a rule that lets the consumer in. Import them with
   * `mutable: false` where their owner writes that rule; the rule that lets the consumer out is made in any case.
   */
  readonly securityGroups: ec2.ISecurityGroup[];
}

/** A database that exists already, in another stack, another tool or another team. */
export class MysqlDatabase {
  /**
   * Makes a database that exists already known to applications. It defines nothing.
   *
   * Throws when there is no security group: nothing could be allowed to connect.
   *
   * @example
   * declare const secret: secretsmanager.ISecret;
   * const securityGroup = ec2.SecurityGroup.fromSecurityGroupId(this, 'DatabaseGroup', 'sg-0123456789abcdef0', { mutable: false });
   * MysqlDatabase.fromMysqlDatabaseAttributes(this, 'Database', {
   *   host: 'shop.example.internal',
   *   databaseName: 'shop',
   *   secret,
   *   securityGroups: [securityGroup],
   * });
   */
  public static fromMysqlDatabaseAttributes(scope: Construct, id: string, attributes: MysqlDatabaseAttributes): IMysqlDatabase {
    return new ImportedMysqlDatabase(scope, id, attributes);
  }

  private constructor() {}
}

class ImportedMysqlDatabase extends Construct implements IMysqlDatabase {
  public readonly host: string;
  public readonly port: number;
  public readonly databaseName: string;
  public readonly secret: secretsmanager.ISecret;
  public readonly connections: ec2.Connections;

  public constructor(scope: Construct, id: string, attributes: MysqlDatabaseAttributes) {
    super(scope, id);
    requireInput(this, 'MysqlDatabaseAttributes', attributes);

    if (attributes.securityGroups.length === 0) {
      fail(this, {
        got: 'securityGroups is empty',
        allowed: 'at least one security group',
        fix: 'name the groups of the database, for example by ec2.SecurityGroup.fromSecurityGroupId with mutable: false',
      });
    }
    this.host = attributes.host;
    this.port = attributes.port ?? MYSQL_PORT;
    this.databaseName = attributes.databaseName;
    this.secret = attributes.secret;
    this.connections = new ec2.Connections({ securityGroups: attributes.securityGroups, defaultPort: ec2.Port.tcp(this.port) });
  }

  public allowConnectionsFrom(consumer: ec2.IConnectable): void {
    openToConsumer(this, consumer);
  }
}
