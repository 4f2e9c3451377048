import type { Observation, Rule } from './rule';
import type { NetworkModel } from '../../paths/judging/network-model';
import { asList, asObject, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import { literalAt, nameOf } from '../../template/values';

/** CloudWatch drops the message of an alarm silently when it may not use the topic's key. */
export const alarmTopicKey: Rule = {
  id: 'alarm-topic-key',
  severity: 'error',
  says: 'The topic of an alarm is encrypted with a key that CloudWatch may not use: the alarm fires and nobody hears of it.',
  change: 'Use a customer key whose policy allows cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey*.',
  evaluate: (app) => {
    const topics = new Map<string, { topic: Resource; alarms: Resource[] }>();
    for (const alarm of app.model.ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
      for (const action of ['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((key) => asList(dig(alarm.properties, key)))) {
        const topic = app.model.pointee(alarm, action);
        if (topic?.type === 'AWS::SNS::Topic') {
          topics.set(topic.id, { topic, alarms: [...(topics.get(topic.id)?.alarms ?? []), alarm] });
        }
      }
    }
    return [...topics.values()].flatMap(({ topic, alarms }) => judge(app, topic, alarms));
  },
};

function judge({ model }: NetworkModel, topic: Resource, alarms: Resource[]): Observation[] {
  const stated = dig(topic.properties, 'KmsMasterKeyId');
  const key = stated === undefined ? undefined : model.pointee(topic, stated);
  const name = literalAt(model, topic, 'KmsMasterKeyId');
  const finding = (why: string) =>
    [{ at: topic, related: [key, ...alarms], saw: `${alarms.map(nameOf).slice(0, 3).join(', ')} notify ${nameOf(topic)}, ${why}` }];
  if (name?.endsWith('alias/aws/sns')) return finding('which has the AWS managed key alias/aws/sns; CloudWatch may never use that one');
  if (key === undefined || key.type !== 'AWS::KMS::Key') return [];
  return asList(dig(key.properties, 'KeyPolicy', 'Statement')).some(allowsCloudWatch)
    ? []
    : finding(`whose key ${nameOf(key)} has no statement for cloudwatch.amazonaws.com`);
}

function allowsCloudWatch(statement: unknown): boolean {
  const services = asList(dig(statement, 'Principal', 'Service')).map(String);
  const actions = asList(asObject(statement).Action).map(String);
  const everyone = dig(statement, 'Principal') === '*' || dig(statement, 'Principal', 'AWS') === '*';
  return dig(statement, 'Effect') === 'Allow'
    && (everyone || services.some((service) => service === 'cloudwatch.amazonaws.com' || service === '*'))
    && ['kms:Decrypt', 'kms:GenerateDataKey'].every((wanted) => actions.some((action) => matches(action, wanted)));
}

function matches(action: string, wanted: string): boolean {
  const pattern = action.toLowerCase().split('*').map((piece) => piece.replace(/[.?+^${}()|[\]\\]/g, '\\$&')).join('.*');
  return new RegExp(`^${pattern}$`).test(wanted.toLowerCase());
}
