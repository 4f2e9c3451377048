import { aws_cloudwatch as cloudwatch, aws_elasticloadbalancingv2 as elbv2, Duration } from 'aws-cdk-lib';
import type { WebAppAlarms } from './monitoring-alarms';
import { MINUTE } from './resource-monitor';
import type { ResourceMonitor } from './resource-monitor';
import type { WebAppWatchOptions } from './web-app-watch-options';

/**
 * Adds the alarms on what a load balancer sees of an application.
 *
 * With two target groups, as blue/green deployments have them, either may be the one with the traffic.
 */
export function addTargetAlarms(monitor: ResourceMonitor, groups: elbv2.ApplicationTargetGroup[], options: WebAppWatchOptions): WebAppAlarms {
  const seen = targetMetrics(groups);
  const { MINIMUM, MAXIMUM } = cloudwatch.Stats;
  const { LESS_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD } = cloudwatch.ComparisonOperator;
  const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData;

  const errors = monitor.addAlarm('TargetErrors', {
    metric: seen.errorPercent,
    threshold: options.errorPercent ?? 5,
    periods: 5,
    datapoints: 3,
    missing: NOT_BREACHING,
    summary: 'the application answers many requests with errors',
    firstStep: 'look for a deployment that is under way and roll it back, then read the log of the application',
  });
  const unhealthyTargets = monitor.addAlarm('UnhealthyTargets', {
    metric: seen.unhealthy,
    threshold: 1,
    operator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    periods: 3,
    missing: NOT_BREACHING,
    summary: 'targets fail their health checks',
    firstStep: 'read in the target group why they do: a wrong status code is the application, a timeout its load or a security group',
  });
  const tooFewHealthyTargets = monitor.addAlarm('TooFewHealthyTargets', {
    metric: seen.healthy(MINIMUM),
    threshold: options.minHealthyTargets ?? 2,
    operator: LESS_THAN_THRESHOLD,
    periods: 3,
    missing: BREACHING,
    summary: 'fewer targets are healthy than the loss of a zone needs',
    firstStep: 'read the events of the service: they say why tasks stop or cannot be placed',
  });
  const noHealthyTarget = monitor.addAlarm('NoHealthyTarget', {
    metric: seen.healthy(MAXIMUM),
    threshold: 1,
    operator: LESS_THAN_THRESHOLD,
    periods: 2,
    missing: BREACHING,
    summary: 'no target is healthy, nobody is served',
    firstStep: 'read the events of the service and the log of the last task that stopped',
  });
  const latency = monitor.addAlarm('Latency', {
    metric: seen.latency('p99'),
    threshold: (options.latency ?? Duration.seconds(2)).toSeconds({ integral: false }),
    periods: 5,
    datapoints: 3,
    missing: NOT_BREACHING,
    summary: 'the slowest hundredth of the requests takes too long',
    firstStep: 'compare with CPU and memory of the tasks, then with the load of the database',
  });
  const serviceDown = monitor.addCompositeAlarm('ServiceDown', {
    rule: down(noHealthyTarget, unhealthyTargets, errors, tooFewHealthyTargets),
    summary: 'visitors are not served',
    firstStep: 'open the dashboard; with a deployment under way roll it back, otherwise read the events of the service',
  });

  monitor.addGraphs(
    { title: 'Requests a minute', left: [...seen.requests, ...seen.successes] },
    { title: 'Errors a minute', left: seen.errors },
    { title: 'Latency', unit: 'seconds', left: [seen.latency('p50'), seen.latency('p99')] },
    { title: 'Targets', left: [seen.healthy(MINIMUM), seen.unhealthy] },
  );
  return { errors, unhealthyTargets, tooFewHealthyTargets, noHealthyTarget, latency, serviceDown };
}

/** Tasks that die as fast as they start are deregistered, so that none is unhealthy: no healthy target counts by itself. */
function down(none: cloudwatch.IAlarm, unhealthy: cloudwatch.IAlarm, errors: cloudwatch.IAlarm, few: cloudwatch.IAlarm): cloudwatch.IAlarmRule {
  const rule = cloudwatch.AlarmRule;
  const fires = (alarm: cloudwatch.IAlarm) => rule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM);
  return rule.anyOf(fires(none), rule.allOf(fires(unhealthy), rule.anyOf(fires(errors), fires(few))));
}

function targetMetrics(groups: elbv2.ApplicationTargetGroup[]) {
  const each = (metric: (group: elbv2.ApplicationTargetGroup) => cloudwatch.IMetric) => groups.map(metric);
  const errors = each((group) => group.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, { period: MINUTE, statistic: 'Sum' }));
  const successes = each((group) => group.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_2XX_COUNT, { period: MINUTE, statistic: 'Sum' }));
  const requests = each((group) => group.metrics.requestCount({ period: MINUTE, statistic: 'Sum' }));
  return {
    errors,
    successes,
    requests,
    errorPercent: new cloudwatch.MathExpression({
      label: 'Errors in percent of requests',
      expression: `100 * ${total('errors', groups.length)} / ${total('requests', groups.length)}`,
      usingMetrics: { ...named('errors', errors), ...named('requests', requests) },
      period: MINUTE,
    }),
    unhealthy: highest('unhealthy', each((group) => group.metrics.unhealthyHostCount({ period: MINUTE, statistic: 'Maximum' }))),
    healthy: (statistic: string) => highest(`healthy${statistic}`, each((group) => group.metrics.healthyHostCount({ period: MINUTE, statistic }))),
    latency: (statistic: string) => highest(statistic, each((group) => group.metrics.targetResponseTime({ period: MINUTE, statistic }))),
  };
}

/** The higher one of two groups: the one without traffic has no targets, or no requests. */
function highest(name: string, metrics: cloudwatch.IMetric[]): cloudwatch.IMetric {
  if (metrics.length === 1) return metrics[0];
  const usingMetrics = named(name, metrics);
  return new cloudwatch.MathExpression({ label: name, expression: `MAX([${Object.keys(usingMetrics).join(', ')}])`, usingMetrics, period: MINUTE });
}

function named(name: string, metrics: cloudwatch.IMetric[]): Record<string, cloudwatch.IMetric> {
  return Object.fromEntries(metrics.map((metric, index) => [metrics.length === 1 ? name : `${name}${index + 1}`, metric]));
}

function total(name: string, count: number): string {
  return count === 1 ? name : `SUM([${Array.from({ length: count }, (_, index) => `${name}${index + 1}`).join(', ')}])`;
}
