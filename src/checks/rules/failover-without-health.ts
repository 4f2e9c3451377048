import type { Rule } from './rule';
import { dig } from '../../template/json';
import { isOn, isUndecided, literalAt, nameOf } from '../../template/values';

/** Route 53 takes a record without a health check for healthy, whatever happens. */
export const failoverWithoutHealth: Rule = {
  id: 'failover-without-health',
  severity: 'warning',
  says: 'The primary record of a failover is never found to be dead, for nothing asks for its health.',
  change: 'Give the primary record a health check, or an alias EvaluateTargetHealth true.',
  leadsTo: 'When the first site is away, everybody is still sent there.',
  evaluate: ({ model }) => model.ofType('AWS::Route53::RecordSet').filter((record) => (
    literalAt(model, record, 'Failover') === 'PRIMARY' && dig(record.properties, 'HealthCheckId') === undefined
      && !isUndecided(model, record, 'AliasTarget', 'EvaluateTargetHealth') && !isOn(dig(record.properties, 'AliasTarget', 'EvaluateTargetHealth'))
  )).map((at) => ({ at, saw: `${nameOf(at)} is PRIMARY and has no HealthCheckId` })),
};
