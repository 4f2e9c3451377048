import type { Duration } from 'aws-cdk-lib';

/**
 * Thresholds for a web application or a part of one, whatever it runs on; what it does not have is not judged.
 *
 * @internal
 */
export interface WebAppWatchOptions {
  /**
   * The share of requests that may end in an error of the application (500 to 599), in percent.
   *
   * @default 5
   */
  readonly errorPercent?: number;

  /**
   * How long the slowest hundredth of the requests may take.
   *
   * @default Duration.seconds(2)
   */
  readonly latency?: Duration;

  /**
   * How many healthy targets there have to be at any time.
   *
   * @default - the smallest number of tasks or instances that the application scales to; 2 for other targets
   */
  readonly minHealthyTargets?: number;

  /**
   * The share of their CPU that the tasks may use on average, in percent. Keep it above what scaling aims at.
   *
   * @default 85
   */
  readonly cpuPercent?: number;

  /**
   * The share of their memory that the tasks may use on average, in percent.
   *
   * @default 85
   */
  readonly memoryPercent?: number;

  /**
   * Whether the cluster has Container Insights, which counts tasks.
   *
   * @default - as this app defines the cluster; false for an imported cluster
   */
  readonly containerInsights?: boolean;

  /**
   * How many instances have to be in service. Only with group metrics.
   *
   * @default - the minimum size of the Auto Scaling group as this app defines it; none for an imported group
   */
  readonly minInstances?: number;

  /**
   * Whether the Auto Scaling group publishes its group metrics.
   *
   * @default - as this app defines it; false for an imported group
   */
  readonly groupMetrics?: boolean;
}
