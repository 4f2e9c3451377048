import { decided, UNDECIDED } from '../../template/decided';
import { asList, dig } from '../../template/json';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import type { Text } from '../../template/text';

/** A metric that an alarm asks for, by itself or within an expression, or by which a service is scaled. */
export interface WatchedMetric {
  /** The alarm, or the scaling policy. */
  readonly alarm: Resource;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: ReadonlyMap<string, Text>;
  /** False for a metric of an expression, with which a threshold is not compared. */
  readonly compared: boolean;
}

/** The metrics of every alarm and scaling policy that its template decides. */
export const readWatchedMetrics = oncePer((model: TemplateModel): readonly WatchedMetric[] => {
  const scaled = model.ofType('AWS::ApplicationAutoScaling::ScalingPolicy').flatMap((policy) => {
    const metric = dig(policy.properties, 'TargetTrackingScalingPolicyConfiguration', 'CustomizedMetricSpecification');
    return metric === undefined ? [] : readMetric(model, policy, metric, false);
  });
  const watched = model.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
    const { properties } = alarm;
    const own = readMetric(model, alarm, properties, true);
    const queried = asList(dig(properties, 'Metrics')).flatMap((query) => {
      const metric = dig(query, 'MetricStat', 'Metric');
      // A metric of another account or region is documented all the same.
      return metric === undefined ? [] : readMetric(model, alarm, metric, false);
    });
    return [...own, ...queried];
  });
  return [...watched, ...scaled];
});

/** A number of an alarm, whole or not. */
export function decimalAt(model: TemplateModel, alarm: Resource, key: string): number | undefined {
  const text = decided(model, alarm, dig(alarm.properties, key));
  const number = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

function readMetric(model: TemplateModel, alarm: Resource, stated: unknown, compared: boolean): WatchedMetric[] {
  const [namespace, metric] = ['Namespace', 'MetricName'].map((key) => decided(model, alarm, dig(stated, key)));
  if (typeof namespace !== 'string' || typeof metric !== 'string') return [];
  const entries: Array<[string, Text]> = [];
  for (const dimension of asList(dig(stated, 'Dimensions'))) {
    const name = decided(model, alarm, dig(dimension, 'Name'));
    if (name === UNDECIDED || name === undefined) return [];
    entries.push([name, model.text(alarm, dig(dimension, 'Value'))]);
  }
  return [{ alarm, namespace, metric, dimensions: new Map(entries), compared }];
}
