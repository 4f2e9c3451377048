import { aws_logs as logs } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { boundedLogGroup } from '../../private/log-group';

/** The logs that every managed MySQL server exports. */
export const EXPORTED_LOGS = ['error', 'slowquery'];

/** Where and how long the logs are kept. */
export interface ManagedLogsProps {
  /** What RDS prefixes the names of the log groups with: `/aws/rds/instance/<identifier>` or `/aws/rds/cluster/<identifier>`. */
  readonly prefix: string;
  readonly retention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * The log groups that RDS writes to, under the names it would give them.
 *
 * RDS makes missing log groups itself, and keeps them for ever; the retention of the L2 is a custom resource with a Lambda function. Groups that are
 * there first need neither.
 */
export class ManagedLogs extends Construct {
  public constructor(scope: Construct, id: string, props: ManagedLogsProps) {
    super(scope, id);

    for (const name of EXPORTED_LOGS) {
      boundedLogGroup(this, name === 'error' ? 'Error' : 'SlowQuery', {
        logGroupName: `${props.prefix}/${name}`,
        retention: props.retention,
        removalPolicy: props.removalPolicy,
      });
    }
  }
}
