import type { aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_logs as logs, aws_scheduler as scheduler, aws_sqs as sqs } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The scheduled dump of a database: what an alarm or a restore drill needs of it.
 */
export interface IDatabaseDump extends IConstruct, ec2.IConnectable {
  /** The schedule that starts the dump task. */
  readonly schedule: scheduler.Schedule;

  /** The dump task; run it by hand for a dump at any other time. */
  readonly taskDefinition: ecs.TaskDefinition;

  /** The access point of the directory with the dumps. */
  readonly accessPoint: efs.IAccessPoint;

  /** The dump task's log. Each dump that succeeded ends with a line that begins with `dump finished`. */
  readonly logGroup: logs.ILogGroup;

  /** Holds the starts that ECS refused. A dump that started and failed is not in it: look for a task that stopped with an exit code other than 0. */
  readonly deadLetterQueue: sqs.IQueue;
}
