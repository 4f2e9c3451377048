import type { Rule } from './rule';
import { readWatchedMetrics } from '../../app-model/alarms/alarms';
import { SIGNS_OF_LIFE } from '../../private/aws/metrics';
import { literalAt, nameOf } from '../../template/values';

/** When the last target is gone, or its load balancer, the metric ends; that must not count as health. */
export const alarmMissingData: Rule = {
  id: 'alarm-missing-data',
  severity: 'warning',
  says: 'The alarm takes missing data of a sign of life for health: where everything is away, it does not ring.',
  change: 'Set TreatMissingData to breaching.',
  evaluate: ({ model }) => readWatchedMetrics(model).filter(({ compared }) => compared).flatMap(({ alarm, namespace, metric }) => {
    const missing = literalAt(model, alarm, 'TreatMissingData');
    const falls = literalAt(model, alarm, 'ComparisonOperator')?.startsWith('LessThan') === true;
    return falls && SIGNS_OF_LIFE.includes(`${namespace} ${metric}`) && (missing === 'notBreaching' || missing === 'ignore')
      ? [{ at: alarm, saw: `${nameOf(alarm)} watches ${metric} and has TreatMissingData ${missing}` }]
      : [];
  }),
};
