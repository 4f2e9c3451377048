import type { Rule } from './rule';
import { decimalAt, readWatchedMetrics } from '../../app-model/alarms/alarms';
import type { WatchedMetric } from '../../app-model/alarms/alarms';
import { LEVELS, WORSE_WHEN_HIGH, WORSE_WHEN_LOW } from '../../private/aws/metric-directions';
import { BYTES, EVENTS_OF_ONE, METRIC_NAMESPACES, PERCENTAGES, SECONDS } from '../../private/aws/metrics';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalAt, nameOf, numberAt } from '../../template/values';

const MIB = 1024 * 1024;

/** A threshold that the metric never reaches is an alarm that never rings, and one that it always meets an alarm that nobody believes. */
export const alarmThreshold: Rule = {
  id: 'alarm-threshold',
  severity: 'warning',
  says: 'The numbers of the alarm do not fit its metric: it never rings, or always.',
  change: 'Set a threshold in the unit and range of the metric, and no more datapoints to alarm than evaluation periods.',
  evaluate: ({ model }) => [
    ...readWatchedMetrics(model).filter(({ compared }) => compared).flatMap((watched) => {
      const saw = misfit(model, watched);
      return saw === undefined ? [] : [{ at: watched.alarm, saw: `${nameOf(watched.alarm)}: ${saw}` }];
    }),
    ...model.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
      const [of, out] = [numberAt(model, alarm, 'DatapointsToAlarm'), numberAt(model, alarm, 'EvaluationPeriods')];
      return of === undefined || out === undefined || of <= out
        ? []
        : [{ at: alarm, saw: `${nameOf(alarm)}: ${of} datapoints of ${out} periods are to be in alarm` }];
    }),
  ],
};

function misfit(model: TemplateModel, { alarm, namespace, metric }: WatchedMetric): string | undefined {
  const threshold = decimalAt(model, alarm, 'Threshold');
  const operator = literalAt(model, alarm, 'ComparisonOperator');
  if (threshold === undefined || operator === undefined || METRIC_NAMESPACES[namespace] === undefined) return undefined;
  const name = `${namespace} ${metric}`;
  const rises = operator.startsWith('GreaterThan') && !operator.includes('LowerOr');
  const falls = operator.startsWith('LessThan') && !operator.includes('OrGreater');
  const orEqual = operator.includes('OrEqual');
  const stated = `${metric} ${operator} ${threshold}`;
  const statistic = literalAt(model, alarm, 'Statistic') ?? '';
  if (EVENTS_OF_ONE.test(name) && /^(Average|Maximum|Minimum)$/.test(statistic) && rises && (threshold > 1 || (threshold === 1 && !orEqual))) {
    return `${statistic} of ${stated} is never met, for each event counts as 1: take the Sum`;
  }
  if (PERCENTAGES.includes(name) && rises && (threshold > 100 || (threshold === 100 && !orEqual))) {
    return `${stated} is never met, for it is a percentage`;
  }
  if (falls && (threshold < 0 || (threshold === 0 && !orEqual))) return `${stated} is never met, for it is never below 0`;
  if (rises && (threshold < 0 || (threshold === 0 && orEqual))) return `${stated} is always met, for it is never below 0`;
  if (BYTES.includes(name) && falls && threshold < MIB) return `${stated} counts bytes: less than one MiB is left when it rings`;
  if (SECONDS.includes(name) && rises && threshold >= 100) return `${stated} counts seconds, not milliseconds`;
  return wrongWay(model, alarm, name, { rises, falls, stated }) ?? wrongUnit(model, alarm, name)
    ?? (statistic === 'Sum' && falls && LEVELS.includes(name) ? `Sum of ${stated} adds what each datum counts anew: take the Minimum` : undefined);
}

/** An alarm by which tasks are taken away waits for the contrary on purpose. */
function wrongWay(model: TemplateModel, alarm: Resource, name: string, { rises, falls, stated }: {
  rises: boolean; falls: boolean; stated: string;
}): string | undefined {
  const told = asList(dig(alarm.properties, 'AlarmActions')).map((action) => model.pointee(alarm, action)?.type);
  if (told.length === 0 || told.some((type) => type !== 'AWS::SNS::Topic')) return undefined;
  if (rises && WORSE_WHEN_LOW.includes(name)) return `${stated} is met while all is well: it is the lack of it that hurts`;
  return falls && WORSE_WHEN_HIGH.includes(name) ? `${stated} is met while all is well: it is much of it that hurts` : undefined;
}

/** CloudWatch converts nothing: under another unit there are no data. */
function wrongUnit(model: TemplateModel, alarm: Resource, name: string): string | undefined {
  const unit = literalAt(model, alarm, 'Unit');
  const own = BYTES.includes(name) ? 'Bytes' : PERCENTAGES.includes(name) ? 'Percent' : SECONDS.includes(name) ? 'Seconds' : undefined;
  return unit === undefined || own === undefined || unit === own ? undefined : `it asks for ${unit}, and ${name} is kept in ${own}`;
}
