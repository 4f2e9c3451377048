import { Stack, Token, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type {
  aws_autoscaling as autoscaling, aws_codepipeline as codepipeline, aws_ecs as ecs, aws_efs as efs, aws_elasticloadbalancingv2 as elbv2,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { AlarmRouting, RoutingBinding } from './alarm-routing';
import { undecidedRouting } from './alarm-routing';
import { AlarmSeverity } from './alarm-severity';
import { addDatabaseAlarms } from './database-alarms';
import { addFileSystemAlarms } from './file-system-alarms';
import { addFrontendAlarms } from './frontend-alarms';
import { addClusterHostAlarms, addHostAlarms } from './host-alarms';
import { addDumpAlarms } from './mysql-service-alarms';
import { addPipelineEvents } from './pipeline-events';
import { ResourceMonitor } from './resource-monitor';
import { addServiceAlarms } from './service-alarms';
import { addTargetAlarms } from './target-alarms';
import type { WatchAlarms } from './watch-alarms';
import { requireWatch } from './watch-checks';
import type { WatchOptions } from './watch-options';
import { addEc2WebAppAlarms, addEcsWebAppAlarms } from './web-app-alarms';
import type { IHaEcsCluster } from '../cluster/cluster-interface';
import type { IDatabaseDump } from '../database/dump-interface';
import type { IMysqlDatabase } from '../database/mysql-database';
import type { IAlbFrontend } from '../frontend/alb-frontend';
import { fail } from '../private/errors';
import { requireInput } from '../private/input/require-input';
import type { IEc2WebApp } from '../web-app/ec2/ec2-web-app';
import type { IEcsWebApp } from '../web-app/ecs/ecs-web-app';

/** Properties of `WebAppMonitoring`. */
export interface WebAppMonitoringProps {
  /**
   * Whom alarms notify.
   *
   * @default - nobody, with a warning
   */
  readonly routing?: AlarmRouting;
}

/**
 * A dashboard, and alarms that reach somebody, for what is watched with it.
 *
 * Each alarm says in its description what to do first, and notifies when its cause is gone as well. Whatever visitors notice pages, the rest
 * is a ticket; `AlarmRouting` says whom. Only metrics that exist are used: without Container Insights, burst credits, TLS or readers there are no
 * alarms on them. Failed deployments and placements, failed pipelines and ending certificates have no metric; they are told by EventBridge.
 *
 * It may be in a stack of its own, which then depends on the stacks of what it watches.
 *
 * Throws when the same thing is watched twice.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 * @example
 * declare const app: HaEcsWebApp;
 * declare const frontend: SecureAlbFrontend;
 * declare const database: EfsBackedMysqlService;
 * const alarms = new AlarmTopic(this, 'Alarms');
 * const monitoring = new WebAppMonitoring(this, 'Monitoring', { routing: AlarmRouting.topic(alarms.topic) });
 * monitoring.watchFrontend(frontend);
 * monitoring.watchWebApp(app);
 * monitoring.watchDatabase(database);
 */
export class WebAppMonitoring extends Construct {
  /** The dashboard; add widgets of your own to it. */
  public readonly dashboard: cloudwatch.Dashboard;

  private readonly routing: RoutingBinding;
  private readonly monitors: ResourceMonitor[] = [];

  public constructor(scope: Construct, id: string, props: WebAppMonitoringProps = {}) {
    super(scope, id);
    requireInput(this, 'WebAppMonitoringProps', props);
    this.routing = props.routing?._bind(this) ?? undecidedRouting(this);
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', { periodOverride: cloudwatch.PeriodOverride.AUTO });
  }

  /** All alarms so far that tell somebody. */
  public get alarms(): cloudwatch.AlarmBase[] {
    return this.monitors.flatMap((monitor) => monitor.alarms);
  }

  /** Watches a load balancer: its own errors, refused connections, TLS errors, and the end of its certificate. */
  public watchFrontend(frontend: IAlbFrontend, options: WatchOptions = {}): WatchAlarms {
    requireWatch(this, 'frontend', 'IAlbFrontend', frontend, options);
    return this.monitor(frontend, (monitor) => addFrontendAlarms(monitor, frontend, options));
  }

  /** Watches a web application: its targets, its tasks, and its deployments. */
  public watchWebApp(app: IEcsWebApp, options: WatchOptions = {}): WatchAlarms {
    requireWatch(this, 'app', 'IEcsWebApp', app, options);
    return this.monitor(app, (monitor) => addEcsWebAppAlarms(monitor, app, options));
  }

  /** Watches a web application on instances of its own: its targets and its instances. */
  public watchEc2WebApp(app: IEc2WebApp, options: WatchOptions = {}): WatchAlarms {
    requireWatch(this, 'app', 'IEc2WebApp', app, options);
    return this.monitor(app, (monitor) => addEc2WebAppAlarms(monitor, app, options));
  }

  /** Watches the tasks and the deployments of an ECS service that is no web application of this library. */
  public watchService(service: ecs.BaseService, options: WatchOptions = {}): WatchAlarms {
    requireWatch(this, 'service', 'aws_ecs.BaseService', service, options);
    return this.monitor(service, (monitor) => addServiceAlarms(monitor, service, options));
  }

  /** Watches what a load balancer sees of targets that are no web application of this library. */
  public watchTargetGroup(targetGroup: elbv2.ApplicationTargetGroup, options: WatchOptions = {}): WatchAlarms {
    requireWatch(this, 'targetGroup', 'aws_elasticloadbalancingv2.ApplicationTargetGroup', targetGroup, options);
    return this.monitor(targetGroup, (monitor) => addTargetAlarms(monitor, [targetGroup], options));
  }

  /** Watches a database, and what belongs to it: its file system and its dumps, or its volume and its readers. */
  public watchDatabase(database: IMysqlDatabase, options: WatchOptions = {}): WatchAlarms {
    requireWatch(this, 'database', 'IMysqlDatabase', database, options);
    return this.monitor(database, (monitor) => addDatabaseAlarms(monitor, database, options));
  }

  /** Watches a dump that belongs to no database of this library, such as that of `SingleTaskWebApp.addDatabaseDump`. */
  public watchDatabaseDump(dump: IDatabaseDump, options: WatchOptions = {}): WatchAlarms {
    return this.monitor(dump, (monitor) => addDumpAlarms(monitor, dump, options));
  }

  /** Watches a file system, such as that of a `SharedFileSystem`. That of a database is watched with the database. */
  public watchFileSystem(fileSystem: efs.IFileSystem, options: WatchOptions = {}): WatchAlarms {
    requireWatch(this, 'fileSystem', 'aws_efs.IFileSystem', fileSystem, options);
    return this.monitor(fileSystem, (monitor) => addFileSystemAlarms(monitor, fileSystem, options));
  }

  /** Watches the instances of a cluster, and whether tasks wait for more of them. On Fargate there is nothing to watch. */
  public watchCluster(cluster: IHaEcsCluster, options: WatchOptions = {}): WatchAlarms {
    requireWatch(this, 'cluster', 'IHaEcsCluster', cluster, options);
    return cluster.autoScalingGroup ? this.monitor(cluster, (monitor) => addClusterHostAlarms(monitor, cluster, options)) : {};
  }

  /** Watches the instances of an Auto Scaling group. */
  public watchAutoScalingGroup(autoScalingGroup: autoscaling.IAutoScalingGroup, options: WatchOptions = {}): WatchAlarms {
    requireWatch(this, 'autoScalingGroup', 'aws_autoscaling.IAutoScalingGroup', autoScalingGroup, options);
    return this.monitor(autoScalingGroup, (monitor) => addHostAlarms(monitor, autoScalingGroup, options));
  }

  /** Tells of failed executions of a pipeline. */
  public watchPipeline(pipeline: codepipeline.IPipeline): void {
    requireWatch(this, 'pipeline', 'aws_codepipeline.IPipeline', pipeline);
    this.monitor(pipeline, (monitor) => addPipelineEvents(monitor, pipeline));
  }

  /** Routes an alarm of your own like those that somebody has to look at now, and shows it on the dashboard. */
  public addPagingAlarm(alarm: cloudwatch.AlarmBase): void {
    requireWatch(this, 'alarm', 'aws_cloudwatch.AlarmBase', alarm);
    this.monitor(alarm, (monitor) => monitor.route(alarm, AlarmSeverity.PAGE));
  }

  /** Routes an alarm of your own like those that can wait for working hours, and shows it on the dashboard. */
  public addTicketAlarm(alarm: cloudwatch.AlarmBase): void {
    requireWatch(this, 'alarm', 'aws_cloudwatch.AlarmBase', alarm);
    this.monitor(alarm, (monitor) => monitor.route(alarm, AlarmSeverity.TICKET));
  }

  private monitor<T>(target: IConstruct, define: (monitor: ResourceMonitor) => T): T {
    const id = this.idOf(target);
    if (this.node.tryFindChild(id)) {
      fail(this, { got: `${target.node.path} is watched already`, allowed: 'one watch for each thing', fix: 'remove the second call' });
    }
    const monitor = new ResourceMonitor(this, id, target.node.path, this.routing);
    this.monitors.push(monitor);
    const result = define(monitor);
    monitor.addTo(this.dashboard);
    return result;
  }

  /** The path of what is watched, without the stack that both are in: what else is watched, and in which order, does not change it. */
  private idOf(target: IConstruct): string {
    const scopes = target.node.scopes.slice(1);
    const own = scopes.indexOf(Stack.of(this));
    const ids = (own < 0 ? scopes : scopes.slice(own + 1)).map(({ node }) => node.id).filter((id) => !Token.isUnresolved(id));
    return `Of-${ids.join('-')}`;
  }
}
