import type { DatabaseWatchOptions } from './database-watch-options';
import type { FileSystemWatchOptions } from './file-system-alarms';
import type { FrontendWatchOptions } from './frontend-alarms';
import type { WebAppWatchOptions } from './web-app-watch-options';

/** Thresholds for whatever is watched: a web application or a part of one, a load balancer, a database, a file system. What it does not have is not judged. */
export interface WatchOptions extends WebAppWatchOptions, FrontendWatchOptions, DatabaseWatchOptions, FileSystemWatchOptions {
  /**
   * The share of their CPU that the tasks of a service, or the server of a database, may use on average, in percent. Keep it above what scaling aims at.
   *
   * @default 85
   */
  readonly cpuPercent?: number;

  /**
   * The share of their memory that tasks may use on average, in percent. Only on ECS.
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
}
