import { aws_cloudwatch_actions as actions, aws_events as events } from 'aws-cdk-lib';
import type { aws_cloudwatch as cloudwatch, aws_sns as sns } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { AlarmSeverity } from './alarm-severity';
import { allowPublishing, allowUseOfKey } from './topic-access';
import { failAt, isKnown } from '../private/errors';
import { requireArgument, requireOptions } from '../private/input/require-input';
import { requireOwnKind } from '../private/sealed';
import { warn } from '../private/warnings';

/** Metadata key under which monitoring that notifies nobody records why. */
const ROUTING_DISABLED = 'cdk-ha-ecs:alarm-routing-disabled';

/**
 * What alarms and events set off.
 */
export interface AlarmActions {
  /**
   * What alarms do that somebody has to look at now.
   *
   * @default - the same as `ticket`
   */
  readonly page?: cloudwatch.IAlarmAction[];

  /**
   * What alarms do that can wait for working hours.
   *
   * @default - the same as `page`
   */
  readonly ticket?: cloudwatch.IAlarmAction[];

  /**
   * What an alarm does when its cause is gone. Give an empty list for actions that CloudWatch takes only for the alarm itself, as
   * OpsItems and incidents of Systems Manager.
   *
   * @default - the same as for the alarm
   */
  readonly recovered?: cloudwatch.IAlarmAction[];

  /**
   * Where failed deployments and other events go that have no metric.
   *
   * @default - nowhere, with a warning
   */
  readonly eventTargets?: events.IRuleTarget[];
}

/** What an alarm or an event does. */
export interface RoutingBinding {
  alarmActions(severity: AlarmSeverity): cloudwatch.IAlarmAction[];
  okActions(severity: AlarmSeverity): cloudwatch.IAlarmAction[];
  /** `text` is what a person reads; targets that people do not read get the event itself. */
  eventTargets(text: string): events.IRuleTarget[];
}

/**
 * Whom alarms notify.
 */
export class AlarmRouting {
  /**
   * Everything to one topic. What alarms and events need is added to its policy and to that of its key; a topic or key that is imported has
   * to let cloudwatch.amazonaws.com and events.amazonaws.com in already.
   *
   * @param topic - the topic, `AlarmTopic` for instance.
   */
  public static topic(topic: sns.ITopic): AlarmRouting {
    requireArgument('AlarmRouting.topic', 'topic', 'aws_sns.ITopic', topic);
    return new AlarmRouting(() => topicRouting(topic, topic));
  }

  /**
   * What is urgent to one topic, the rest to another.
   *
   * @param page - gets what somebody has to look at now.
   * @param ticket - gets the rest, and all events.
   */
  public static topics(page: sns.ITopic, ticket: sns.ITopic): AlarmRouting {
    requireArgument('AlarmRouting.topics', 'page', 'aws_sns.ITopic', page);
    requireArgument('AlarmRouting.topics', 'ticket', 'aws_sns.ITopic', ticket);
    return new AlarmRouting(() => topicRouting(page, ticket));
  }

  /**
   * Actions of any kind, by severity. Throws when there are none.
   *
   * @param options - the actions.
   */
  public static actions(options: AlarmActions): AlarmRouting {
    requireOptions('AlarmRouting.actions', 'AlarmActions', options);
    requireAction(options);
    return new AlarmRouting((scope) => actionRouting(scope, options));
  }

  /**
   * Nobody: alarms show in the console and on the dashboard only.
   *
   * @param reason - why nobody has to be told. Blank throws.
   */
  public static disabled(reason: string): AlarmRouting {
    requireArgument('AlarmRouting.disabled', 'reason', 'string', reason);
    if (isKnown(reason) && reason.trim() === '') {
      failAt('AlarmRouting.disabled', {
        got: 'reason is blank',
        allowed: 'a sentence that says why nobody has to be told of an outage',
        fix: 'write the reason, or use AlarmRouting.topic()',
      });
    }
    return new AlarmRouting((scope) => disabledRouting(scope, reason));
  }

  /** @internal */
  public readonly _bind: (scope: IConstruct) => RoutingBinding;

  private constructor(bind: (scope: IConstruct) => RoutingBinding) {
    requireOwnKind(bind, 'AlarmRouting', 'AlarmRouting.topic(), topics(), actions() or disabled()');
    this._bind = bind;
  }
}

function topicRouting(page: sns.ITopic, ticket: sns.ITopic): RoutingBinding {
  for (const topic of new Set([page, ticket])) {
    allowPublishing(topic);
    if (topic.masterKey) allowUseOfKey(topic.masterKey);
  }
  const action = (severity: AlarmSeverity) => [new actions.SnsAction(severity === AlarmSeverity.PAGE ? page : ticket)];
  return {
    alarmActions: action,
    okActions: action,
    // Not the CDK's own target: it lets event rules of every account publish, beside the statement that lets in those of this one.
    eventTargets: (text) => [{
      bind: () => ({ arn: ticket.topicArn, targetResource: ticket, input: events.RuleTargetInput.fromText(text) }),
    }],
  };
}

function actionRouting(scope: IConstruct, { page, ticket, recovered, eventTargets = [] }: AlarmActions): RoutingBinding {
  if (eventTargets.length === 0) {
    warn(scope, 'WebAppMonitoring.noEventTargets',
      'eventTargets is not set: nobody is told of failed deployments and placements, which have no metric. Pass new SnsTopic(topic), for instance.');
  }
  const alarmActions = (severity: AlarmSeverity) => (severity === AlarmSeverity.PAGE ? page ?? ticket : ticket ?? page) ?? [];
  return {
    alarmActions,
    okActions: (severity) => recovered ?? alarmActions(severity),
    eventTargets: () => eventTargets,
  };
}

function requireAction({ page = [], ticket = [] }: AlarmActions): void {
  if (page.length > 0 || ticket.length > 0) return;
  failAt('AlarmRouting.actions', {
    got: 'page and ticket have no action',
    allowed: 'at least one action, such as new SnsAction(topic)',
    fix: "give one, or say AlarmRouting.disabled('why nobody has to be told')",
  });
}

function disabledRouting(scope: IConstruct, reason: string): RoutingBinding {
  scope.node.addMetadata(ROUTING_DISABLED, reason);
  return silence();
}

/** Alarms that notify nobody, because nobody said whom: legal, but hardly meant. */
export function undecidedRouting(scope: IConstruct): RoutingBinding {
  warn(scope, 'WebAppMonitoring.noDestination',
    "routing is not set: alarms change their state and nobody is told. Pass AlarmRouting.topic(new AlarmTopic(this, 'Alarms').topic), "
    + "or say AlarmRouting.disabled('why nobody has to be told').");
  return silence();
}

function silence(): RoutingBinding {
  return { alarmActions: () => [], okActions: () => [], eventTargets: () => [] };
}
