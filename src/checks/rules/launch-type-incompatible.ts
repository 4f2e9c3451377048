import type { Rule } from './rule';
import { dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** ECS refuses the service, after everything before it has been made. */
export const launchTypeIncompatible: Rule = {
  id: 'launch-type-incompatible',
  severity: 'error',
  says: 'The service is to run on capacity for which its task definition is not made.',
  change: 'Name the launch type in RequiresCompatibilities; on Fargate take network mode awsvpc, a task size and an execution role.',
  evaluate: ({ services }) => services.flatMap(({ resource, taskDefinition, launchType, strategy, daemon }) => {
    if (taskDefinition === undefined || !Array.isArray(dig(taskDefinition.resource.properties, 'RequiresCompatibilities'))) return [];
    const onFargate = launchType === 'FARGATE' || (strategy.length > 0 && strategy.every(({ fargate }) => fargate));
    const onInstances = launchType === 'EC2' || (strategy.length > 0 && strategy.every(({ group }) => group !== undefined));
    const { fargate, ec2, networkMode } = taskDefinition;
    const why = onFargate && !fargate ? 'is made for EC2 alone, and the service runs on Fargate'
      : onInstances && !ec2 ? 'is made for Fargate alone, and the service runs on instances'
        : onFargate && networkMode !== 'awsvpc' ? `has network mode ${networkMode}, which Fargate does not have`
          : onFargate && daemon ? 'runs as a daemon, which Fargate does not have' : undefined;
    return why === undefined ? [] : [{ at: resource, related: [taskDefinition.resource], saw: `${nameOf(taskDefinition.resource)} ${why}` }];
  }),
};
