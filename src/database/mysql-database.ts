import type { aws_ec2 as ec2, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** One field of the JSON in a secret. */
export interface SecretField {
  /** The secret. */
  readonly secret: secretsmanager.ISecret;

  /** The name of the field. */
  readonly field: string;
}

/**
 * A program that defines the application's database user, to be run to its end before the application starts.
 *
 * A managed database has only its administrator when it is new, and CloudFormation cannot define other users. The program may run any number of
 * times, and several at once. It is the only one that may see the administrator's password: run it in a container of its own, never in the application's.
 */
export interface MysqlUserProvisioning {
  /** The image to run it in. */
  readonly image: string;

  /** The program with its arguments, in place of the entry point of the image. It ends with 0 when the user is there. */
  readonly command: string[];

  /** Its plain environment variables. */
  readonly environment: Record<string, string>;

  /** Its secret environment variables, each a field of a secret. */
  readonly secretEnvironment: Record<string, SecretField>;
}

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
   * What has to run to its end before the application starts, from within the application's security groups.
   *
   * @default - nothing, the application user exists
   */
  readonly userProvisioning?: MysqlUserProvisioning;

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
