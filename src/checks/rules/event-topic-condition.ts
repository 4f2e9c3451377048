import type { Rule } from './rule';
import { asList, asObject, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

const EVENTS = 'events.amazonaws.com';

/**
 * EventBridge documents that condition blocks are not supported in the policy of a topic.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export const eventTopicCondition: Rule = {
  id: 'event-topic-condition',
  severity: 'warning',
  says: 'The policy of an SNS topic lets EventBridge publish under a condition only, which is not supported: events may be lost without a word.',
  change: 'Let events.amazonaws.com publish in a statement of its own, without a condition; keep conditions for other services.',
  evaluate: ({ model }) => {
    const statements = new Map<string, { topic: Resource; conditions: unknown[] }>();
    for (const policy of model.ofType('AWS::SNS::TopicPolicy')) {
      for (const topic of asList(dig(policy.properties, 'Topics')).map((each) => model.pointee(policy, each))) {
        if (topic === undefined) continue;
        const allowed = asList(dig(policy.properties, 'PolicyDocument', 'Statement')).filter(letsEventsPublish);
        const conditions = [...statements.get(topic.id)?.conditions ?? [], ...allowed.map((statement) => dig(statement, 'Condition'))];
        statements.set(topic.id, { topic, conditions });
      }
    }
    return [...statements.values()]
      .filter(({ conditions }) => conditions.length > 0 && conditions.every((condition) => condition !== undefined))
      .map(({ topic, conditions }) => ({
        at: topic, saw: `${nameOf(topic)} lets ${EVENTS} publish under the condition ${wordsOf(conditions)} only`,
      }));
  },
};

function letsEventsPublish(statement: unknown): boolean {
  const actions = asList(dig(statement, 'Action')).map((action) => String(action).toLowerCase());
  return dig(statement, 'Effect') === 'Allow'
    && asList(dig(statement, 'Principal', 'Service')).includes(EVENTS)
    && actions.some((action) => ['sns:publish', 'sns:*', '*'].includes(action));
}

function wordsOf(conditions: unknown[]): string {
  const words = conditions.flatMap((condition) => Object.entries(asObject(condition))
    .flatMap(([operator, keys]) => Object.keys(asObject(keys)).map((key) => `${operator} ${key}`)));
  return [...new Set(words)].sort().join(', ');
}
