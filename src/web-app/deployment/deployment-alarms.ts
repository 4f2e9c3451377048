import { Duration, aws_cloudwatch as cloudwatch, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FrontendTarget } from '../../frontend/alb-frontend';

const MINUTE = Duration.minutes(1);

/** The alarms on every group that tasks may be registered in. */
export function deploymentAlarms(scope: Construct, { targetGroup, alternateTargetGroup }: FrontendTarget, gracePeriod: Duration): cloudwatch.Alarm[] {
  return [
    ...targetAlarms(scope, targetGroup, gracePeriod, ''),
    ...alternateTargetGroup ? targetAlarms(scope, alternateTargetGroup, gracePeriod, 'Alternate') : [],
  ];
}

/**
 * Defines the alarms that roll a deployment back: what visitors see through the target group, and nothing else. An alarm on a
 * metric of the service would name the service, and the service the alarm: CloudFormation refuses the circle.
 *
 * Where traffic shifts between two groups each has its own: the errors of a canary would be lost in the traffic of both.
 */
function targetAlarms(
  scope: Construct, targetGroup: elbv2.ApplicationTargetGroup, gracePeriod: Duration, prefix: string,
): cloudwatch.Alarm[] {
  const errors = new cloudwatch.Alarm(scope, `${prefix}TargetErrorsAlarm`, {
    alarmDescription: 'More than 5 % of the requests end in a server error of the application: a deployment under way is rolled back',
    metric: new cloudwatch.MathExpression({
      label: 'Server errors in percent of requests',
      expression: '100 * errors / requests',
      usingMetrics: {
        errors: targetGroup.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, { period: MINUTE }),
        requests: targetGroup.metrics.requestCount({ period: MINUTE }),
      },
      period: MINUTE,
    }),
    threshold: 5,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });

  // A task that is still starting counts as unhealthy, too: only what lasts beyond the grace period is a fault.
  const minutes = (gracePeriod.isUnresolved() ? 2 : Math.ceil(gracePeriod.toSeconds() / 60)) + 3;
  const unhealthy = new cloudwatch.Alarm(scope, `${prefix}UnhealthyHostsAlarm`, {
    alarmDescription: 'Tasks fail their health checks for longer than they may take to start: a deployment under way is rolled back',
    metric: targetGroup.metrics.unhealthyHostCount({ period: MINUTE, statistic: cloudwatch.Stats.MAXIMUM }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: minutes,
    datapointsToAlarm: minutes,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  return [errors, unhealthy];
}
