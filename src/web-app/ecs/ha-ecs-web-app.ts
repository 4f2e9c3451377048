import { Lazy } from 'aws-cdk-lib';
import type {
  aws_cloudwatch as cloudwatch, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AppTask } from './app-task';
import type { IEcsWebApp } from './ecs-web-app';
import type { HaEcsWebAppProps } from './ha-ecs-web-app-props';
import type { ISidecar } from './sidecar';
import { appSecurityGroup, receiveRequests, requestConnections } from './web-app-network';
import { scaleTasks } from './web-app-scaling';
import { resolveWebAppSettings } from './web-app-settings';
import type { WebAppSettings } from './web-app-settings';
import { defineService } from '../../ecs/define-service';
import { isKnown } from '../../private/errors';
import { requireInput } from '../../private/input/require-input';
import { deploymentAlarms } from '../deployment/deployment-alarms';
import { bindHooks } from '../deployment/lifecycle-hooks';
import type { SidecarOptions } from '../sidecar-options';

/**
 * Defines a web application that runs as two to ten tasks on an ECS cluster, over all its zones.
 *
 * Whatever the cluster's capacity: tasks follow the load (70 % CPU), a version that does not start or answers with errors is rolled back,
 * tasks are spread over zones and moved back after the loss of one, only the frontend reaches them, and they reach
 * nothing but their database, their shared files and HTTPS addresses.
 *
 * The application must keep no state of its own between requests: sessions and uploads belong in the database or in shared files.
 * It must retry its database, which may start later or fail over.
 *
 * Throws where the numbers, names and modes cannot work together.
 *
 * @example
 * declare const cluster: HaEcsCluster;
 * declare const frontend: SecureAlbFrontend;
 * declare const database: EfsBackedMysqlService;
 * new HaEcsWebApp(this, 'App', {
 *   cluster,
 *   frontend,
 *   database,
 *   image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28'),
 *   healthCheckPath: '/', // an application of one's own answers /health, the default
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
 */
export class HaEcsWebApp extends Construct implements IEcsWebApp, ec2.IConnectable {
  /** The ECS service. */
  public readonly service: ecs.BaseService;

  /** The task definition. */
  public readonly taskDefinition: ecs.TaskDefinition;

  /** The application's own container. */
  public readonly container: ecs.ContainerDefinition;

  /** The security groups of the tasks; in `bridge` mode those of the instances, which the tasks share. */
  public readonly connections: ec2.Connections;

  /** What the number of tasks follows; add schedules and further measures to it. */
  public readonly scaling: ecs.ScalableTaskCount;

  /** The target group; undefined without a frontend. */
  public readonly targetGroup?: elbv2.ApplicationTargetGroup;

  /** The second target group, where deployments shift traffic between two; undefined otherwise. Either of the two may have the traffic. */
  public readonly alternateTargetGroup?: elbv2.ApplicationTargetGroup;

  private readonly alarms: cloudwatch.IAlarm[];
  private readonly task: AppTask;

  public constructor(scope: Construct, id: string, props: HaEcsWebAppProps) {
    super(scope, id);
    requireInput(this, 'HaEcsWebAppProps', props);
    const settings = resolveWebAppSettings(this, props);

    this.task = new AppTask(this, settings);
    this.taskDefinition = this.task.taskDefinition;
    this.container = this.task.container;

    this.alarms = [...settings.deployment.extraAlarms];
    this.service = this.defineService(settings);
    this.connections = requestConnections(this.service, this.task.receiver);

    const target = receiveRequests(this, this.task.receiver, settings);
    this.targetGroup = target?.targetGroup;
    this.alternateTargetGroup = target?.alternateTargetGroup;
    if (target && settings.deployment.targetAlarms) this.alarms.push(...deploymentAlarms(this, target, settings.healthCheckGracePeriod));

    settings.database?.allowConnectionsFrom(this);
    this.task.reachFiles(this, this.task.files);
    this.scaling = scaleTasks(this.service, settings, target);
  }

  /** The alarms that roll a deployment back: those of the props, and with a frontend those on its target group. */
  public get deploymentAlarms(): cloudwatch.IAlarm[] {
    return [...this.alarms];
  }

  /**
   * Adds a container that runs beside the application's in every task.
   *
   * Throws when it waits for its health without a health check, when its name or (in `awsvpc` mode) its port is taken, when the task has no
   * room for it, and when a container addresses it by a name that does not resolve.
   *
   * @param id - the name of the container.
   * @param options - what it runs.
   * @returns the container, and the host under which the application's container reaches it.
   */
  public addSidecar(id: string, options: SidecarOptions): ISidecar {
    return this.task.addSidecar(this, id, options);
  }

  private defineService(settings: WebAppSettings): ecs.BaseService {
    const { cluster, frontend, deployment, task } = settings;
    const alarmsExpected = deployment.extraAlarms.length > 0 || (deployment.targetAlarms && frontend !== undefined);
    const hooks = bindHooks(this, deployment.shift?.service.lifecycleHooks);
    const service = defineService(this, 'Service', cluster, {
      taskDefinition: this.taskDefinition,
      securityGroup: appSecurityGroup(this, settings),
      vpcSubnets: task.vpcSubnets,
      minHealthyPercent: deployment.minHealthyPercent,
      maxHealthyPercent: deployment.maxHealthyPercent,
      zoneRebalancing: !isKnown(deployment.maxHealthyPercent) || deployment.maxHealthyPercent > 100,
      distinctInstances: settings.distinctInstances,
      interruptible: true,
      failureThresholdCount: deployment.failureThreshold,
      trafficShift: deployment.shift && { ...deployment.shift.service, lifecycleHooks: hooks?.targets },
      healthCheckGracePeriod: frontend && settings.healthCheckGracePeriod,
      enableExecuteCommand: task.enableExecuteCommand,
      // The service comes before the target group that the alarms watch; and naming alarms a second time would lose the first.
      deploymentAlarmNames: alarmsExpected
        ? Lazy.list({ produce: () => this.alarms.map((alarm) => alarm.alarmName) })
        : undefined,
    });
    if (hooks) service.node.defaultChild!.node.addDependency(hooks.scope);
    return service;
  }
}
