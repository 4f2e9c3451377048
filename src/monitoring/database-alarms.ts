import type { Duration, Size, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { FileSystemAlarms } from './file-system-watch';

/** Thresholds for a database, whichever engine runs it; what it does not have is not judged. */
export interface DatabaseWatchOptions {
  /**
   * The share of the CPU that may be used, in percent.
   *
   * @default 85
   */
  readonly cpuPercent?: number;

  /**
   * The share of the memory of the task that may be used, in percent. Only on ECS.
   *
   * @default 85
   */
  readonly memoryPercent?: number;

  /**
   * Whether the cluster has Container Insights, which counts tasks. Only on ECS.
   *
   * @default - as this app defines the cluster; false for an imported cluster
   */
  readonly containerInsights?: boolean;

  /**
   * How old the last dump may be, in whole hours, 168 at most. Only on ECS.
   *
   * @default Duration.hours(26)
   */
  readonly dumpAge?: Duration;

  /**
   * How much of the volume has to stay free. Only on RDS; the volume of Aurora grows by itself.
   *
   * @default - a tenth of the volume as it was first defined
   */
  readonly minFreeStorage?: Size;

  /**
   * How much memory of the server has to stay free. Only on RDS and Aurora.
   *
   * @default - a twentieth of the memory; without an alarm where the type of the server is not known
   */
  readonly minFreeableMemory?: Size;

  /**
   * How many connections may be open. Only on RDS and Aurora.
   *
   * @default - four fifths of what the engine allows on such a server; without an alarm where its type is not known
   */
  readonly connections?: number;

  /**
   * How far readers may be behind the writer. Only on Aurora.
   *
   * @default Duration.seconds(2)
   */
  readonly replicaLag?: Duration;
}

/** The alarms of a database; each is undefined where the database has no such thing. */
export interface DatabaseAlarms {
  /**
   * It has little CPU left, or does not run.
   *
   * @default - none for a database that is only known by its address
   */
  readonly cpu?: cloudwatch.Alarm;

  /**
   * Its task has little memory left, or does not run.
   *
   * @default - only on ECS
   */
  readonly memory?: cloudwatch.Alarm;

  /**
   * No server runs. It pages.
   *
   * @default - only on ECS, with Container Insights
   */
  readonly notRunning?: cloudwatch.Alarm;

  /**
   * The last dump is too old.
   *
   * @default - only on ECS, with dumps
   */
  readonly dumpTooOld?: cloudwatch.Alarm;

  /**
   * A dump could not be started.
   *
   * @default - only on ECS, with dumps
   */
  readonly dumpNotStarted?: cloudwatch.Alarm;

  /**
   * The alarms of its file system.
   *
   * @default - only on ECS
   */
  readonly files?: FileSystemAlarms;

  /**
   * Its volume fills.
   *
   * @default - only on RDS
   */
  readonly freeStorage?: cloudwatch.Alarm;

  /**
   * Its memory ends.
   *
   * @default - only on RDS and Aurora
   */
  readonly freeableMemory?: cloudwatch.Alarm;

  /**
   * Almost all connections are taken.
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
