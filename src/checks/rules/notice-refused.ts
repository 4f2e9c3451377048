import type { Rule } from './rule';
import { readNotices, turnsAway } from '../../app-model/iam/senders';
import { isComplete } from '../../template/decided';
import { nameOf } from '../../template/values';

/** It is missed on the day on which something else has failed. */
export const noticeRefused: Rule = {
  id: 'notice-refused',
  severity: 'warning',
  says: 'Dead letters, or notices of failed backups, builds or budgets, are sent to a queue or topic whose policy does not let the sender in.',
  change: 'Add a QueuePolicy or TopicPolicy that names the sending service as principal.',
  leadsTo: 'What failed is lost, and nobody is told.',
  evaluate: ({ model }) =>
    (isComplete(model) ? readNotices(model) : []).filter((notice) => turnsAway(model, notice)).map(({ from, to, service }) => ({
      at: to, related: [from], saw: `${nameOf(from)} tells ${nameOf(to)}, which does not let ${service} in`,
    })),
};
