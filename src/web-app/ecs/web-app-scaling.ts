import { Duration } from 'aws-cdk-lib';
import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { WebAppSettings } from './web-app-settings';
import type { FrontendTarget } from '../../frontend/alb-frontend';
import { scaleOnRequestsOfBoth } from '../deployment/two-group-scaling';
import type { Cooldowns } from '../deployment/two-group-scaling';

/** Makes the number of tasks follow the load. */
export function scaleTasks(
  service: ecs.BaseService, { bounds, scaling: options }: WebAppSettings, target: FrontendTarget | undefined,
): ecs.ScalableTaskCount {
  const scaling = service.autoScaleTaskCount({ minCapacity: bounds.minTasks, maxCapacity: bounds.maxTasks });
  const cooldowns = {
    scaleOutCooldown: options.scaleOutCooldown ?? Duration.seconds(60),
    scaleInCooldown: options.scaleInCooldown ?? Duration.seconds(300),
  };
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: options.cpuTargetPercent ?? 70, ...cooldowns });
  if (options.memoryTargetPercent !== undefined) {
    scaling.scaleOnMemoryUtilization('Memory', { targetUtilizationPercent: options.memoryTargetPercent, ...cooldowns });
  }
  if (options.requestsPerTarget !== undefined && target !== undefined) {
    scaleOnRequests(scaling, options.requestsPerTarget, target, cooldowns);
  }
  return scaling;
}

function scaleOnRequests(scaling: ecs.ScalableTaskCount, requestsPerTarget: number, target: FrontendTarget, cooldowns: Cooldowns): void {
  const { targetGroup, alternateTargetGroup } = target;
  if (alternateTargetGroup) {
    scaleOnRequestsOfBoth(scaling, requestsPerTarget, [targetGroup, alternateTargetGroup], cooldowns);
  } else {
    scaling.scaleOnRequestCount('Requests', { requestsPerTarget, targetGroup, ...cooldowns });
  }
}
