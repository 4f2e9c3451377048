import { aws_applicationautoscaling as scaling } from 'aws-cdk-lib';
import type { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { minInstancesOf, watchHosts } from './hosts-watch';
import type { HostAlarms, HostWatchOptions } from './hosts-watch';
import type { ServiceAlarms, ServiceWatchOptions } from './service-watch';
import { watchReplaceableService } from './service-watch';
import type { TargetAlarms, TargetWatchOptions } from './targets-watch';
import { watchTargets } from './targets-watch';
import type { Watch } from './watch';
import type { HaEc2WebApp } from '../web-app/ec2/ha-ec2-web-app';
import type { HaEcsWebApp } from '../web-app/ecs/ha-ecs-web-app';

/** Thresholds for a web application on ECS. */
export interface WebAppWatchOptions extends TargetWatchOptions, ServiceWatchOptions {}

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
  return { service: watchReplaceableService(watch, app.service, options), targets };
}

/** Of two target groups either may have the traffic. */
function targetGroupsOf({ targetGroup, alternateTargetGroup }: HaEcsWebApp): elbv2.ApplicationTargetGroup[] {
  return [targetGroup, alternateTargetGroup].filter((each) => each !== undefined);
}

function smallestCount(app: HaEcsWebApp): number | undefined {
  return app.service.node.findAll().find((child) => scaling.CfnScalableTarget.isCfnScalableTarget(child))?.minCapacity;
}
