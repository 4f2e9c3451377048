import { Duration } from 'aws-cdk-lib';
import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { TaskBounds } from './task-bounds';
import type { FrontendTarget } from '../../frontend/alb-frontend';
import { fail, isKnown } from '../../private/errors';
import { scaleOnRequestsOfBoth } from '../deployment/two-group-scaling';
import type { Cooldowns } from '../deployment/two-group-scaling';
import type { WebAppScalingOptions } from '../web-app-options';

/** Throws for targets that no load could ever meet. */
export function requireScaling(scope: Construct, options: WebAppScalingOptions, hasFrontend: boolean): void {
  requirePercent(scope, 'cpuTargetPercent', options.cpuTargetPercent);
  requirePercent(scope, 'memoryTargetPercent', options.memoryTargetPercent);
  if (options.requestsPerTarget === undefined) return;
  if (!hasFrontend) {
    fail(scope, {
      got: 'scaling.requestsPerTarget is set and there is no frontend',
      allowed: 'requestsPerTarget only with a frontend, whose target group counts the requests',
      fix: 'pass frontend, or scale by cpuTargetPercent alone',
    });
  }
  if (isKnown(options.requestsPerTarget) && !(options.requestsPerTarget > 0)) {
    fail(scope, {
      got: `scaling.requestsPerTarget is ${options.requestsPerTarget}`,
      allowed: 'a number above 0',
      fix: 'set it to the requests that one task answers in a minute',
    });
  }
}

/** Makes the number of tasks follow the load. */
export function scaleTasks(
  service: ecs.BaseService,
  bounds: TaskBounds,
  options: WebAppScalingOptions,
  target: FrontendTarget | undefined,
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

function requirePercent(scope: Construct, name: string, value: number | undefined): void {
  if (isKnown(value) && !(value >= 1 && value <= 100)) {
    fail(scope, {
      got: `scaling.${name} is ${value}`,
      allowed: 'a percentage from 1 to 100',
      fix: `set ${name} to the use to keep, such as 70`,
    });
  }
}
