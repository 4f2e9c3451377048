import type { aws_ec2 as ec2, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * What an application needs of a MySQL-compatible database, whichever engine or service runs it.
 *
 * Every database of this library implements it, so that swapping one for another changes the line that defines the
 * database and nothing in the application.
 */
export interface IMysqlDatabase extends IConstruct, ec2.IConnectable {
  /**
   * The host name the application connects to.
   *
   * Resolve it on every new connection: behind it the address changes whenever the database is replaced or fails over.
   */
  readonly host: string;

  /** The TCP port the application connects to. */
  readonly port: number;

  /** The name of the database (schema) that exists from the first start on. */
  readonly databaseName: string;

  /**
   * The credentials of the application user, as JSON with the fields `engine`, `host`, `port`, `dbname`, `username` and
   * `password`. The administrator's credentials are never in it.
   */
  readonly secret: secretsmanager.ISecret;

  /**
   * Lets `consumer` open connections to the database port.
   *
   * Both security-group rules land in the consumer's stack, so that the application may live in another stack than its
   * database without a cyclic reference.
   *
   * @param consumer - the application, or anything else with security groups.
   */
  allowConnectionsFrom(consumer: ec2.IConnectable): void;
}
