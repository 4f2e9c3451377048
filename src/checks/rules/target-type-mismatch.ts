import type { Rule } from './rule';
import { readTargetGroups } from '../../app-model/targets';
import { targetTypeOf } from '../../private/aws/ecs-network-modes';
import { literalAt, nameOf } from '../../template/values';

/** A task with an interface of its own is reached by its address, all others through their instance. */
export const targetTypeMismatch: Rule = {
  id: 'target-type-mismatch',
  severity: 'error',
  says: 'The target group registers by instance what has an address of its own, or by address what has none.',
  change: 'Set the target type ip for awsvpc tasks, and instance for bridge and host tasks and Auto Scaling groups.',
  evaluate: (app) => readTargetGroups(app).flatMap(({ resource, targets }) => targets.flatMap((target) => {
    const stated = literalAt(app.model, resource, 'TargetType') ?? 'instance';
    const service = app.serviceOf(target.resource);
    const mode = service?.taskDefinition?.networkMode;
    const wanted = mode === undefined ? undefined : targetTypeOf(mode);
    return wanted === undefined || !['ip', 'instance'].includes(stated) || stated === wanted ? [] : [{
      at: resource,
      related: [target.resource],
      saw: `${nameOf(resource)} has target type ${stated}, but the tasks of ${nameOf(target.resource)} are ${mode}`,
    }];
  })),
};
