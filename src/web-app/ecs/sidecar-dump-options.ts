import type { RemovalPolicy, aws_ecs as ecs } from 'aws-cdk-lib';
import type { DatabaseDumpOptions } from '../../database/dumps/database-dumps';
import type { MysqlEngine } from '../../database/mysql-engine';
import type { ISharedFiles } from '../../storage/shared-files';

/**
 * A scheduled dump of a database server that runs in the task of a `SingleTaskWebApp`.
 */
export interface SidecarDumpOptions {
  /** Engine and version of the server: its image has the program that writes the dump. */
  readonly engine: MysqlEngine;

  /** The name of the database (schema). */
  readonly databaseName: string;

  /** The account of the application, which may log in from other hosts: `user@'%'`, as the official images make it. */
  readonly applicationUser: string;

  /** Its password. */
  readonly password: ecs.Secret;

  /** The directory for the dumps, whoever owns it: an access point of its own, never that of the data. */
  readonly files: ISharedFiles;

  /**
   * The TCP port that the server listens on, on all addresses of the task.
   *
   * @default 3306
   */
  readonly port?: number;

  /**
   * When dumps are taken, how long they are kept, and under which roles. `path` has no meaning here: `files` says where they go.
   *
   * @default - every day at 03:00 UTC, kept for 7 days
   */
  readonly schedule?: DatabaseDumpOptions;

  /**
   * The name in the namespace of the cluster by which the dump finds the task.
   *
   * @default - a name that is unique in the app
   */
  readonly serviceName?: string;

  /**
   * What becomes of the log of the dumps when this is removed. The dumps stay as `files` says.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
