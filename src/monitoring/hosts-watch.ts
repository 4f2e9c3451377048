import { Stack, aws_autoscaling as autoscaling, aws_cloudwatch as cloudwatch, aws_ecs as ecs } from 'aws-cdk-lib';
import { MINUTE } from './watch';
import type { Watch } from './watch';
import type { IHaEcsCluster } from '../cluster/cluster-interface';
import { isKnown } from '../private/errors';

/** How the instances of an Auto Scaling group are judged. */
export interface HostWatchOptions {
  /**
   * How many instances have to be in service. Only with group metrics.
   *
   * @default - the minimum size of the group as this app defines it; none for an imported group
   */
  readonly minInstances?: number;

  /**
   * Whether the group publishes its group metrics.
   *
   * @default - as this app defines it; false for an imported group
   */
  readonly groupMetrics?: boolean;
}

/** The alarms of the instances of an Auto Scaling group. */
export interface HostAlarms {
  /**
   * An instance fails its status checks.
   *
   * @default - none where there are no instances
   */
  readonly statusChecks?: cloudwatch.Alarm;

  /**
   * Fewer instances are in service than there have to be.
   *
   * @default - none without group metrics, or where the smallest number is not known
   */
  readonly tooFewInstances?: cloudwatch.Alarm;

  /**
   * Tasks wait for instances that do not come.
   *
   * @default - none unless ECS scales the instances
   */
  readonly waitingTasks?: cloudwatch.Alarm;
}

/** Watches the instances of a cluster; none on Fargate. */
export function watchClusterHosts(watch: Watch, { cluster, node, capacity, autoScalingGroup }: IHaEcsCluster, options: HostWatchOptions): HostAlarms {
  if (autoScalingGroup === undefined) return {};
  const minInstances = options.minInstances ?? capacity.minInstances;
  // Of a capacity provider that exists already nobody knows whether ECS scales with it, which is where the metric comes from.
  const scaled = node.findAll().some((child) => ecs.CfnCapacityProvider.isCfnCapacityProvider(child));
  const provider = scaled ? { clusterName: cluster.clusterName, capacityProviderName: capacity.strategies[0].capacityProvider } : undefined;
  return watchHosts(watch, autoScalingGroup, { ...options, minInstances }, provider);
}

/** The capacity provider that scales the instances with the tasks. */
export interface ScalingProvider {
  readonly clusterName: string;
  readonly capacityProviderName: string;
}

/** Watches the instances of an Auto Scaling group. */
export function watchHosts(
  watch: Watch, group: autoscaling.IAutoScalingGroup, options: HostWatchOptions, provider?: ScalingProvider,
): HostAlarms {
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
    statusChecks: watch.alarm('StatusChecks', {
      metric: statusChecks,
      threshold: 1,
      operator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 2,
      missing: NOT_BREACHING,
      says: 'an instance fails its status checks',
      firstStep: 'find it in the EC2 console; if the group has not replaced it within ten minutes, terminate it',
    }),
    tooFewInstances: counted && minInstances !== undefined ? watch.alarm('TooFewInstances', {
      metric: inService,
      threshold: minInstances,
      operator: LESS_THAN_THRESHOLD,
      periods: 5,
      missing: NOT_BREACHING,
      says: 'fewer instances are in service than there have to be',
      firstStep: 'read the scaling activities of the Auto Scaling group: no capacity in a zone, or instances that do not start',
    }) : undefined,
    waitingTasks: provider && watch.alarm('WaitingTasks', {
      metric: reservation(provider),
      threshold: 100,
      periods: 20,
      missing: NOT_BREACHING,
      says: 'tasks wait for instances, for twenty minutes',
      firstStep: 'read the scaling activities of the Auto Scaling group and compare its size with its maximum',
    }),
  };
  watch.graphs(
    { title: 'CPU of the instances', unit: '%', left: [metric('AWS/EC2', 'CPUUtilization', 'Average'), metric('AWS/EC2', 'CPUUtilization', 'Maximum')] },
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
