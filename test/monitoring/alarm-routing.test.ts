import { App, Stack, aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions, aws_events_targets as targets, aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AlarmRouting } from '../../src/monitoring/alarm-routing';
import { AlarmTopic } from '../../src/monitoring/alarm-topic';
import { WebAppMonitoring } from '../../src/monitoring/web-app-monitoring';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, referencesIn, resourcesOf } from '../templates';
import type { Resources } from '../templates';
import { ofType, World } from './world';

/** An alarm of the user's own, routed by monitoring. */
function alarmIn(stack: Stack, routing: AlarmRouting | undefined, kind: 'page' | 'ticket' = 'ticket'): void {
  const metric = new cloudwatch.Metric({ namespace: 'Own', metricName: 'Orders' });
  const alarm = new cloudwatch.Alarm(stack, 'Own', { metric, threshold: 1, evaluationPeriods: 1 });
  const monitoring = new WebAppMonitoring(stack, 'Monitoring', { routing });
  if (kind === 'page') monitoring.addPagingAlarm(alarm);
  else monitoring.addTicketAlarm(alarm);
}

const allows = (policy: any, service: string, action: string): any[] => policy.Statement.filter((statement: any) => statement.Effect === 'Allow'
  && [statement.Principal.Service].flat().includes(service) && [statement.Action].flat().includes(action));

/** Follows an alarm or a rule to the topic, its policy and its key. */
function destination(resources: Resources, topicId: string) {
  const policies = ofType(resources, 'AWS::SNS::TopicPolicy').filter(([, { Properties }]) => referencesIn(Properties.Topics).includes(topicId));
  const [keyId] = referencesIn(resources[topicId].Properties?.KmsMasterKeyId);
  return { topic: policies.map(([, { Properties }]) => Properties.PolicyDocument), key: resources[keyId]?.Properties.KeyPolicy };
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe('from every alarm and rule to its topic and key', () => {
    const world = new World({ context });
    world.watched();
    const resources = resourcesOf(world.home);
    const alarms = ofType(resources, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm');
    const rules = ofType(resources, 'AWS::Events::Rule');

    test('every alarm notifies a topic when it fires and when it is over', () => {
      expect(alarms.length).toBeGreaterThan(15);
      for (const [, { Properties }] of alarms) {
        expect(referencesIn(Properties.AlarmActions)).toEqual([expect.stringMatching(/^AlarmsTopic/)]);
        expect(referencesIn(Properties.OKActions)).toEqual(referencesIn(Properties.AlarmActions));
      }
    });

    test('CloudWatch may publish to the topic and use its key, for this account only', () => {
      const { topic: [policy, ...others], key } = destination(resources, referencesIn(alarms[0][1].Properties.AlarmActions)[0]);
      expect(others).toEqual([]);
      expect(allows(policy, 'cloudwatch.amazonaws.com', 'sns:Publish')).toEqual([
        expect.objectContaining({ Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }),
      ]);
      for (const action of ['kms:Decrypt', 'kms:GenerateDataKey*']) {
        expect(allows(key, 'cloudwatch.amazonaws.com', action)).toEqual([
          expect.objectContaining({ Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }),
        ]);
      }
    });

    test('EventBridge may publish for this account, and use the key without a condition, which SNS does not support for it', () => {
      expect(rules.length).toBeGreaterThan(3);
      for (const [, { Properties }] of rules) {
        const { topic: [policy], key } = destination(resources, referencesIn(Properties.Targets[0].Arn)[0]);
        expect(allows(policy, 'events.amazonaws.com', 'sns:Publish')).toEqual([
          expect.objectContaining({ Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }),
        ]);
        expect(allows(key, 'events.amazonaws.com', 'kms:GenerateDataKey*').map(({ Condition }) => Condition)).toEqual([undefined]);
      }
    });

    test('each statement stands once, however many use the topic', () => {
      const { topic: [policy], key } = destination(resources, referencesIn(alarms[0][1].Properties.AlarmActions)[0]);
      expect([policy.Statement.length, key.Statement.length]).toEqual([2, 3]);
    });

    test('the topic is reached by TLS only and its key is rotated', () => {
      const template = Template.fromStack(world.home);
      template.hasResourceProperties('AWS::SNS::TopicPolicy', {
        PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
      });
      template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'Delete' });
    });
  });

  test('a topic of the user in another stack gets what is missing, without a cycle between the stacks', () => {
    const app = new App({ context });
    const shared = new Stack(app, 'Shared');
    const topic = new sns.Topic(shared, 'Topic', { masterKey: new kms.Key(shared, 'Key') });
    const stack = new Stack(app, 'Own');
    alarmIn(stack, AlarmRouting.topic(topic));
    const resources = resourcesOf(shared);
    const { topic: [policy], key } = destination(resources, ofType(resources, 'AWS::SNS::Topic')[0][0]);
    expect(allows(policy, 'cloudwatch.amazonaws.com', 'sns:Publish')).toHaveLength(1);
    expect(allows(key, 'cloudwatch.amazonaws.com', 'kms:Decrypt')).toHaveLength(1);
    expect([dependencyCycle(resources), shared.dependencies]).toEqual([undefined, []]);
  });

  test('an imported topic is used as it is', () => {
    const stack = testStack(context);
    alarmIn(stack, AlarmRouting.topic(sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms')));
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SNS::TopicPolicy', 0);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alarms'] });
  });

  test('an own key is used, and lets in alarms and events', () => {
    const stack = testStack(context);
    new AlarmTopic(stack, 'Alarms', { encryptionKey: new kms.Key(stack, 'Own'), displayName: 'Shop' });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResourceProperties('AWS::SNS::Topic', { DisplayName: 'Shop' });
  });

  describe('severities', () => {
    test('pages go to one topic, tickets and events to the other', () => {
      const world = new World({ context });
      const [page, ticket] = ['Page', 'Ticket'].map((id) => new AlarmTopic(world.home, id).topic);
      world.watched(AlarmRouting.topics(page, ticket));
      const resources = resourcesOf(world.home);
      const paging = ofType(resources, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')
        .filter(([, { Properties }]) => referencesIn(Properties.AlarmActions)[0].startsWith('Page')).map(([id]) => id.slice(0, -8));
      expect(paging).toEqual(['MonitoringOfWebAppServiceDown', 'MonitoringOfDataDatabaseMissingTasks']);
      const told = ofType(resources, 'AWS::Events::Rule').flatMap(([, { Properties }]) => referencesIn(Properties.Targets[0].Arn));
      expect(told.every((id) => id.startsWith('Ticket'))).toBe(true);
    });

    test('actions of any kind are used by severity', () => {
      const stack = testStack(context);
      const incident = new actions.SsmIncidentAction('ResponsePlan');
      alarmIn(stack, AlarmRouting.actions({ page: [incident], recovered: [] }), 'page');
      Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmActions: [Match.objectLike({ 'Fn::Join': Match.anyValue() })],
        OKActions: Match.absent(),
      });
    });

    test('what has only one kind of action uses it for both severities', () => {
      const stack = testStack(context);
      const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms');
      alarmIn(stack, AlarmRouting.actions({ page: [new actions.SnsAction(topic)] }), 'ticket');
      Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: Match.anyValue(), OKActions: Match.anyValue() });
    });

    test('events go to the targets that are given beside actions', () => {
      const world = new World({ context });
      const topic = new sns.Topic(world.home, 'Topic');
      world.watched(AlarmRouting.actions({ page: [new actions.SnsAction(topic)], eventTargets: [new targets.SnsTopic(topic)] }));
      expect(ofType(resourcesOf(world.home), 'AWS::Events::Rule').length).toBeGreaterThan(3);
    });
  });
});

describe('nobody is told', () => {
  const warned = (stack: Stack, id: string) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(`\\[ack: .*${id}\\]`));

  test('without a word: that is a warning', () => {
    const world = new World();
    new WebAppMonitoring(world.home, 'Monitoring').watchWebApp(world.webApp);
    expect(warned(world.home, 'cdk-ha-ecs::WebAppMonitoring.noDestination')).toHaveLength(1);
    const resources = resourcesOf(world.home);
    expect(ofType(resources, 'AWS::Events::Rule')).toEqual([]);
    expect(ofType(resources, 'AWS::CloudWatch::Alarm').every(([, { Properties }]) => Properties.AlarmActions === undefined)).toBe(true);
  });

  test('on purpose: the reason is recorded, and there is no warning', () => {
    const stack = testStack();
    alarmIn(stack, AlarmRouting.disabled('a stack that lives for an hour'));
    expect(warned(stack, 'noDestination')).toEqual([]);
    const { metadata } = stack.node.findChild('Monitoring').node;
    expect(metadata).toContainEqual(expect.objectContaining({ type: 'cdk-ha-ecs:alarm-routing-disabled', data: 'a stack that lives for an hour' }));
  });

  test('of events, where only actions are given: that is a warning', () => {
    const stack = testStack();
    const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms');
    alarmIn(stack, AlarmRouting.actions({ page: [new actions.SnsAction(topic)] }));
    expect(warned(stack, 'cdk-ha-ecs::WebAppMonitoring.noEventTargets')).toHaveLength(1);
  });

  test('fails when the reason is blank, and says what to write', () => {
    expect(() => AlarmRouting.disabled(' ')).toThrow(/AlarmRouting.disabled: reason is blank.*write the reason, or use AlarmRouting.topic/);
  });

  test('fails when there is no action of either kind', () => {
    expect(() => AlarmRouting.actions({ page: [] })).toThrow(/page and ticket have no action.*AlarmRouting.disabled/);
  });
});
