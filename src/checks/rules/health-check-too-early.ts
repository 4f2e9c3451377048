import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { isUndecided, nameOf, numberAt, numberOf } from '../../template/values';

/** Tasks that need longer to start than the load balancer waits are replaced before they ever serve. */
export const healthCheckTooEarly: Rule = {
  id: 'health-check-too-early',
  severity: 'warning',
  says: 'The load balancer gives tasks less time to start than their own container health check does: slow starts are stopped again and again.',
  change: 'Raise the service\'s healthCheckGracePeriod to the start period of the container.',
  evaluate: ({ model, services }) => services.flatMap(({ resource, taskDefinition }) => {
    if (taskDefinition === undefined || isUndecided(model, resource, 'HealthCheckGracePeriodSeconds')) return [];
    const grace = numberAt(model, resource, 'HealthCheckGracePeriodSeconds') ?? 0;
    const starts = asList(dig(taskDefinition.resource.properties, 'ContainerDefinitions'))
      .map((body) => numberOf(model, taskDefinition.resource, dig(body, 'HealthCheck', 'StartPeriod')) ?? 0);
    const needed = Math.max(0, ...starts);
    return asList(dig(resource.properties, 'LoadBalancers')).flatMap((binding) => {
      const group = model.pointee(resource, dig(binding, 'TargetGroupArn'));
      if (group === undefined || ['HealthCheckIntervalSeconds', 'UnhealthyThresholdCount'].some((key) => isUndecided(model, group, key))) return [];
      const fails = (numberAt(model, group, 'HealthCheckIntervalSeconds') ?? 30) * (numberAt(model, group, 'UnhealthyThresholdCount') ?? 2);
      return grace + fails >= needed ? [] : [{
        at: resource,
        related: [group, taskDefinition.resource],
        saw: `${nameOf(group)} gives a task up after ${grace + fails} s, its container `
          + `may take ${needed} s to start`,
      }];
    });
  }),
};
