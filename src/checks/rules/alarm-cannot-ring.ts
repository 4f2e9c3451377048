import type { Rule } from './rule';
import { readWatchedMetrics } from '../../app-model/alarms/alarms';
import type { WatchedMetric } from '../../app-model/alarms/alarms';
import type { NetworkModel } from '../../paths/judging/network-model';
import { DIMENSION_VALUES, METRIC_NAMESPACES } from '../../private/aws/metrics';
import { asList, dig } from '../../template/json';
import { literalOf, referenceOf } from '../../template/text';
import type { Text } from '../../template/text';
import { nameOf } from '../../template/values';

/** CloudWatch takes any text as a dimension: an alarm on what does not exist waits for ever. */
export const alarmCannotRing: Rule = {
  id: 'alarm-cannot-ring',
  severity: 'error',
  says: 'An alarm or scaling policy watches a metric under a dimension that no metric has: it never gets data and never acts.',
  change: 'Give the dimension the name that CloudWatch uses: app/…/… for load balancers, targetgroup/…/… for target groups, plain names, never ARNs.',
  evaluate: (app) => readWatchedMetrics(app.model).flatMap((watched) => {
    const wrong = METRIC_NAMESPACES[watched.namespace] === undefined
      ? []
      : [...[...watched.dimensions].flatMap(([name, value]) => wrongValue(app, name, value)), ...notCollected(app, watched)];
    return wrong.slice(0, 1).map((saw) => ({ at: watched.alarm, saw: `${nameOf(watched.alarm)} watches ${watched.metric}: ${saw}` }));
  }),
};

function wrongValue({ model }: NetworkModel, name: string, value: Text): string[] {
  const literal = literalOf(value);
  if (literal?.startsWith('arn:')) return [`dimension ${name} is an ARN`];
  if (literal !== undefined && name === 'LoadBalancer' && !/^(app|net|gwy)\/[^/]+\/[^/]+$/.test(literal)) {
    return [`dimension ${name} is ${literal}, not app/name/id or net/name/id`];
  }
  if (literal !== undefined && name === 'TargetGroup' && !/^targetgroup\/[^/]+\/[^/]+$/.test(literal) && literal.startsWith('targetgroup')) {
    return [`dimension ${name} is ${literal}`];
  }
  const reference = referenceOf(value);
  const resource = model.resource(reference?.target ?? '');
  if (reference === undefined || resource === undefined) return [];
  const takes = DIMENSION_VALUES[name]?.[resource.type];
  return takes === undefined || takes.includes(reference.attribute)
    ? []
    : [`dimension ${name} is the ${reference.attribute === 'Ref' ? 'Ref' : `attribute ${reference.attribute}`} of ${nameOf(resource)}, and must `
      + `be its ${takes[0] === 'Ref' ? 'Ref' : `attribute ${takes[0]}`}`];
}

function notCollected({ model }: NetworkModel, { alarm, namespace, dimensions }: WatchedMetric): string[] {
  if (namespace === 'AWS/CloudFront' && alarm.stack.region !== undefined && alarm.stack.region !== 'us-east-1') {
    return [`CloudFront has its metrics in us-east-1, and the alarm is in ${alarm.stack.region}`];
  }
  const cluster = model.resource(referenceOf(dimensions.get('ClusterName') ?? [])?.target ?? '');
  const off = asList(dig(cluster?.properties, 'ClusterSettings'))
    .some((setting) => dig(setting, 'Name') === 'containerInsights' && dig(setting, 'Value') === 'disabled');
  return namespace === 'ECS/ContainerInsights' && off ? [`Container Insights of ${nameOf(cluster!)} is off`] : [];
}
