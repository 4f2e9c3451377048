import { Stack, aws_applicationautoscaling as scaling, aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { addHostAlarms, minInstancesOf } from './host-alarms';
import type { WebAppAlarms } from './monitoring-alarms';
import type { ResourceMonitor } from './resource-monitor';
import { addServiceAlarms } from './service-alarms';
import { addTargetAlarms } from './target-alarms';
import type { WebAppWatchOptions } from './web-app-watch-options';
import type { IEc2WebApp } from '../web-app/ec2/ec2-web-app';
import type { IEcsWebApp } from '../web-app/ecs/ecs-web-app';

/** Adds the alarms of a web application on instances of its own. */
export function addEc2WebAppAlarms(monitor: ResourceMonitor, app: IEc2WebApp, options: WebAppWatchOptions): WebAppAlarms {
  const targets = app.targetGroup && addTargetAlarms(monitor, [app.targetGroup], {
    ...options, minHealthyTargets: options.minHealthyTargets ?? options.minInstances ?? minInstancesOf(app.autoScalingGroup),
  });
  return { ...targets, ...addHostAlarms(monitor, app.autoScalingGroup, options) };
}

/** Adds the alarms of a web application on ECS. */
export function addEcsWebAppAlarms(monitor: ResourceMonitor, app: IEcsWebApp, options: WebAppWatchOptions): WebAppAlarms {
  const groups = targetGroupsOf(app);
  const targets = groups.length === 0 ? {}
    : addTargetAlarms(monitor, groups, { ...options, minHealthyTargets: options.minHealthyTargets ?? smallestCount(app) });
  return { ...targets, ...addServiceAlarms(monitor, app.service, options) };
}

/** Of two target groups either may have the traffic. */
function targetGroupsOf({ targetGroup, alternateTargetGroup }: IEcsWebApp): elbv2.ApplicationTargetGroup[] {
  return [targetGroup, alternateTargetGroup].filter((each) => each !== undefined);
}

/** What scaling keeps at least; without scaling the number that the service is defined with. */
function smallestCount({ service }: IEcsWebApp): number | undefined {
  const scalable = service.node.findAll().find((child) => scaling.CfnScalableTarget.isCfnScalableTarget(child));
  if (scalable !== undefined) return scalable.minCapacity;
  const resource = service.node.defaultChild;
  const count: unknown = resource && ecs.CfnService.isCfnService(resource) ? Stack.of(service).resolve(resource.desiredCount) : undefined;
  return typeof count === 'number' ? count : undefined;
}
