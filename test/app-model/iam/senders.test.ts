import { permitted, policiesFor, readNotices, readSendings, turnsAway } from '../../../src/app-model/iam/senders';
import { modelOf } from '../model';

const TARGETS = {
  Queue: { Type: 'AWS::SQS::Queue' },
  Topic: { Type: 'AWS::SNS::Topic' },
  Function: { Type: 'AWS::Lambda::Function' },
  Log: { Type: 'AWS::Logs::LogGroup' },
};
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

function sent(read: typeof readSendings, Type: string, Properties: object): string[] {
  const { model } = modelOf({ ...TARGETS, From: { Type, Properties } });
  return read(model).map(({ from, to, service }) => `${from.logicalId} to ${to.logicalId} as ${service}`);
}

test.each<[string, string, object, string[]]>([
  ['a rule', 'AWS::Events::Rule', { Targets: [{ Arn: arn('Queue') }, { Arn: { Ref: 'Topic' } }] },
    ['From to Queue as events.amazonaws.com', 'From to Topic as events.amazonaws.com']],
  ['a rule with a role of its own', 'AWS::Events::Rule', { Targets: [{ Arn: arn('Queue'), RoleArn: 'arn:aws:iam::111111111111:role/its' }] }, []],
  ['a rule with a target elsewhere', 'AWS::Events::Rule', { Targets: [{ Arn: 'arn:aws:sqs:eu-west-1:111111111111:theirs' }] }, []],
  ['a rule without targets', 'AWS::Events::Rule', {}, []],
  ['a subscription of a queue', 'AWS::SNS::Subscription', { Protocol: 'sqs', Endpoint: arn('Queue') }, ['From to Queue as sns.amazonaws.com']],
  ['a subscription of a function', 'AWS::SNS::Subscription', { Protocol: 'lambda', Endpoint: arn('Function') }, ['From to Function as sns.amazonaws.com']],
  ['a subscription of a stream', 'AWS::SNS::Subscription', { Protocol: 'firehose', Endpoint: arn('Queue') }, []],
  ['a subscription without a protocol', 'AWS::SNS::Subscription', { Endpoint: arn('Queue') }, []],
  ['a topic', 'AWS::SNS::Topic', { Subscription: [{ Protocol: 'sqs', Endpoint: arn('Queue') }, { Protocol: 'lambda', Endpoint: arn('Function') }] },
    ['From to Queue as sns.amazonaws.com', 'From to Function as sns.amazonaws.com']],
  ['a topic that writes mail', 'AWS::SNS::Topic', { Subscription: [{ Protocol: 'email', Endpoint: arn('Queue') }] }, []],
  ['an alarm', 'AWS::CloudWatch::Alarm', { AlarmActions: [arn('Function')] }, ['From to Function as lambda.alarms.cloudwatch.amazonaws.com']],
  ['an alarm on a topic', 'AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: 'Topic' }] }, []],
])('what %s sends', (_what, type, properties, expected) => {
  expect(sent(readSendings, type, properties)).toEqual(expected);
});

test.each<[string, string, object, string[]]>([
  ['a rule', 'AWS::Events::Rule', { Targets: [{ DeadLetterConfig: { Arn: arn('Queue') } }] }, ['From to Queue as events.amazonaws.com']],
  ['a rule with a role of its own', 'AWS::Events::Rule', { Targets: [{ RoleArn: 'x', DeadLetterConfig: { Arn: arn('Queue') } }] }, ['From to Queue as events.amazonaws.com']],
  ['a subscription', 'AWS::SNS::Subscription', { RedrivePolicy: { deadLetterTargetArn: arn('Queue') } }, ['From to Queue as sns.amazonaws.com']],
  ['a backup vault', 'AWS::Backup::BackupVault', { Notifications: { SNSTopicArn: { Ref: 'Topic' } } }, ['From to Topic as backup.amazonaws.com']],
  ['a notification rule', 'AWS::CodeStarNotifications::NotificationRule', { Targets: [{ TargetType: 'SNS', TargetAddress: { Ref: 'Topic' } }] },
    ['From to Topic as codestar-notifications.amazonaws.com']],
  ['a notification rule of a chat', 'AWS::CodeStarNotifications::NotificationRule', { Targets: [{ TargetType: 'AWSChatbotSlack', TargetAddress: { Ref: 'Topic' } }] }, []],
  ['a budget', 'AWS::Budgets::Budget', { NotificationsWithSubscribers: [{ Subscribers: [{ SubscriptionType: 'SNS', Address: { Ref: 'Topic' } }] }] },
    ['From to Topic as budgets.amazonaws.com']],
  ['a budget that writes mail', 'AWS::Budgets::Budget', { NotificationsWithSubscribers: [{ Subscribers: [{ SubscriptionType: 'EMAIL', Address: { Ref: 'Topic' } }] }] }, []],
  ['a vault without notices', 'AWS::Backup::BackupVault', {}, []],
])('the notices of %s', (_what, type, properties, expected) => {
  expect(sent(readNotices, type, properties)).toEqual(expected);
});

const EVENTS = 'events.amazonaws.com';
const letting = (Service: unknown, Action: string, more: object = {}) => ({ Statement: [{ Effect: 'Allow', Principal: { Service }, Action, Resource: '*', ...more }] });

/** Whether a resource of TARGETS turns EventBridge away. */
function away(to: string, resources: Record<string, { Type: string; Properties?: object }>): boolean {
  const { model } = modelOf({ ...TARGETS, ...resources });
  return turnsAway(model, { from: model.resource('Test/Log')!, to: model.resource(`Test/${to}`)!, service: EVENTS });
}

const policy = (Type: string, key: string, of: unknown, document: object) => (
  { Policy: { Type, Properties: { [key]: of, PolicyDocument: document } } }
);
const QUEUES = 'AWS::SQS::QueuePolicy';
const TOPICS = 'AWS::SNS::TopicPolicy';

test.each<[string, string, Parameters<typeof away>[1], boolean]>([
  ['a queue without a policy', 'Queue', {}, true],
  ['a topic without a policy', 'Topic', {}, true],
  ['a function without a permission', 'Function', {}, true],
  ['a log group', 'Log', {}, false],
  ['a queue that lets it in', 'Queue', policy(QUEUES, 'Queues', [{ Ref: 'Queue' }], letting(EVENTS, 'sqs:SendMessage')), false],
  ['a queue that is read by it', 'Queue', policy(QUEUES, 'Queues', [{ Ref: 'Queue' }], letting(EVENTS, 'sqs:ReceiveMessage')), true],
  ['a queue that lets another in', 'Queue', policy(QUEUES, 'Queues', [{ Ref: 'Queue' }], letting('s3.amazonaws.com', 'sqs:SendMessage')), true],
  ['a queue that may let it in', 'Queue', policy(QUEUES, 'Queues', [{ Ref: 'Queue' }], letting({ Ref: 'Service' }, 'sqs:SendMessage')), false],
  ['a queue with the policy of a log group', 'Queue', policy(QUEUES, 'Queues', [{ Ref: 'Log' }], letting(EVENTS, 'sqs:SendMessage')), true],
  ['a queue that a parameter may stand for', 'Queue', policy(QUEUES, 'Queues', [{ Ref: 'Parameter' }], letting('s3.amazonaws.com', 'sqs:SendMessage')), false],
  ['a queue with a policy in line', 'Queue', policy('AWS::SQS::QueueInlinePolicy', 'Queue', { Ref: 'Queue' }, letting(EVENTS, 'sqs:SendMessage')), false],
  ['a topic that lets it in', 'Topic', policy(TOPICS, 'Topics', [{ Ref: 'Topic' }], letting(EVENTS, 'sns:Publish')), false],
  ['a topic to which it may subscribe', 'Topic', policy(TOPICS, 'Topics', [{ Ref: 'Topic' }], letting(EVENTS, 'sns:Subscribe')), true],
  ['a topic with a policy in line', 'Topic', policy('AWS::SNS::TopicInlinePolicy', 'TopicArn', { Ref: 'Topic' }, letting(EVENTS, 'sns:Publish')), false],
])('whether %s turns EventBridge away', (_what, to, resources, answer) => {
  expect(away(to, resources)).toBe(answer);
});

test('the policies of a queue are those that name it', () => {
  const { model } = modelOf({
    ...TARGETS,
    One: { Type: QUEUES, Properties: { Queues: [{ Ref: 'Queue' }] } },
    Two: { Type: QUEUES, Properties: { Queues: [{ Ref: 'Log' }, { Ref: 'Queue' }] } },
    Three: { Type: QUEUES, Properties: { Queues: [{ Ref: 'Log' }] } },
  });
  expect(policiesFor(model, model.resource('Test/Queue')!, [QUEUES], 'Queues')?.map(({ logicalId }) => logicalId)).toEqual(['One', 'Two']);
});

test.each<[string, object, boolean]>([
  ['of the function', { FunctionName: { Ref: 'Function' }, Principal: EVENTS }, true],
  ['of its ARN', { FunctionName: arn('Function'), Principal: EVENTS }, true],
  ['of a function that is not known', { FunctionName: 'shop', Principal: EVENTS }, true],
  ['of an alias', { FunctionName: { Ref: 'Alias' }, Principal: EVENTS }, true],
  ['of another function', { FunctionName: { Ref: 'Other' }, Principal: EVENTS }, false],
  ['for another service', { FunctionName: { Ref: 'Function' }, Principal: 's3.amazonaws.com' }, false],
  ['for everybody', { FunctionName: { Ref: 'Function' }, Principal: '*' }, true],
  ['for a parameter', { FunctionName: { Ref: 'Function' }, Principal: { Ref: 'Parameter' } }, true],
  ['for nobody', { FunctionName: { Ref: 'Function' } }, false],
])('a permission %s lets EventBridge call it: %p', (_what, properties, answer) => {
  const { model } = modelOf({
    ...TARGETS,
    Other: { Type: 'AWS::Lambda::Function' },
    Alias: { Type: 'AWS::Lambda::Alias' },
    Permission: { Type: 'AWS::Lambda::Permission', Properties: properties },
  });
  expect(permitted(model, model.resource('Test/Function')!, EVENTS)).toBe(answer);
});
