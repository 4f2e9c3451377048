import { letsService } from './principals';
import { matchesResource } from './resource-match';
import { readStatements } from './statement';
import type { Statement } from './statement';
import { decided, UNDECIDED } from '../../template/decided';
import { asList, asObject, dig } from '../../template/json';
import { oncePer } from '../../template/once-per';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalAt } from '../../template/values';

/** A service of AWS that sends something to a resource of the app. */
export interface Sending {
  readonly from: Resource;
  readonly to: Resource;
  /** The service that asks for the permission. */
  readonly service: string;
}

const EVENTS = 'events.amazonaws.com';
const SNS = 'sns.amazonaws.com';

/** Everything that EventBridge, SNS and CloudWatch alarms are told to send to queues, topics and functions of the app. */
export const readSendings = oncePer((model: TemplateModel): readonly Sending[] => {
  const to = (from: Resource, value: unknown, service: string): Sending[] => {
    const found = value === undefined ? undefined : model.pointee(from, value);
    return found === undefined ? [] : [{ from, to: found, service }];
  };
  return [
    ...model.ofType('AWS::Events::Rule').flatMap((rule) => asList(dig(rule.properties, 'Targets'))
      .flatMap((target) => (dig(target, 'RoleArn') === undefined ? to(rule, dig(target, 'Arn'), EVENTS) : []))),
    ...model.ofType('AWS::SNS::Subscription').filter((one) => ['sqs', 'lambda'].includes(literalAt(model, one, 'Protocol') ?? ''))
      .flatMap((one) => to(one, dig(one.properties, 'Endpoint'), SNS)),
    ...model.ofType('AWS::SNS::Topic').flatMap((topic) => asList(dig(topic.properties, 'Subscription'))
      .filter((one) => ['sqs', 'lambda'].includes(String(dig(one, 'Protocol'))))
      .flatMap((one) => to(topic, dig(one, 'Endpoint'), SNS))),
    ...model.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => asList(dig(alarm.properties, 'AlarmActions'))
      .flatMap((action) => to(alarm, action, 'lambda.alarms.cloudwatch.amazonaws.com'))
      .filter(({ to: found }) => found.type === 'AWS::Lambda::Function')),
  ];
});

/** What is sent when something else has failed: events that could not be delivered, and notices of other services. */
export function readNotices(model: TemplateModel): Sending[] {
  const to = (from: Resource, value: unknown, service: string): Sending[] => {
    const found = value === undefined ? undefined : model.pointee(from, value);
    return found === undefined ? [] : [{ from, to: found, service }];
  };
  return [
    ...model.ofType('AWS::Events::Rule').flatMap((rule) => asList(dig(rule.properties, 'Targets'))
      .flatMap((target) => to(rule, dig(target, 'DeadLetterConfig', 'Arn'), EVENTS))),
    ...model.ofType('AWS::SNS::Subscription').flatMap((one) => to(one, dig(one.properties, 'RedrivePolicy', 'deadLetterTargetArn'), SNS)),
    ...model.ofType('AWS::Backup::BackupVault')
      .flatMap((vault) => to(vault, dig(vault.properties, 'Notifications', 'SNSTopicArn'), 'backup.amazonaws.com')),
    ...model.ofType('AWS::CodeStarNotifications::NotificationRule').flatMap((rule) => asList(dig(rule.properties, 'Targets'))
      .filter((target) => dig(target, 'TargetType') === 'SNS')
      .flatMap((target) => to(rule, dig(target, 'TargetAddress'), 'codestar-notifications.amazonaws.com'))),
    ...model.ofType('AWS::Budgets::Budget').flatMap((budget) => asList(dig(budget.properties, 'NotificationsWithSubscribers'))
      .flatMap((one) => asList(dig(one, 'Subscribers'))).filter((one) => dig(one, 'SubscriptionType') === 'SNS')
      .flatMap((one) => to(budget, dig(one, 'Address'), 'budgets.amazonaws.com'))),
  ];
}

/** True where the target surely does not let the sender in. */
export function turnsAway(model: TemplateModel, { from, to, service }: Sending): boolean {
  const action = { 'AWS::SQS::Queue': 'sqs:SendMessage', 'AWS::SNS::Topic': 'sns:Publish' }[to.type];
  if (to.type === 'AWS::Lambda::Function') return !permitted(model, to, service);
  if (action === undefined) return false;
  const [type, key] = to.type === 'AWS::SQS::Queue' ? ['QueuePolicy', 'Queues'] : ['TopicPolicy', 'Topics'];
  const policies = policiesFor(
    model,
    to,
    [`${to.type.replace(/::[^:]+$/, '')}::${type}`, `${to.type.replace(/::[^:]+$/, '')}::${type.replace('Policy', 'InlinePolicy')}`],
    key,
  );
  if (policies === undefined) return false;
  const statements = policies.flatMap((one) => readStatements(model, one, dig(one.properties, 'PolicyDocument')));
  return letsService(model, statements.filter((one) => !namesOtherSender(model, one, from)), [service], action) === 'no';
}

/** True where a statement lets the service in for senders of the app or elsewhere, none of which is this one. */
function namesOtherSender(model: TemplateModel, { condition, holder }: Statement, from: Resource): boolean {
  const sender = from.type === 'AWS::SNS::Subscription' ? model.pointee(from, dig(from.properties, 'TopicArn')) : from;
  if (sender === undefined || !['AWS::SNS::Topic', 'AWS::Events::Rule'].includes(sender.type)) return false;
  return Object.entries(condition ?? {}).some(([operator, keys]) => /^(Arn|String)(Equals|Like)$/.test(operator)
    && Object.entries(asObject(keys)).some(([key, values]) => key.toLowerCase() === 'aws:sourcearn'
      && asList(values).every((value) => matchesResource(model, model.text(holder, value), sender) === 'no')));
}

/** The policies of a queue or topic; undefined where one of the app may be its too. */
export function policiesFor(model: TemplateModel, target: Resource, types: readonly string[], key: string): Resource[] | undefined {
  const found: Resource[] = [];
  // Policies in line name one: `Queue`, `TopicArn`.
  const keys = [key, key.slice(0, -1), `${key.slice(0, -1)}Arn`];
  for (const policy of model.ofType(...types)) {
    const named = keys.flatMap((one) => asList(dig(policy.properties, one))).map((one) => model.pointee(policy, one));
    if (named.includes(target)) {
      found.push(policy);
    } else if (named.includes(undefined)) {
      return undefined;
    }
  }
  return found;
}

/** True where a permission of the app lets the service call the function, or may do so. */
export function permitted(model: TemplateModel, lambda: Resource, service: string): boolean {
  return model.ofType('AWS::Lambda::Permission').some((permission) => {
    const named = model.pointee(permission, dig(permission.properties, 'FunctionName'));
    const principal = decided(model, permission, dig(permission.properties, 'Principal'));
    return (named === undefined || named === lambda || named.type !== 'AWS::Lambda::Function')
      && (principal === service || principal === UNDECIDED || principal === '*');
  });
}
