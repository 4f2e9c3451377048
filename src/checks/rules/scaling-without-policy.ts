import type { Rule } from './rule';
import { isComplete } from '../../template/decided';
import { Mentions } from '../../template/mentions';
import { nameOf } from '../../template/values';

/** Bounds alone move nothing: at the first rush the service stays as small as it was. */
export const scalingWithoutPolicy: Rule = {
  id: 'scaling-without-policy',
  severity: 'warning',
  says: 'The service has bounds to scale between, and nothing that makes it scale.',
  change: 'Call scaling.scaleOnCpuUtilization(…), scaleOnRequestCount(…) or scaleOnSchedule(…).',
  evaluate: ({ model }) => (isComplete(model) ? model.ofType('AWS::ApplicationAutoScaling::ScalableTarget') : []).filter((target) => {
    const { properties } = target;
    const moved = properties.ScheduledActions !== undefined || properties.MinCapacity === properties.MaxCapacity;
    const named = model.ofType('AWS::ApplicationAutoScaling::ScalingPolicy').some((one) => one.properties.ScalingTargetId === undefined);
    return !moved && !named && properties.ServiceNamespace === 'ecs' && Mentions.of(model).of(target).length === 0
      && !Mentions.of(model).isHandedOut(target);
  }).map((at) => ({ at, saw: `no scaling policy and no schedule belongs to ${nameOf(at)}` })),
};
