import type { Rule } from './rule';
import { letsService } from '../../app-model/iam/principals';
import { policiesFor } from '../../app-model/iam/senders';
import { readStatements } from '../../app-model/iam/statement';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** A policy of its own replaces the one by which SNS lets everything of the account publish. */
export const alarmTopicPolicy: Rule = {
  id: 'alarm-topic-policy',
  severity: 'warning',
  says: 'The topic of an alarm has a policy that lets others publish and does not name CloudWatch: the alarm may fire and nobody hears of it.',
  change: 'Add a statement that allows cloudwatch.amazonaws.com sns:Publish on the topic.',
  evaluate: ({ model }) => {
    const topics = new Map<Resource, Resource>();
    for (const alarm of model.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
      for (const action of asList(dig(alarm.properties, 'AlarmActions'))) {
        const topic = model.pointee(alarm, action);
        if (topic?.type === 'AWS::SNS::Topic') topics.set(topic, alarm);
      }
    }
    return [...topics].flatMap(([topic, alarm]) => {
      const policies = policiesFor(model, topic, ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'], 'Topics') ?? [];
      const statements = policies.flatMap((one) => readStatements(model, one, dig(one.properties, 'PolicyDocument')));
      // Only denials, such as of plain HTTP, tell nothing: the CDK adds them without the grant beside them.
      const speaks = statements.some(({ effect }) => effect === 'Allow');
      const accounts = statements.some(({ effect, principal }) => effect !== 'Deny' && dig(principal, 'AWS') !== undefined);
      if (!speaks || accounts || letsService(model, statements, ['cloudwatch.amazonaws.com'], 'sns:Publish') !== 'no') return [];
      return [{
        at: topic,
        related: [alarm, ...policies],
        saw: `${nameOf(alarm)} notifies ${nameOf(topic)}, whose policy has no statement for cloudwatch.amazonaws.com`,
      }];
    });
  },
};
