import { aws_cloudwatch as cloudwatch, aws_ecs as ecs, aws_events as events, Stack } from 'aws-cdk-lib';
import { AlarmSeverity } from './alarm-severity';
import type { WebAppAlarms } from './monitoring-alarms';
import { MINUTE } from './resource-monitor';
import type { ResourceMonitor } from './resource-monitor';
import type { WebAppWatchOptions } from './web-app-watch-options';

/** How an ECS service is judged. */
export interface ServiceJudgement extends Pick<WebAppWatchOptions, 'cpuPercent' | 'memoryPercent' | 'containerInsights'> {
  /** What it means when the service has no metrics, that is, no running task. */
  readonly missing: cloudwatch.TreatMissingData;
  readonly missingTasks: cloudwatch.TreatMissingData;
  readonly missingTasksSeverity: AlarmSeverity;
  /** What to look at first. */
  readonly advice: { readonly cpu: string; readonly memory: string; readonly tasks: string };
}

/** Adds the alarms of an ECS service whose tasks stand in for each other. */
export function addServiceAlarms(monitor: ResourceMonitor, service: ecs.BaseService, options: WebAppWatchOptions): WebAppAlarms {
  return addJudgedServiceAlarms(monitor, service, {
    ...options,
    missing: cloudwatch.TreatMissingData.IGNORE,
    missingTasks: cloudwatch.TreatMissingData.NOT_BREACHING,
    missingTasksSeverity: AlarmSeverity.TICKET,
    advice: {
      cpu: 'check whether the service runs as many tasks as it may: then allow more of them or give them more CPU, otherwise see why it does '
        + 'not scale',
      memory: 'look whether memory grows without end since the last deployment; otherwise give the tasks more of it',
      tasks: 'read the events of the service: they say why tasks stop or cannot be placed',
    },
  });
}

/** Adds the alarms of an ECS service. */
export function addJudgedServiceAlarms(monitor: ResourceMonitor, service: ecs.BaseService, judgement: ServiceJudgement): WebAppAlarms {
  const cpu = service.metricCpuUtilization({ period: MINUTE, statistic: 'Average' });
  const memory = service.metricMemoryUtilization({ period: MINUTE, statistic: 'Average' });
  const counted = judgement.containerInsights ?? hasContainerInsights(service.cluster);
  const [desired, running] = ['DesiredTaskCount', 'RunningTaskCount'].map((name) => taskCount(service, name));

  const alarms = {
    cpu: monitor.addAlarm('Cpu', {
      metric: cpu,
      threshold: judgement.cpuPercent ?? 85,
      periods: 5,
      missing: judgement.missing,
      summary: 'the tasks use almost all of their CPU',
      firstStep: judgement.advice.cpu,
    }),
    memory: monitor.addAlarm('Memory', {
      metric: memory,
      threshold: judgement.memoryPercent ?? 85,
      periods: 5,
      missing: judgement.missing,
      summary: 'the tasks use almost all of their memory, and are stopped when it ends',
      firstStep: judgement.advice.memory,
    }),
    missingTasks: counted ? monitor.addAlarm('MissingTasks', {
      metric: new cloudwatch.MathExpression({
        label: 'Tasks that are wanted and do not run', expression: 'desired - running', usingMetrics: { desired, running }, period: MINUTE,
      }),
      threshold: 0,
      periods: 10,
      missing: judgement.missingTasks,
      summary: 'fewer tasks run than are wanted, for ten minutes',
      firstStep: judgement.advice.tasks,
      severity: judgement.missingTasksSeverity,
    }) : undefined,
  };
  addFailureEvents(monitor, service);
  monitor.addGraphs(
    ...(counted ? [{ title: 'Tasks', left: [desired, running] }] : []),
    { title: 'CPU and memory', unit: '%', left: [cpu, memory] },
  );
  return alarms;
}

/** Whether the cluster counts its tasks, as far as this app defines it; nobody knows of an imported one. */
export function hasContainerInsights(cluster: ecs.ICluster): boolean {
  const resource = cluster.node.defaultChild;
  if (!resource || !ecs.CfnCluster.isCfnCluster(resource)) return false;
  const settings = Stack.of(cluster).resolve(resource.clusterSettings) ?? [];
  return settings.some((setting: { name?: string; value?: string }) => setting.name === 'containerInsights' && setting.value !== 'disabled');
}

function taskCount(service: ecs.BaseService, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'ECS/ContainerInsights',
    metricName,
    dimensionsMap: { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName },
    statistic: 'Average',
    period: MINUTE,
  });
}

/** ECS rolls a failed deployment back and CloudFormation may call that a success: only the event says so. */
function addFailureEvents(monitor: ResourceMonitor, service: ecs.BaseService): void {
  monitor.addEventRule('DeploymentFailed', {
    pattern: {
      source: ['aws.ecs'],
      detailType: ['ECS Deployment State Change'],
      resources: [service.serviceArn],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    },
    summary: 'a deployment failed and ECS rolls it back',
    firstStep: 'read the reason of the last stopped tasks in the ECS console, and the log of the new version',
    details: `ECS says: ${events.EventField.fromPath('$.detail.reason')}`,
  });
  monitor.addEventRule('PlacementFailed', {
    pattern: {
      source: ['aws.ecs'],
      detailType: ['ECS Service Action'],
      resources: [service.serviceArn],
      detail: { eventName: ['SERVICE_TASK_PLACEMENT_FAILURE'] },
    },
    summary: 'ECS finds no place for a task',
    firstStep: 'read the reason: on Fargate the zone has no capacity left, or the subnets have no addresses; on instances compare what the task '
      + 'reserves with what they have left, and look at the scaling activities of their Auto Scaling group',
    details: `ECS says: ${events.EventField.fromPath('$.detail.reason')}`,
  });
}
