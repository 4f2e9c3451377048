import { Names, aws_applicationautoscaling as appscaling } from 'aws-cdk-lib';
import type { Duration, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';

/** The times between two steps of scaling. */
export interface Cooldowns {
  readonly scaleOutCooldown: Duration;
  readonly scaleInCooldown: Duration;
}

/**
 * Makes the number of tasks follow the requests that both groups answer per target. The metric AWS has for this is bound to one group, and
 * would read no requests after every second deployment.
 *
 * The sum is right while traffic shifts, too: each version runs the full number of tasks, so the two shares add up to what one would get.
 */
export function scaleOnRequestsOfBoth(
  scaling: ecs.ScalableTaskCount, requestsPerTarget: number, [primary, alternate]: elbv2.ApplicationTargetGroup[], cooldowns: Cooldowns,
): void {
  new appscaling.CfnScalingPolicy(scaling, 'RequestsOfBoth', {
    policyName: `${Names.uniqueId(scaling).slice(-200)}RequestsOfBoth`,
    policyType: 'TargetTrackingScaling',
    scalingTargetId: scaling.scalableTargetRef.resourceId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: requestsPerTarget,
      scaleOutCooldown: cooldowns.scaleOutCooldown.toSeconds(),
      scaleInCooldown: cooldowns.scaleInCooldown.toSeconds(),
      customizedMetricSpecification: {
        metrics: [
          requests('primary', primary),
          requests('alternate', alternate),
          // A group without requests has no data, which as such would make the sum unknown.
          { id: 'both', label: 'Requests per target', expression: 'SUM([FILL(primary, 0), FILL(alternate, 0)])', returnData: true },
        ],
      },
    },
  });
}

function requests(id: string, group: elbv2.ApplicationTargetGroup): appscaling.CfnScalingPolicy.TargetTrackingMetricDataQueryProperty {
  const { metricStat } = group.metrics.requestCountPerTarget().toMetricConfig();
  return {
    id,
    returnData: false,
    metricStat: {
      stat: 'Sum',
      metric: {
        namespace: metricStat!.namespace,
        metricName: metricStat!.metricName,
        dimensions: metricStat!.dimensions?.map(({ name, value }) => ({ name, value })),
      },
    },
  };
}
