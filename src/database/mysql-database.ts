import type {
  aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_rds as rds, aws_secretsmanager as secretsmanager,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { IDatabaseDump } from './dump-interface';

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

  /** Its secret environment variables, each a field of a secret in Secrets Manager. */
  readonly secretEnvironment: Record<string, ecs.Secret>;
}

/**
 * What the server of a database is made of, for those who look after it. What it does not have is undefined.
 */
export interface MysqlServerResources {
  /**
   * The credentials of the administrator.
   *
   * @default - nobody may know them
   */
  readonly administratorSecret?: secretsmanager.ISecret;

  /**
   * The service of ECS that runs the server.
   *
   * @default - it does not run on ECS
   */
  readonly service?: ecs.BaseService;

  /**
   * The file system with the data.
   *
   * @default - the data is on no file system
   */
  readonly fileSystem?: efs.IFileSystem;

  /**
   * The scheduled dump.
   *
   * @default - none is taken
   */
  readonly dump?: IDatabaseDump;

  /**
   * The instance of RDS.
   *
   * @default - it is no instance of RDS
   */
  readonly instance?: rds.DatabaseInstance;

  /**
   * The cluster of Aurora.
   *
   * @default - it is no cluster of Aurora
   */
  readonly cluster?: rds.DatabaseCluster;
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
   * The credentials of the application user, as JSON with the fields `username` and `password`; where to connect is in `host`, `port` and
   * `databaseName`. RDS joins `engine`, `host`, `port` and `dbname` to the secrets of its databases. The administrator's credentials are never in it.
   */
  readonly secret: secretsmanager.ISecret;

  /**
   * What has to run to its end before the application starts, from within the application's security groups.
   *
   * @default - nothing, the application user exists
   */
  readonly userProvisioning?: MysqlUserProvisioning;

  /**
   * What the server is made of, which monitoring watches.
   *
   * @default - nothing is known of it but its address
   */
  readonly server?: MysqlServerResources;

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
