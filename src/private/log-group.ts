import { aws_logs as logs } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { kept } from './kept';

/** What a construct lets its user choose about a log group. */
export interface LogGroupChoices {
  readonly logGroupName?: string;
  readonly retention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
}

/** Defines a log group that always has a retention: one month when nothing is said. No customer key: CloudWatch Logs encrypts anyway. */
export function boundedLogGroup(scope: Construct, id: string, choices: LogGroupChoices = {}): logs.LogGroup {
  return new logs.LogGroup(scope, id, {
    logGroupName: choices.logGroupName,
    retention: choices.retention ?? logs.RetentionDays.ONE_MONTH,
    removalPolicy: kept(choices.removalPolicy),
  });
}
