import { Duration, Names, aws_cloudwatch as cloudwatch, aws_logs as logs } from 'aws-cdk-lib';
import { AlarmSeverity } from './alarm-severity';
import type { DatabaseAlarms, DatabaseWatchOptions } from './database-alarms';
import { watchFileSystem } from './file-system-watch';
import { watchService } from './service-watch';
import type { Watch } from './watch';
import type { IDatabaseDump } from '../database/dumps/database-dumps';
import type { EfsBackedMysqlService } from '../database/efs/efs-backed-mysql-service';
import { fail } from '../private/errors';
import { isWhole } from '../private/numbers';

/** A dump a day, and two hours for a late start and a long run. */
const DUMP_AGE = Duration.hours(26);
const HOUR = Duration.hours(1);

/** What an alarm may look back upon with periods of an hour. */
const LONGEST_DUMP_AGE = Duration.days(7);

/** Watches a database server that runs as a task on ECS, with its files and its dumps. */
export function watchMysqlService(watch: Watch, database: EfsBackedMysqlService, options: DatabaseWatchOptions): DatabaseAlarms {
  const { BREACHING } = cloudwatch.TreatMissingData;
  const service = watchService(watch, database.service, {
    ...options,
    missing: BREACHING,
    missingTasks: BREACHING,
    missingTasksSeverity: AlarmSeverity.PAGE,
    advice: {
      cpu: 'if there is no data, no server runs: read the events of the service; otherwise read the slow queries in its log',
      memory: 'if there is no data, no server runs: read the events of the service; otherwise raise server.memoryMiB',
      tasks: 'read the events of the service and the end of the log of the server; never start a second server by hand',
    },
  });
  const files = watchFileSystem(watch, database.fileSystem, {});
  return { ...service, notRunning: service.missingTasks, files, ...(database.dump && watchDump(watch, database.dump, options)) };
}

function watchDump(watch: Watch, dump: IDatabaseDump, options: DatabaseWatchOptions): Pick<DatabaseAlarms, 'dumpTooOld' | 'dumpNotStarted'> {
  const hours = dumpAge(watch, options.dumpAge ?? DUMP_AGE);
  const finished = finishedDumps(watch, dump);
  return {
    dumpTooOld: watch.alarm('DumpTooOld', {
      // Filled, because an alarm looks further back than its periods when data is missing, and would find a dump that is too old.
      metric: new cloudwatch.MathExpression({ label: 'Dumps', expression: 'FILL(finished, 0)', usingMetrics: { finished }, period: HOUR }),
      threshold: 1,
      operator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: hours,
      missing: cloudwatch.TreatMissingData.BREACHING,
      says: `no dump of the database has succeeded for ${hours} hours`,
      firstStep: 'read the log of the dump task, then run the task by hand; a new database is in alarm until its first dump',
    }),
    dumpNotStarted: watch.alarm('DumpNotStarted', {
      metric: dump.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: 0,
      periods: 1,
      missing: cloudwatch.TreatMissingData.NOT_BREACHING,
      says: 'a dump could not be started',
      firstStep: 'read the ERROR_MESSAGE attribute of the message in the dead-letter queue, delete the message, and run the task by hand',
    }),
  };
}

/** The dump task says `dump finished` in its last line, and only when the dump is complete. */
function finishedDumps(watch: Watch, dump: IDatabaseDump): cloudwatch.Metric {
  const filter = new logs.MetricFilter(watch, 'FinishedDumps', {
    logGroup: dump.logGroup,
    filterPattern: logs.FilterPattern.literal('"dump finished"'),
    metricNamespace: 'cdk-ha-ecs',
    metricName: Names.uniqueResourceName(dump, { maxLength: 200, separator: '-' }),
    metricValue: '1',
  });
  return filter.metric({ statistic: 'Sum', period: HOUR });
}

function dumpAge(watch: Watch, age: Duration): number {
  const hours = age.toHours({ integral: false });
  if (!isWhole(hours, 1, LONGEST_DUMP_AGE.toHours())) {
    fail(watch, {
      got: `dumpAge is ${age.toHumanString()}`,
      allowed: 'whole hours, from 1 to 168: CloudWatch looks back a week at most',
      fix: 'set it to the time between two dumps and two hours more',
    });
  }
  return hours;
}
