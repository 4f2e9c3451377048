import { Duration, Names, aws_cloudwatch as cloudwatch, aws_logs as logs } from 'aws-cdk-lib';
import type { aws_ecs as ecs } from 'aws-cdk-lib';
import { AlarmSeverity } from './alarm-severity';
import type { DataAlarms } from './data-alarms';
import type { DatabaseWatchOptions } from './database-watch-options';
import { addFileSystemAlarms } from './file-system-alarms';
import type { ResourceMonitor } from './resource-monitor';
import { addJudgedServiceAlarms } from './service-alarms';
import type { IDatabaseDump } from '../database/dump-interface';
import type { MysqlServerResources } from '../database/mysql-database';
import { fail } from '../private/errors';
import { isWhole } from '../private/numbers';

/** A dump a day, and two hours for a late start and a long run. */
const DUMP_AGE = Duration.hours(26);
const HOUR = Duration.hours(1);

/** What an alarm may look back upon with periods of an hour. */
const LONGEST_DUMP_AGE = Duration.days(7);

/** Adds the alarms of a database server that runs as a task on ECS, with its files and its dumps. */
export function addMysqlServiceAlarms(
  monitor: ResourceMonitor, service: ecs.BaseService, { fileSystem, dump }: MysqlServerResources, options: DatabaseWatchOptions,
): DataAlarms {
  const { BREACHING } = cloudwatch.TreatMissingData;
  const tasks = addJudgedServiceAlarms(monitor, service, {
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
  return {
    ...tasks,
    ...(fileSystem && addFileSystemAlarms(monitor, fileSystem, {})),
    ...(dump && addDumpAlarms(monitor, dump, options)),
  };
}

/** Adds the alarms of a scheduled dump: one that is overdue, and one that could not be started. */
export function addDumpAlarms(monitor: ResourceMonitor, dump: IDatabaseDump, options: DatabaseWatchOptions): DataAlarms {
  const hours = dumpAge(monitor, options.dumpAge ?? DUMP_AGE);
  const tooOld = monitor.addAlarm('DumpTooOld', {
    // Filled, because an alarm looks further back than its periods when data is missing, and would find a dump that is too old.
    metric: new cloudwatch.MathExpression({
      label: 'Dumps', expression: 'FILL(finished, 0)', usingMetrics: { finished: finishedDumps(monitor, dump) }, period: HOUR,
    }),
    threshold: 1,
    operator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: hours,
    missing: cloudwatch.TreatMissingData.BREACHING,
    summary: `no dump of the database has succeeded for ${hours} hours, if ever`,
    firstStep: 'look at the alarm DumpOverdue, which tells of it once a dump was tried',
    silent: true,
  });
  const tried = dumpTried(monitor, dump);
  const { AlarmRule: rule, AlarmState: state } = cloudwatch;
  return {
    dumpTooOld: monitor.addCompositeAlarm('DumpOverdue', {
      rule: rule.allOf(rule.fromAlarm(tooOld, state.ALARM), rule.fromAlarm(tried, state.OK)),
      settles: tried,
      severity: AlarmSeverity.TICKET,
      summary: `no dump of the database has succeeded for ${hours} hours`,
      firstStep: 'read the log of the dump task, then run the task by hand',
    }),
    dumpNotStarted: monitor.addAlarm('DumpNotStarted', {
      metric: dump.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: 0,
      periods: 1,
      missing: cloudwatch.TreatMissingData.NOT_BREACHING,
      summary: 'a dump could not be started',
      firstStep: 'read the ERROR_MESSAGE attribute of the message in the dead-letter queue, delete the message, and run the task by hand',
    }),
  };
}

/** Keeps in mind whether a dump was ever tried: a new database has none to miss. It is OK from then on. */
function dumpTried(monitor: ResourceMonitor, dump: IDatabaseDump): cloudwatch.Alarm {
  const lines = countLines(monitor, 'DumpLines', dump, logs.FilterPattern.allEvents(), '-Lines');
  return monitor.addAlarm('DumpTried', {
    metric: lines,
    threshold: 1,
    operator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    periods: 1,
    missing: cloudwatch.TreatMissingData.IGNORE,
    summary: 'a dump was tried, once this alarm is no longer without data',
    firstStep: 'nothing, it is never in alarm',
    silent: true,
  });
}

/** The dump task says `dump finished` in its last line, and only when the dump is complete. */
function finishedDumps(monitor: ResourceMonitor, dump: IDatabaseDump): cloudwatch.Metric {
  return countLines(monitor, 'FinishedDumps', dump, logs.FilterPattern.literal('"dump finished"'), '');
}

function countLines(
  monitor: ResourceMonitor, id: string, dump: IDatabaseDump, filterPattern: logs.IFilterPattern, suffix: string,
): cloudwatch.Metric {
  const filter = new logs.MetricFilter(monitor, id, {
    logGroup: dump.logGroup,
    filterPattern,
    metricNamespace: 'cdk-ha-ecs',
    metricName: `${Names.uniqueResourceName(dump, { maxLength: 200, separator: '-' })}${suffix}`,
    metricValue: '1',
  });
  return filter.metric({ statistic: 'Sum', period: HOUR });
}

function dumpAge(monitor: ResourceMonitor, age: Duration): number {
  const hours = age.toHours({ integral: false });
  if (!isWhole(hours, 1, LONGEST_DUMP_AGE.toHours())) {
    fail(monitor, {
      got: `dumpAge is ${age.toHumanString()}`,
      allowed: 'whole hours, from 1 to 168: CloudWatch looks back a week at most',
      fix: 'set it to the time between two dumps and two hours more',
    });
  }
  return hours;
}
