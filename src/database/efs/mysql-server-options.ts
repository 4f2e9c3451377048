import type { Duration, aws_iam as iam } from 'aws-cdk-lib';

/**
 * How the server behaves.
 *
 * @internal
 */
export interface MysqlServerBehavior {
  /**
   * Whether clients must use TLS. The server makes its own certificate, so that clients can encrypt but not verify.
   * @default false
   */
  readonly requireTls?: boolean;

  /**
   * Whether the first start loads the named time zones. It means thousands of writes over the network, and has no effect on a data
   * directory that exists.
   * @default false
   */
  readonly timeZoneTables?: boolean;

  /**
   * Whether commits may be lost in a crash: the log then reaches the disk once a second instead of at every commit.
   * @default false
   */
  readonly relaxedDurability?: boolean;

  /**
   * How long the binary log is kept, for replicas or for recovery to a point in time. Each commit then waits for EFS twice.
   * @default - no binary log
   */
  readonly binaryLogRetention?: Duration;

  /**
   * How long the server may take to write its caches back before it is killed: 30 seconds to 2 minutes on Fargate, to 10 minutes on EC2.
   * @default Duration.seconds(120)
   */
  readonly stopTimeout?: Duration;

  /**
   * Flags for the server, each as `--name=value`; of two equal ones the last wins. What the library relies on cannot be set.
   * @default - none
   */
  readonly flags?: string[];
}

/**
 * The roles of the server's task, for accounts in which none can be created.
 *
 * @internal
 */
export interface MysqlServerRoles {
  /**
   * The role the server runs with. It gets the right to mount the data directory and nothing else.
   * @default - a role of its own
   */
  readonly taskRole?: iam.IRole;

  /**
   * The role ECS starts the task with. It pulls the image, reads both secrets and writes the log; a role that cannot be changed must
   * allow all three already.
   * @default - a role of its own
   */
  readonly executionRole?: iam.IRole;
}
