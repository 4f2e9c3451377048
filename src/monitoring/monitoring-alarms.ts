import type { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';

/**
 * The alarms of a web application, or of what it is made of: load balancer, targets, service, instances. What the thing that is
 * watched does not have is undefined.
 *
 * @internal
 */
export interface WebAppAlarms {
  /**
   * Visitors are not served: no target is healthy, or some are not and errors or missing targets show that it matters. It pages.
   *
   * @default - none without a target group
   */
  readonly serviceDown?: cloudwatch.CompositeAlarm;

  /**
   * A load balancer answers with errors of its own, or an application with errors.
   *
   * @default - none without a load balancer
   */
  readonly errors?: cloudwatch.Alarm;

  /**
   * A load balancer refuses connections.
   *
   * @default - none without a load balancer
   */
  readonly rejectedConnections?: cloudwatch.Alarm;

  /**
   * TLS handshakes fail.
   *
   * @default - none without TLS, when there is no such metric
   */
  readonly tlsErrors?: cloudwatch.Alarm;

  /**
   * Targets fail their health checks.
   *
   * @default - none without a target group
   */
  readonly unhealthyTargets?: cloudwatch.Alarm;

  /**
   * There are fewer healthy targets than there have to be.
   *
   * @default - none without a target group
   */
  readonly tooFewHealthyTargets?: cloudwatch.Alarm;

  /**
   * There is no healthy target at all.
   *
   * @default - none without a target group
   */
  readonly noHealthyTarget?: cloudwatch.Alarm;

  /**
   * The application answers slowly.
   *
   * @default - none without a target group
   */
  readonly latency?: cloudwatch.Alarm;

  /**
   * Tasks have little CPU left.
   *
   * @default - none for what is no service of ECS
   */
  readonly cpu?: cloudwatch.Alarm;

  /**
   * Tasks have little memory left.
   *
   * @default - none for what is no service of ECS
   */
  readonly memory?: cloudwatch.Alarm;

  /**
   * Fewer tasks run than are wanted.
   *
   * @default - none where the cluster has no Container Insights, without which tasks are not counted
   */
  readonly missingTasks?: cloudwatch.Alarm;

  /**
   * An instance fails its status checks.
   *
   * @default - none where there are no instances
   */
  readonly statusChecks?: cloudwatch.Alarm;

  /**
   * Fewer instances are in service than there have to be.
   *
   * @default - none without group metrics, or where the smallest number is not known
   */
  readonly tooFewInstances?: cloudwatch.Alarm;

  /**
   * Tasks wait for instances that do not come.
   *
   * @default - none unless ECS scales the instances
   */
  readonly waitingTasks?: cloudwatch.Alarm;
}

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
   * The last dump of a database is too old.
   *
   * @default - only on ECS, with dumps
   */
  readonly dumpTooOld?: cloudwatch.Alarm;

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
