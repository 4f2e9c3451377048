import type { Rule } from './rule';
import { readWatchedMetrics } from '../../app-model/alarms/alarms';
import type { NetworkModel } from '../../paths/judging/network-model';
import { SIGNS_OF_LIFE } from '../../private/aws/metrics';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalAt, nameOf, numberAt, numberOf } from '../../template/values';

/** In seconds: for so long a target that is dead may go on getting requests. */
const TARGETS_DEAD = 600;
/** In seconds: an alarm of a sign of life that takes longer is read the next day. */
const ALARM_LATE = 3600;
const SERVER_ERROR = 500;

/** What is broken looks whole to those who would have mended it. */
export const outageHidden: Rule = {
  id: 'outage-hidden',
  severity: 'warning',
  says: 'An outage is hidden or noticed late: errors are answered as success, count as health, or are looked for too seldom.',
  change: 'Keep the response code of server errors, take codes below 500 for health, and ask often enough to know within minutes.',
  leadsTo: 'Visitors see the outage, and those who run the application do not.',
  evaluate: (app) => [
    ...app.model.ofType('AWS::CloudFront::Distribution').flatMap((one) => disguised(app, one)),
    ...app.model.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').flatMap((one) => lenient(app.model, one)),
    ...readWatchedMetrics(app.model).filter(({ compared, namespace, metric }) => compared && SIGNS_OF_LIFE.includes(`${namespace} ${metric}`))
      .flatMap(({ alarm, metric }) => {
        const [period, periods] = ['Period', 'EvaluationPeriods'].map((key) => numberAt(app.model, alarm, key));
        return period === undefined || periods === undefined || period * periods <= ALARM_LATE
          ? []
          : [{ at: alarm, saw: `${nameOf(alarm)} looks at ${metric} for ${(period * periods) / 60} minutes before it rings` }];
      }),
  ],
};

function disguised({ model }: NetworkModel, distribution: Resource): Array<{ at: Resource; saw: string }> {
  return asList(dig(distribution.properties, 'DistributionConfig', 'CustomErrorResponses')).flatMap((one) => {
    const [error, answer] = ['ErrorCode', 'ResponseCode'].map((key) => numberOf(model, distribution, dig(one, key)));
    return error === undefined || answer === undefined || error < SERVER_ERROR || answer >= 400
      ? []
      : [{ at: distribution, saw: `${nameOf(distribution)} answers error ${error} of its origin with ${answer}` }];
  });
}

function lenient(model: TemplateModel, group: Resource): Array<{ at: Resource; saw: string }> {
  const codes = literalAt(model, group, 'Matcher', 'HttpCode') ?? '';
  const highest = Math.max(...codes.split(/[,-]/).map(Number).filter((code) => code > 0), 0);
  if (highest >= SERVER_ERROR) return [{ at: group, saw: `${nameOf(group)} takes the answer ${codes} for health` }];
  const interval = numberAt(model, group, 'HealthCheckIntervalSeconds') ?? 30;
  const times = numberAt(model, group, 'UnhealthyThresholdCount') ?? 2;
  return interval * times < TARGETS_DEAD || group.conditional
    ? []
    : [{ at: group, saw: `${nameOf(group)} sends requests to a dead target for ${interval * times} s` }];
}
