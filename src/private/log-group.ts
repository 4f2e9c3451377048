import { aws_logs as logs } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { claimName } from './claims';
import { kept } from './kept';

/** What a construct lets its user choose about a log group. */
export interface LogGroupChoices {
  readonly logGroupName?: string;
  readonly retention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
}

/** Defines a log group that always has a retention: one month when nothing is said. No customer key: CloudWatch Logs encrypts anyway. */
export function boundedLogGroup(scope: Construct, id: string, choices: LogGroupChoices = {}): logs.LogGroup {
  claimName(scope, {
    prop: 'logGroupName',
    value: choices.logGroupName,
    allowed: 'a name of its own for each log group',
    fix: 'choose another name, leave it out, or define the log group once and pass it to both',
  });
  return new logs.LogGroup(scope, id, {
    logGroupName: choices.logGroupName,
    retention: choices.retention ?? logs.RetentionDays.ONE_MONTH,
    removalPolicy: kept(choices.removalPolicy),
  });
}
