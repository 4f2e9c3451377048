import { aws_applicationautoscaling as scaling, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { AlarmSeverity } from './alarm-severity';
import { minInstancesOf, watchHosts } from './hosts-watch';
import type { HostAlarms, HostWatchOptions } from './hosts-watch';
import type { ServiceAlarms } from './service-watch';
import { watchService } from './service-watch';
import type { TargetAlarms, TargetWatchOptions } from './targets-watch';
import { watchTargets } from './targets-watch';
import type { Watch } from './watch';
import type { HaEc2WebApp } from '../web-app/ha-ec2-web-app';
import type { HaEcsWebApp } from '../web-app/ha-ecs-web-app';

/** Thresholds for a web application on ECS. */
export interface WebAppWatchOptions extends TargetWatchOptions {
  /**
   * The share of their CPU that the tasks may use on average, in percent. Keep it above what scaling aims at.
   *
   * @default 85
   */
  readonly cpuPercent?: number;

  /**
   * The share of their memory that the tasks may use on average, in percent.
   *
   * @default 85
   */
  readonly memoryPercent?: number;

  /**
   * Whether the cluster has Container Insights, which counts tasks.
   *
   * @default - as this app defines the cluster; false for an imported cluster
   */
  readonly containerInsights?: boolean;
}

/** The alarms of a web application on ECS. */
export interface WebAppAlarms {
  /** The alarms of its tasks. */
  readonly service: ServiceAlarms;

  /**
   * The alarms on what the load balancer sees of it.
   *
   * @default - none without a frontend
   */
  readonly targets?: TargetAlarms;
}

/** Thresholds for a web application on instances of its own. */
export interface Ec2WebAppWatchOptions extends TargetWatchOptions, HostWatchOptions {}

/** The alarms of a web application on instances of its own. */
export interface Ec2WebAppAlarms {
  /** The alarms of its instances. */
  readonly hosts: HostAlarms;

  /**
   * The alarms on what the load balancer sees of it.
   *
   * @default - none without a frontend
   */
  readonly targets?: TargetAlarms;
}

/** Watches a web application on instances of its own. */
export function watchEc2WebApp(watch: Watch, app: HaEc2WebApp, options: Ec2WebAppWatchOptions): Ec2WebAppAlarms {
  const targets = app.targetGroup && watchTargets(watch, [app.targetGroup], {
    ...options, minHealthyTargets: options.minHealthyTargets ?? options.minInstances ?? minInstancesOf(app.autoScalingGroup),
  });
  return { targets, hosts: watchHosts(watch, app.autoScalingGroup, options) };
}

/** Watches a web application. */
export function watchWebApp(watch: Watch, app: HaEcsWebApp, options: WebAppWatchOptions): WebAppAlarms {
  const groups = targetGroupsOf(app);
  const targets = groups.length === 0 ? undefined
    : watchTargets(watch, groups, { ...options, minHealthyTargets: options.minHealthyTargets ?? smallestCount(app) });
  const service = watchService(watch, app.service, {
    ...options,
    missing: cloudwatch.TreatMissingData.IGNORE,
    missingTasks: cloudwatch.TreatMissingData.NOT_BREACHING,
    missingTasksSeverity: AlarmSeverity.TICKET,
    advice: {
      cpu: 'check whether the service runs its largest number of tasks: then raise maxTasks or task.cpu, otherwise see why it does not scale',
      memory: 'look whether memory grows without end since the last deployment; otherwise raise task.memoryMiB',
      tasks: 'read the events of the service: they say why tasks stop or cannot be placed',
    },
  });
  return { service, targets };
}

/** Deployments that switch between two target groups define the second one beside the first. */
function targetGroupsOf({ targetGroup }: HaEcsWebApp): elbv2.ApplicationTargetGroup[] {
  if (targetGroup === undefined) return [];
  const alternate = targetGroup.node.scope?.node.tryFindChild('AlternateTargetGroup') as elbv2.ApplicationTargetGroup | undefined;
  return alternate === undefined ? [targetGroup] : [targetGroup, alternate];
}

function smallestCount(app: HaEcsWebApp): number | undefined {
  return app.service.node.findAll().find((child) => scaling.CfnScalableTarget.isCfnScalableTarget(child))?.minCapacity;
}
