import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { isUndecided, literalAt, nameOf } from '../../template/values';

/** An instance whose application hangs is healthy for EC2: the group keeps it, and the load balancer runs out of targets. */
export const groupHealthCheck: Rule = {
  id: 'group-health-check',
  severity: 'warning',
  says: 'The Auto Scaling group behind a load balancer does not ask it for health: an instance whose application is dead is never replaced.',
  change: 'Set the health check type to ELB, with a grace period as long as the start takes.',
  evaluate: ({ model }) => model.ofType('AWS::AutoScaling::AutoScalingGroup').filter((group) => asList(dig(
    group.properties,
    'TargetGroupARNs',
  )).length > 0
    && !isUndecided(model, group, 'HealthCheckType') && !/ELB/.test(literalAt(model, group, 'HealthCheckType') ?? '')).map((at) => ({
    at, saw: `${nameOf(at)} has HealthCheckType ${literalAt(model, at, 'HealthCheckType') ?? 'EC2, for it states none'}`,
  })),
};
