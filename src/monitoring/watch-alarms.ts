import type { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { DataAlarms, WebAppAlarms } from './monitoring-alarms';

/** The alarms of what is watched: a web application or a part of one, a load balancer, a database, a file system. What it does not have is undefined. */
export interface WatchAlarms extends WebAppAlarms, DataAlarms {
  /**
   * The tasks of a service or the server of a database have little CPU left.
   *
   * @default - none for what is neither
   */
  readonly cpu?: cloudwatch.Alarm;

  /**
   * Tasks have little memory left.
   *
   * @default - only on ECS
   */
  readonly memory?: cloudwatch.Alarm;

  /**
   * Fewer tasks run than are wanted. That of a database pages.
   *
   * @default - only on ECS, with Container Insights, without which tasks are not counted
   */
  readonly missingTasks?: cloudwatch.Alarm;
}
