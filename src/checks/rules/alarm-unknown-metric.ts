import type { Rule } from './rule';
import { readWatchedMetrics } from '../../app-model/alarms/alarms';
import type { WatchedMetric } from '../../app-model/alarms/alarms';
import { METRIC_NAMESPACES } from '../../private/aws/metrics';
import { dig, asList } from '../../template/json';
import type { TemplateModel } from '../../template/template-model';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** A metric that nobody writes is no mistake for CloudWatch: the alarm stays in INSUFFICIENT_DATA. */
export const alarmUnknownMetric: Rule = {
  id: 'alarm-unknown-metric',
  severity: 'warning',
  says: 'An alarm or scaling policy watches a metric that its namespace does not have, or not with these dimensions: it never gets data and '
    + 'never acts.',
  change: 'Take the metric and its dimensions from the CloudWatch page of the service.',
  evaluate: ({ model }) => {
    const filters = filteredMetrics(model);
    return readWatchedMetrics(model).flatMap((watched) => {
      const saw = unknownTo(watched) ?? missedByFilters(watched, filters);
      return saw === undefined ? [] : [{ at: watched.alarm, saw: `${nameOf(watched.alarm)}: ${saw}` }];
    });
  },
};

function unknownTo({ namespace, metric, dimensions }: WatchedMetric): string | undefined {
  const known = METRIC_NAMESPACES[namespace];
  if (known === undefined) {
    const meant = Object.keys(METRIC_NAMESPACES).find((name) => name.toLowerCase() === namespace.toLowerCase());
    return meant === undefined ? undefined : `there is no namespace ${namespace}; it is ${meant}`;
  }
  if (!known.metrics.some((pattern) => expressionOf(pattern).test(metric))) {
    const close = known.metrics.find((name) => isClose(name, metric));
    return known.complete || close !== undefined
      ? `${namespace} has no metric ${metric}${close === undefined ? '' : `; it has ${close}`}`
      : undefined;
  }
  const strange = [...dimensions.keys()].filter((name) => !known.dimensions.includes(name));
  if (strange.length > 0) return `${namespace} has no dimension ${strange.join(', ')}; it has ${known.dimensions.join(', ')}`;
  const missing = [...known.needs['*'] ?? [], ...known.needs[metric] ?? []].filter((name) => !dimensions.has(name));
  return missing.length > 0 ? `${metric} is not kept without dimension ${[...new Set(missing)].join(' and ')}` : undefined;
}

/** The same few metrics are looked for again and again. */
const EXPRESSIONS = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const expression = EXPRESSIONS.get(pattern) ?? new RegExp(`^${pattern.replace(/\*/g, '.*')}$`);
  EXPRESSIONS.set(pattern, expression);
  return expression;
}

/** The metrics that the log filters of the app write, by namespace. */
function filteredMetrics(model: TemplateModel): Map<string, Set<string> | undefined> {
  const found = new Map<string, Set<string> | undefined>();
  for (const filter of model.ofType('AWS::Logs::MetricFilter')) {
    for (const written of asList(dig(filter.properties, 'MetricTransformations'))) {
      const [namespace, name] = ['MetricNamespace', 'MetricName'].map((key) => literalOf(model.text(filter, dig(written, key))));
      if (namespace === undefined) return new Map();
      const names = found.has(namespace) ? found.get(namespace) : new Set<string>();
      found.set(namespace, name === undefined || names === undefined ? undefined : names.add(name));
    }
  }
  return found;
}

/** Programs write into the same namespace as filters do: only what looks like a slip of the pen is told. */
function missedByFilters({ namespace, metric }: WatchedMetric, filters: ReadonlyMap<string, Set<string> | undefined>): string | undefined {
  const names = filters.get(namespace);
  const twin = [...filters].find(([name, written]) => name !== namespace && name.toLowerCase() === namespace.toLowerCase() && written?.has(metric));
  if (names === undefined && twin !== undefined) return `no log filter writes ${metric} into ${namespace}; one writes it into ${twin[0]}`;
  const close = names === undefined || names.has(metric) ? undefined : [...names].find((name) => isClose(name, metric));
  return close === undefined ? undefined : `no log filter writes ${metric} into ${namespace}; one writes ${close}`;
}

/** The same but for the case of its letters, a letter too many, too few or another one. */
function isClose(one: string, other: string): boolean {
  if (one.toLowerCase() === other.toLowerCase()) return one !== other;
  if (Math.abs(one.length - other.length) > 1 || one.length < 6) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return Math.max(one.length, other.length) - start - end <= 1 && !/\d/.test(one[start] ?? '') && !/\d/.test(other[start] ?? '');
}
