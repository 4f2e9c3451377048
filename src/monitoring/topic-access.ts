import { Stack, aws_iam as iam } from 'aws-cdk-lib';
import type { aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';

const ALARMS = 'cloudwatch.amazonaws.com';
const EVENTS = 'events.amazonaws.com';

/**
 * Lets alarms of this account and event rules publish to a topic. A topic that gets any policy loses the one that SNS gives it, by
 * which the account's alarms were let in. A topic that was imported keeps the policy it has.
 */
export function allowPublishing(topic: sns.ITopic): void {
  topic.addToResourcePolicy(publishing(topic, ALARMS, ofAccount(topic)));
  // Without a condition: EventBridge documents that none is supported in the policy of a topic, and it loses the event without a word.
  topic.addToResourcePolicy(publishing(topic, EVENTS));
}

/**
 * Lets alarms and event rules use the key of a topic: without it SNS refuses their messages, and nobody is told.
 */
export function allowUseOfKey(key: kms.IKey): void {
  key.addToResourcePolicy(useOfKey(ALARMS, ofAccount(key)));
  // Without a condition: SNS documents that source conditions in the key policy are not supported for EventBridge.
  key.addToResourcePolicy(useOfKey(EVENTS));
}

function publishing(topic: sns.ITopic, service: string, conditions?: Record<string, unknown>): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['sns:Publish'], principals: [new iam.ServicePrincipal(service)], resources: [topic.topicArn], conditions,
  });
}

function useOfKey(service: string, conditions?: Record<string, unknown>): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    principals: [new iam.ServicePrincipal(service)],
    resources: ['*'],
    conditions,
  });
}

function ofAccount(owned: sns.ITopic | kms.IKey): Record<string, unknown> {
  return { StringEquals: { 'aws:SourceAccount': Stack.of(owned).account } };
}
