import { Lazy, aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_cloudwatch as cloudwatch, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { addAppContainer, appLogging } from './app-container';
import { Companions } from './companions';
import { siblingHosts, warnOfPlainVariables } from '../container-environment';
import { addDatabaseUser } from './database-user';
import type { HaEcsWebAppProps } from './ha-ecs-web-app-props';
import { mountSharedFiles, reachSharedFiles } from './shared-files-mount';
import type { ISidecar } from './sidecar';
import type { SidecarOptions } from './sidecar-options';
import { appSecurityGroup, receiveRequests, requestConnections } from './web-app-network';
import { scaleTasks } from './web-app-scaling';
import { settle } from './web-app-settings';
import type { WebAppSettings } from './web-app-settings';
import { containersOf, defineAppTask } from './web-app-task';
import { defineService } from '../../ecs/define-service';
import type { Complaint } from '../../private/errors';
import { fail, isKnown } from '../../private/errors';
import { deploymentAlarms } from '../deployment/deployment-alarms';
import { bindHooks } from '../deployment/lifecycle-hooks';

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
 *   image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/php:8.3-apache'),
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
 */
export class HaEcsWebApp extends Construct implements ec2.IConnectable {
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
  private readonly companions: Companions;

  constructor(scope: Construct, id: string, props: HaEcsWebAppProps) {
    super(scope, id);
    const settings = settle(this, props);

    const logging = appLogging(this, settings.task.logs ?? {});
    this.taskDefinition = defineAppTask(this, props.cluster, settings);
    this.container = addAppContainer(this.taskDefinition, {
      image: props.image,
      containerPort: settings.containerPort,
      task: settings.task,
      variables: settings.variables,
      behindProxy: settings.routing.proxy !== undefined,
      share: () => this.share(settings),
      logging,
    });
    this.companions = new Companions({
      scope: this,
      app: this.container,
      appPort: settings.containerPort,
      taskSize: settings.taskSize,
      logging,
      preparation: props.database?.userProvisioning && addDatabaseUser(this.taskDefinition, props.database.userProvisioning, logging),
    });
    const receiver = settings.routing.proxy ? this.companions.addProxy(settings.routing.proxy) : this.container;
    mountSharedFiles(this, this.container, settings.sharedFiles);

    this.alarms = [...settings.deployment.extraAlarms];
    this.service = this.defineService(props, settings);
    this.connections = requestConnections(this.service, receiver);

    const target = props.frontend
      && receiveRequests(this, { cluster: props.cluster, frontend: props.frontend, service: this.service, receiver, settings });
    this.targetGroup = target?.targetGroup;
    this.alternateTargetGroup = target?.alternateTargetGroup;
    if (target && settings.deployment.targetAlarms) this.alarms.push(...deploymentAlarms(this, target, settings.healthCheckGracePeriod));
    this.reachBackends(props, settings);
    this.scaling = scaleTasks(this.service, settings.bounds, settings.scaling, target);
    this.node.addValidation({ validate: () => this.checkVariables() });
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
    const sidecar = this.companions.addSidecar(id, options);
    const [complaint] = this.siblingComplaints();
    if (complaint !== undefined) fail(this, complaint);
    return sidecar;
  }

  private defineService(props: HaEcsWebAppProps, settings: WebAppSettings): ecs.BaseService {
    const { networkMode, deployment, task } = settings;
    const alarmsExpected = deployment.extraAlarms.length > 0 || (deployment.targetAlarms && props.frontend !== undefined);
    const hooks = bindHooks(this, deployment.shift?.service.lifecycleHooks);
    const service = defineService(this, 'Service', props.cluster, {
      taskDefinition: this.taskDefinition,
      securityGroup: appSecurityGroup(this, props.cluster.vpc, networkMode),
      vpcSubnets: task.vpcSubnets,
      minHealthyPercent: deployment.minHealthyPercent,
      maxHealthyPercent: deployment.maxHealthyPercent,
      zoneRebalancing: !isKnown(deployment.maxHealthyPercent) || deployment.maxHealthyPercent > 100,
      distinctInstances: settings.distinctInstances,
      interruptible: true,
      failureThresholdCount: deployment.failureThreshold,
      trafficShift: deployment.shift && { ...deployment.shift.service, lifecycleHooks: hooks?.targets },
      healthCheckGracePeriod: props.frontend && settings.healthCheckGracePeriod,
      enableExecuteCommand: task.enableExecuteCommand,
      // The service comes before the target group that the alarms watch; and naming alarms a second time would lose the first.
      deploymentAlarmNames: alarmsExpected
        ? Lazy.list({ produce: () => this.alarms.map((alarm) => alarm.alarmName) })
        : undefined,
    });
    if (hooks) service.node.defaultChild!.node.addDependency(hooks.home);
    return service;
  }

  private reachBackends({ database }: HaEcsWebAppProps, { sharedFiles }: WebAppSettings): void {
    database?.allowConnectionsFrom(this);
    const mountDependencies = reachSharedFiles(this, sharedFiles);
    if (mountDependencies.length > 0) {
      this.service.node.defaultChild!.node.addDependency(...mountDependencies, ...this.connections.securityGroups);
    }
  }

  private share({ taskSize }: WebAppSettings): { cpu: number; memoryMiB: number } {
    const { cpu, memoryMiB } = this.companions.reserved;
    return { cpu: taskSize.cpu - cpu, memoryMiB: taskSize.memoryMiB - memoryMiB };
  }

  /** Variables may be added until synthesis, in any order with sidecars: only then are they judged as a whole. */
  private checkVariables(): string[] {
    containersOf(this.taskDefinition).forEach((container) => warnOfPlainVariables(this, container));
    return this.siblingComplaints().map(({ got, allowed, fix }) => `${got}, but must be ${allowed}: ${fix}`);
  }

  private siblingComplaints(): Complaint[] {
    return this.taskDefinition.networkMode === ecs.NetworkMode.AWS_VPC ? siblingHosts(containersOf(this.taskDefinition)) : [];
  }
}
