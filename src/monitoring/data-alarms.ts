import type { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';

/**
 * The alarms of a database or a file system. What the thing that is watched does not have is undefined.
 *
 * @internal
 */
export interface DataAlarms {
  /**
   * The database has little CPU left, or does not run.
   *
   * @default - none for a file system, or a database that is only known by its address
   */
  readonly cpu?: cloudwatch.Alarm;

  /**
   * The task of the database has little memory left, or does not run.
   *
   * @default - only on ECS
   */
  readonly memory?: cloudwatch.Alarm;

  /**
   * No server runs. It pages.
   *
   * @default - only on ECS, with Container Insights
   */
  readonly missingTasks?: cloudwatch.Alarm;

  /**
   * A file system moves almost as much data as it may.
   *
   * @default - none without a file system
   */
  readonly throughput?: cloudwatch.Alarm;

  /**
   * A file system takes almost as many operations as it can.
   *
   * @default - none in the Max I/O mode, which has no such limit
   */
  readonly operations?: cloudwatch.Alarm;

  /**
   * The burst credits of a file system end.
   *
   * @default - none unless it lives on burst credits
   */
  readonly burstCredits?: cloudwatch.Alarm;

  /**
   * The last dump of a database is too old. It says nothing before a first dump was tried.
   *
   * @default - only on ECS, with dumps
   */
  readonly dumpTooOld?: cloudwatch.CompositeAlarm;

  /**
   * A dump of a database could not be started.
   *
   * @default - only on ECS, with dumps
   */
  readonly dumpNotStarted?: cloudwatch.Alarm;

  /**
   * The volume of a database fills.
   *
   * @default - only on RDS
   */
  readonly freeStorage?: cloudwatch.Alarm;

  /**
   * The memory of a database ends.
   *
   * @default - only on RDS and Aurora
   */
  readonly freeableMemory?: cloudwatch.Alarm;

  /**
   * Almost all connections of a database are taken.
   *
   * @default - only on RDS and Aurora
   */
  readonly connections?: cloudwatch.Alarm;

  /**
   * Readers are behind the writer.
   *
   * @default - only on Aurora, with readers
   */
  readonly replicaLag?: cloudwatch.Alarm;
}
