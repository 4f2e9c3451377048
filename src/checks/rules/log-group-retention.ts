import type { Rule } from './rule';
import { dig } from '../../template/json';

/** Logs without an end are paid for without an end. */
export const logGroupRetention: Rule = {
  id: 'log-group-retention',
  severity: 'warning',
  says: 'The log group keeps its logs for ever.',
  change: 'Set a retention, such as one month.',
  evaluate: ({ model }) => model.ofType('AWS::Logs::LogGroup')
    .filter(({ properties }) => dig(properties, 'RetentionInDays') === undefined)
    .map((at) => ({ at, saw: 'no RetentionInDays' })),
};
