import type { Rule } from './rule';
import { readSendings, turnsAway } from '../../app-model/iam/senders';
import { isComplete } from '../../template/decided';
import { nameOf } from '../../template/values';

/** Neither EventBridge nor SNS says at deployment that the target refuses them: what they send is dropped. */
export const senderNotLetIn: Rule = {
  id: 'sender-not-let-in',
  severity: 'error',
  says: 'Events, messages or alarms are sent to a queue, topic or function whose policy does not let the sender in: they are lost silently.',
  change: 'Add a QueuePolicy, TopicPolicy or Lambda permission that names the sending service as principal.',
  evaluate: ({ model }) => (isComplete(model) ? readSendings(model) : [])
    .filter((sending) => turnsAway(model, sending)).map(({ from, to, service }) => ({
      at: to,
      related: [from],
      saw: `${nameOf(from)} sends to ${nameOf(to)}, which does not let ${service} in`,
    })),
};
