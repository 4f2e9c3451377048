import { Stack, aws_autoscaling as autoscaling, aws_cloudwatch as cloudwatch, aws_ecs as ecs } from 'aws-cdk-lib';
import type { WebAppAlarms } from './monitoring-alarms';
import { MINUTE } from './resource-monitor';
import type { ResourceMonitor } from './resource-monitor';
import type { WebAppWatchOptions } from './web-app-watch-options';
import type { IHaEcsCluster } from '../cluster/cluster-interface';
import { isKnown } from '../private/errors';

/** Adds the alarms of the instances of a cluster; none on Fargate. */
export function addClusterHostAlarms(
  monitor: ResourceMonitor, { cluster, node, capacity, autoScalingGroup }: IHaEcsCluster, options: WebAppWatchOptions,
): WebAppAlarms {
  if (autoScalingGroup === undefined) return {};
  const minInstances = options.minInstances ?? capacity.minInstances;
  // Of a capacity provider that exists already nobody knows whether ECS scales with it, which is where the metric comes from.
  const scaled = node.findAll().some((child) => ecs.CfnCapacityProvider.isCfnCapacityProvider(child));
  const provider = scaled ? { clusterName: cluster.clusterName, capacityProviderName: capacity.strategies[0].capacityProvider } : undefined;
  return addHostAlarms(monitor, autoScalingGroup, { ...options, minInstances }, provider);
}

/** The capacity provider that scales the instances with the tasks. */
export interface ScalingProvider {
  readonly clusterName: string;
  readonly capacityProviderName: string;
}

/** Adds the alarms of the instances of an Auto Scaling group. */
export function addHostAlarms(
  monitor: ResourceMonitor, group: autoscaling.IAutoScalingGroup, options: WebAppWatchOptions, provider?: ScalingProvider,
): WebAppAlarms {
  const { NOT_BREACHING } = cloudwatch.TreatMissingData;
  const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = cloudwatch.ComparisonOperator;
  const counted = options.groupMetrics ?? hasGroupMetrics(group);
  const minInstances = options.minInstances ?? minInstancesOf(group);
  const metric = (namespace: string, metricName: string, statistic: string) => new cloudwatch.Metric({
    namespace, metricName, dimensionsMap: { AutoScalingGroupName: group.autoScalingGroupName }, statistic, period: MINUTE,
  });
  const statusChecks = metric('AWS/EC2', 'StatusCheckFailed', 'Maximum');
  const inService = metric('AWS/AutoScaling', 'GroupInServiceInstances', 'Minimum');

  const alarms = {
    statusChecks: monitor.addAlarm('StatusChecks', {
      metric: statusChecks,
      threshold: 1,
      operator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 2,
      missing: NOT_BREACHING,
      summary: 'an instance fails its status checks',
      firstStep: 'find it in the EC2 console; if the group has not replaced it within ten minutes, terminate it',
    }),
    tooFewInstances: counted && minInstances !== undefined ? monitor.addAlarm('TooFewInstances', {
      metric: inService,
      threshold: minInstances,
      operator: LESS_THAN_THRESHOLD,
      periods: 5,
      missing: NOT_BREACHING,
      summary: 'fewer instances are in service than there have to be',
      firstStep: 'read the scaling activities of the Auto Scaling group: no capacity in a zone, or instances that do not start',
    }) : undefined,
    waitingTasks: provider && monitor.addAlarm('WaitingTasks', {
      metric: reservation(provider),
      threshold: 100,
      periods: 20,
      missing: NOT_BREACHING,
      summary: 'tasks wait for instances, for twenty minutes',
      firstStep: 'read the scaling activities of the Auto Scaling group and compare its size with its maximum',
    }),
  };
  monitor.addGraphs(
    {
      title: 'CPU of the instances',
      unit: '%',
      left: [metric('AWS/EC2', 'CPUUtilization', 'Average'), metric('AWS/EC2', 'CPUUtilization', 'Maximum')],
    },
    { title: 'Failed status checks', left: [statusChecks] },
    ...(counted ? [{ title: 'Instances', left: [inService, metric('AWS/AutoScaling', 'GroupDesiredCapacity', 'Average')] }] : []),
    ...(provider ? [{ title: 'Reserved capacity', unit: '%', left: [reservation(provider)] }] : []),
  );
  return alarms;
}

function reservation({ clusterName, capacityProviderName }: ScalingProvider): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/ECS/ManagedScaling',
    metricName: 'CapacityProviderReservation',
    dimensionsMap: { ClusterName: clusterName, CapacityProviderName: capacityProviderName },
    statistic: 'Average',
    period: MINUTE,
  });
}

/** The smallest size of a group as this app defines it. */
export function minInstancesOf(group: autoscaling.IAutoScalingGroup): number | undefined {
  const resource = resourceOf(group);
  return isKnown(resource?.minSize) ? Number(resource.minSize) : undefined;
}

function hasGroupMetrics(group: autoscaling.IAutoScalingGroup): boolean {
  const collected: Array<{ metrics?: string[] }> = Stack.of(group).resolve(resourceOf(group)?.metricsCollection) ?? [];
  // No list of metrics means all of them.
  return collected.some(({ metrics }) => metrics?.includes('GroupInServiceInstances') ?? true);
}

function resourceOf(group: autoscaling.IAutoScalingGroup): autoscaling.CfnAutoScalingGroup | undefined {
  const resource = group.node.defaultChild;
  return resource && autoscaling.CfnAutoScalingGroup.isCfnAutoScalingGroup(resource) ? resource : undefined;
}
