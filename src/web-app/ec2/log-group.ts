import type { aws_logs as logs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail } from '../../private/errors';
import { boundedLogGroup } from '../../private/log-group';
import type { WebAppLogOptions } from '../web-app-options';

/** The log group of the containers of an instance: the one passed in, or one of its own. */
export function instanceLogGroup(scope: Construct, options: WebAppLogOptions): logs.ILogGroup {
  const { logGroup, logGroupName, retention, removalPolicy } = options;
  if (logGroup === undefined) return boundedLogGroup(scope, 'LogGroup', { logGroupName, retention, removalPolicy });
  if ([logGroupName, retention, removalPolicy].some((choice) => choice !== undefined)) {
    fail(scope, {
      got: 'compose.logs.logGroup beside logGroupName, retention or removalPolicy',
      allowed: 'either a log group, or what to define one with',
      fix: 'set name, retention and removal policy where the log group is defined',
    });
  }
  return logGroup;
}
