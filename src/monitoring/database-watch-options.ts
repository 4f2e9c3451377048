import type { Duration, Size } from 'aws-cdk-lib';

/**
 * Thresholds for a database, whichever engine runs it; what it does not have is not judged.
 *
 * @internal
 */
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
