import { aws_cloudwatch as cloudwatch, aws_events as events, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { RoutingBinding } from './alarm-routing';
import { AlarmSeverity } from './alarm-severity';

/** The period of almost every metric here: the shortest that AWS services publish at no charge. */
export const MINUTE = Duration.minutes(1);

/** EventBridge refuses a rule that says more; the message itself is whole. */
const LONGEST_DESCRIPTION = 512;

/** An alarm, and what the person reads who gets it. */
export interface AlarmSpec {
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  /**
   * @default - greater than the threshold
   */
  readonly operator?: cloudwatch.ComparisonOperator;
  readonly periods: number;
  /**
   * @default - all of `periods`
   */
  readonly datapoints?: number;
  readonly missing: cloudwatch.TreatMissingData;
  /** What is the matter, a sentence without a full stop. */
  readonly summary: string;
  /** What to do before anything else, a sentence without a full stop. */
  readonly firstStep: string;
  /**
   * @default - TICKET
   */
  readonly severity?: AlarmSeverity;
  /** Part of a composite alarm, which tells somebody, and shows on the dashboard, in its place. */
  readonly silent?: boolean;
}

/** An alarm over alarms, and what the person reads who gets it. */
export interface CompositeAlarmSpec {
  readonly rule: cloudwatch.IAlarmRule;
  readonly summary: string;
  readonly firstStep: string;
  /**
   * @default - PAGE
   */
  readonly severity?: AlarmSeverity;
  /** An alarm whose change makes the rule true for a moment: it is waited for. */
  readonly settles?: cloudwatch.IAlarm;
}

/** An event that has no metric. */
export interface EventSpec {
  readonly pattern: events.EventPattern;
  readonly summary: string;
  readonly firstStep: string;
  /** What the event itself has to say, with its fields. */
  readonly details?: string;
}

/**
 * What is watched of one thing: its alarms, its events and its part of the dashboard.
 */
export class ResourceMonitor extends Construct {
  public readonly alarms: cloudwatch.AlarmBase[] = [];
  private readonly rows: cloudwatch.IWidget[][] = [];

  public constructor(scope: Construct, id: string, private readonly title: string, private readonly routing: RoutingBinding) {
    super(scope, id);
  }

  public addAlarm(id: string, spec: AlarmSpec): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmDescription: this.describe(spec),
      metric: spec.metric,
      threshold: spec.threshold,
      comparisonOperator: spec.operator ?? cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: spec.periods,
      datapointsToAlarm: spec.datapoints ?? spec.periods,
      treatMissingData: spec.missing,
    });
    if (!spec.silent) this.route(alarm, spec.severity ?? AlarmSeverity.TICKET);
    return alarm;
  }

  /** An alarm over alarms. */
  public addCompositeAlarm(id: string, spec: CompositeAlarmSpec): cloudwatch.CompositeAlarm {
    const alarm = new cloudwatch.CompositeAlarm(this, id, {
      alarmRule: spec.rule,
      alarmDescription: this.describe(spec),
      ...(spec.settles && {
        actionsSuppressor: spec.settles, actionsSuppressorWaitPeriod: Duration.minutes(5), actionsSuppressorExtensionPeriod: Duration.minutes(1),
      }),
    });
    // The CDK names it by its place in the app, so that a second copy of the app in the region would find the name taken.
    (alarm.node.defaultChild as cloudwatch.CfnCompositeAlarm).alarmName = undefined;
    this.route(alarm, spec.severity ?? AlarmSeverity.PAGE);
    return alarm;
  }

  /** A rule that notifies of an event, with an alarm on its not getting through; none where nobody is notified. */
  public addEventRule(id: string, spec: EventSpec): void {
    const description = this.describe(spec);
    const targets = this.routing.eventTargets(spec.details === undefined ? description : `${description} ${spec.details}`);
    if (targets.length === 0) return;
    const rule = new events.Rule(this, id, { description: description.slice(0, LONGEST_DESCRIPTION), eventPattern: spec.pattern, targets });
    this.addAlarm(`${id}Undelivered`, {
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events', metricName: 'FailedInvocations', dimensionsMap: { RuleName: rule.ruleName }, statistic: 'Sum', period: MINUTE,
      }),
      threshold: 0,
      periods: 1,
      missing: cloudwatch.TreatMissingData.NOT_BREACHING,
      summary: `EventBridge could not tell that ${spec.summary}`,
      firstStep: 'look at what the message would have said; then let events.amazonaws.com publish to the topic, without a condition, and use its key',
    });
  }

  public route(alarm: cloudwatch.AlarmBase, severity: AlarmSeverity): void {
    this.alarms.push(alarm);
    alarm.addAlarmAction(...this.routing.alarmActions(severity));
    alarm.addOkAction(...this.routing.okActions(severity));
  }

  /** A row of graphs, as wide as the dashboard together. */
  public addGraphs(...graphs: GraphSpec[]): void {
    const width = Math.floor(24 / graphs.length);
    this.rows.push(graphs.map((graph) => new cloudwatch.GraphWidget({
      title: graph.title,
      left: graph.left,
      right: graph.right,
      leftYAxis: { min: 0, showUnits: false, label: graph.unit },
      width,
      height: 6,
      period: MINUTE,
    })));
  }

  /** Adds alarms and graphs to the dashboard. */
  public addTo(dashboard: cloudwatch.Dashboard): void {
    dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: `## ${this.title}`, width: 24, height: 1 }));
    if (this.alarms.length > 0) {
      dashboard.addWidgets(new cloudwatch.AlarmStatusWidget({ alarms: this.alarms, width: 24, height: 2 + Math.ceil(this.alarms.length / 6) }));
    }
    this.rows.forEach((row) => dashboard.addWidgets(...row));
  }

  private describe({ summary, firstStep }: { summary: string; firstStep: string }): string {
    return `${this.title}: ${summary}. First: ${firstStep}.`;
  }
}

/** One graph; metrics that other graphs show as well are fine. */
export interface GraphSpec {
  readonly title: string;
  readonly unit?: string;
  readonly left: cloudwatch.IMetric[];
  readonly right?: cloudwatch.IMetric[];
}
