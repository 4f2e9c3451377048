import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { Mentions } from '../../template/mentions';
import { nameOf } from '../../template/values';

/** An alarm that nothing listens to is seen by whoever looks at the console that day. */
export const alarmWithoutAction: Rule = {
  id: 'alarm-without-action',
  severity: 'warning',
  says: 'Nobody hears of the alarm: it has no action, its actions are off, or its topic has no subscriber in the app.',
  change: 'Give the alarm an SNS topic as action, and the topic a subscription.',
  evaluate: ({ model, pointers }) => {
    const mentions = Mentions.of(model);
    return model.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap((alarm) => {
      // An alarm stops a deployment or is part of another alarm.
      if (mentions.of(alarm).length > 0 || mentions.isHandedOut(alarm)) return [];
      const enabled = dig(alarm.properties, 'ActionsEnabled');
      const actions = asList(dig(alarm.properties, 'AlarmActions'));
      if (actions.length === 0) return [{ at: alarm, saw: `${nameOf(alarm)} has no alarm action` }];
      if (enabled === false || enabled === 'false') return [{ at: alarm, saw: `the actions of ${nameOf(alarm)} are switched off` }];
      const topics = actions.map((action) => model.pointee(alarm, action));
      const deaf = topics.every((topic) => topic?.type === 'AWS::SNS::Topic'
        && asList(dig(topic.properties, 'Subscription')).length === 0 && pointers.to(topic, 'AWS::SNS::Subscription', 'TopicArn').length === 0
        && !mentions.isHandedOut(topic) && dig(topic.properties, 'TopicName') === undefined
        && mentions.of(topic).every(({ type }) => type.startsWith('AWS::CloudWatch::') || type.startsWith('AWS::SNS::Topic')));
      return deaf
        ? [{
          at: alarm,
          related: topics,
          saw: `${nameOf(alarm)} notifies ${topics.map((topic) => nameOf(topic!)).join(', ')}, to which nothing is subscribed`,
        }]
        : [];
    });
  },
};
