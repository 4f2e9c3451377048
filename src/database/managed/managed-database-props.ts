import type { Duration, RemovalPolicy, aws_ec2 as ec2, aws_iam as iam, aws_kms as kms, aws_logs as logs } from 'aws-cdk-lib';
import type { ManagedServerBehavior } from './managed-server-behavior';

/** A pool of connections between the application and the database. */
export interface ManagedProxyOptions {
  /**
   * The role that lets the proxy read the secrets. One that cannot be changed must allow it already.
   * @default - a role of its own
   */
  readonly role?: iam.IRole;

  /**
   * How much of the server's connections the pool may use, in percent.
   * @default 100
   */
  readonly maxConnectionsPercent?: number;

  /**
   * How long a client may stay silent before it is disconnected.
   * @default Duration.minutes(30)
   */
  readonly idleClientTimeout?: Duration;
}

/**
 * What the managed databases have in common.
 *
 * @internal
 */
export interface ManagedMysqlDatabaseProps extends ManagedServerBehavior {
  /** The network of the database; it needs private or isolated subnets in two or more zones. */
  readonly vpc: ec2.IVpc;

  /**
   * The database (schema) that exists from the first start on: lower-case letters, digits and underscores. It cannot be changed: that
   * would mean another, empty database, which the fixed `identifier` makes CloudFormation refuse.
   */
  readonly databaseName: string;

  /**
   * The subnets of the database, in two or more zones. Public ones throw.
   * @default - the isolated subnets, or the private ones where there are none
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The account of the application: all rights on its database, none beyond. Another name draws another password, and the new account is defined
   * before the application starts again; the old one stays in the server until somebody drops it.
   * @default app
   */
  readonly applicationUser?: string;

  /**
   * Whether this library's applications define that account before they start, in a container of its own that alone sees the administrator's password.
   * CloudFormation cannot define database users. With `false` somebody else does, with the credentials in `secret`.
   * @default true
   */
  readonly provisionApplicationUser?: boolean;

  /**
   * The image of that container, with a tag or a digest; it needs a POSIX shell and the `mysql` client program.
   * @default - the official MySQL 8.4 image, from the Amazon ECR Public Gallery
   */
  readonly clientImage?: string;

  /**
   * Puts RDS Proxy in front: it keeps connections open through a failover. `{}` takes its defaults. The application connects to the proxy,
   * and to nothing else.
   * @default - no proxy
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html
   */
  readonly proxy?: ManagedProxyOptions;

  /**
   * How far back the database can be restored to any second: 1 to 35 days.
   * @default Duration.days(14)
   */
  readonly backupRetention?: Duration;

  /**
   * The key that encrypts storage and secrets. It cannot be changed: that would mean another, empty database, which the fixed `identifier` makes
   * CloudFormation refuse. The way to another key is a copy of a snapshot with it, restored beside the old database under another `identifier`.
   * @default - the keys AWS manages for RDS and Secrets Manager
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What becomes of the database when it leaves the stack; its secrets follow: `SNAPSHOT` and `RETAIN` keep them, because a snapshot holds the same
   * accounts, `DESTROY` deletes all.
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether RDS refuses to delete the database until this is switched off.
   * @default - true, but false when `removalPolicy` is `DESTROY`
   */
  readonly deletionProtection?: boolean;

  /**
   * How long the error log and the slow query log are kept.
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * The role that sends the operating system's metrics to CloudWatch, for accounts in which none can be created.
   * @default - a role of its own
   */
  readonly monitoringRole?: iam.IRole;

  /**
   * The name of the database in RDS, unique in account and region: at most 63 lower-case letters, digits and hyphens. Its log groups bear it too,
   * and are there before it, so that they have a retention without any custom resource. As long as the name stays, CloudFormation refuses changes that
   * would replace the database by an empty one. Who does want a new one gives it another name in the same deployment: it starts empty (load a dump), and
   * the old one stays as `removalPolicy` says, deletion protection off before.
   * @default - a name from the construct path and the id of the stack
   */
  readonly identifier?: string;
}
