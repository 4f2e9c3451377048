import {
  aws_autoscaling as autoscaling, aws_cloudwatch as cloudwatch, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2,
  aws_logs as logs, aws_rds as rds, aws_scheduler as scheduler, Stack,
} from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { IConstruct } from 'constructs';

/** What somebody changes on an ordinary day, and the only types that may change with it. */
export interface EverydayChange {
  readonly name: string;
  readonly touches: readonly string[];
  /** A setting of the example, where it is one. */
  readonly context?: Record<string, string>;
  /** Changes the app before it is synthesized; tells whether there was anything to change. */
  readonly apply?: (app: App) => boolean;
}

const TASKS = ['AWS::ECS::TaskDefinition', 'AWS::ECS::Service'];
const INSTANCES = ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::AutoScalingGroup'];
// What starts a task names the definition with its revision: the nightly dump, and the policies that let it.
const STARTERS = ['AWS::Scheduler::Schedule', 'AWS::IAM::Policy'];

/** In the order in which they are taken: the first five of which an example has the subject. */
export const EVERYDAY_CHANGES: readonly EverydayChange[] = [
  { name: 'a new image', touches: [...TASKS, ...INSTANCES, ...STARTERS], context: { imageTag: 'rehearsed-2' } },
  { name: 'another variable', touches: [...TASKS, ...STARTERS], apply: (app) => anotherVariable(app) },
  {
    name: 'fewer of them at most',
    touches: ['AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::AutoScaling::AutoScalingGroup'],
    apply: (app) => first(app, CfnScalableTarget, (one) => one.addPropertyOverride('MaxCapacity', 8))
      || first(app, autoscaling.CfnAutoScalingGroup, (one) => one.addPropertyOverride('MaxSize', '18')),
  },
  {
    name: 'logs kept longer',
    touches: ['AWS::Logs::LogGroup'],
    apply: (app) => first(app, logs.CfnLogGroup, (one) => one.addPropertyOverride('RetentionInDays', 400)),
  },
  {
    name: 'backups kept longer',
    touches: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
    apply: (app) => first(app, rds.CfnDBCluster, (one) => one.addPropertyOverride('BackupRetentionPeriod', 21))
      || first(app, rds.CfnDBInstance, (one) => one.addPropertyOverride('BackupRetentionPeriod', 21)),
  },
  {
    name: 'slower health checks',
    touches: ['AWS::ElasticLoadBalancingV2::TargetGroup'],
    apply: (app) => first(app, elbv2.CfnTargetGroup, (one) => one.addPropertyOverride('HealthCheckIntervalSeconds', 45)),
  },
  {
    name: 'the dump at another hour',
    touches: ['AWS::Scheduler::Schedule'],
    apply: (app) => first(app, scheduler.CfnSchedule, (one) => one.addPropertyOverride('ScheduleExpression', 'cron(11 1 * * ? *)')),
  },
  { name: 'one more address may enter', touches: ['AWS::EC2::SecurityGroup'], apply: (app) => oneMoreAddress(app) },
  {
    name: 'an alarm that is less nervous',
    touches: ['AWS::CloudWatch::Alarm'],
    apply: (app) => first(app, cloudwatch.CfnAlarm, (one) => one.addPropertyOverride('EvaluationPeriods', 9)),
  },
];

/** How many are rehearsed for each form. */
export const CHANGES_PER_FORM = 5;

function first<T extends IConstruct>(app: App, kind: abstract new (...words: never[]) => T, change: (one: T) => void): boolean {
  const found = app.node.findAll().find((one): one is T => one instanceof kind);
  if (found !== undefined) change(found);
  return found !== undefined;
}

/** Of the first service behind a load balancer: the database is not changed on an ordinary day. */
function anotherVariable(app: App): boolean {
  const services = app.node.findAll().filter((one): one is ecs.BaseService => one instanceof ecs.BaseService);
  const served = services.find((one) => (Stack.of(one).resolve((one.node.findChild('Service') as ecs.CfnService).loadBalancers) ?? []).length > 0);
  served?.taskDefinition.defaultContainer?.addEnvironment('REHEARSED', 'yes');
  return served !== undefined;
}

function oneMoreAddress(app: App): boolean {
  return first(app, elbv2.ApplicationLoadBalancer, (one) => one.connections.allowFrom(
    ec2.Peer.ipv4('198.51.100.7/32'),
    ec2.Port.tcp(8443),
    'One more address',
  ));
}
