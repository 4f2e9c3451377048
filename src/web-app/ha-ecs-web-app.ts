import { Lazy, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { addAppContainer, appLogging } from './app-container';
import { Companions } from './companions';
import { siblingHosts, warnOfPlainVariables } from './container-environment';
import { addDatabaseUser } from './database-user';
import { targetAlarms } from './deployment-alarms';
import type { HaEcsWebAppProps } from './ha-ecs-web-app-props';
import { mountSharedFiles, reachSharedFiles } from './shared-files-mount';
import type { ISidecar } from './sidecar';
import type { SidecarOptions } from './sidecar-options';
import { scaleTasks } from './web-app-scaling';
import { settle } from './web-app-settings';
import type { WebAppSettings } from './web-app-settings';
import { defineService } from '../capacity/service';
import { defineTask } from '../capacity/task';
import { acknowledge } from '../private/acknowledge';
import { declarePath } from '../private/declared-paths';
import type { Complaint } from '../private/errors';
import { fail, isKnown } from '../private/errors';
import { allowHttpsOut, closedSecurityGroup } from '../private/security-group';

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

  private readonly alarms: cloudwatch.IAlarm[];
  private readonly companions: Companions;

  constructor(scope: Construct, id: string, props: HaEcsWebAppProps) {
    super(scope, id);
    const settings = settle(this, props);

    const logging = appLogging(this, settings.task.logs ?? {});
    this.taskDefinition = this.defineTask(props, settings);
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
    this.connections = new ec2.Connections({
      securityGroups: this.service.connections.securityGroups,
      defaultPort: requestPorts(receiver),
    });

    this.targetGroup = this.receiveRequests(props, settings, receiver);
    this.reachBackends(props, settings);
    this.scaling = scaleTasks(this.service, settings.bounds, settings.scaling, this.targetGroup);
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

  private defineTask(props: HaEcsWebAppProps, { networkMode, task, taskSize }: WebAppSettings): ecs.TaskDefinition {
    const taskDefinition = defineTask(this, 'Task', props.cluster, {
      ...taskSize,
      networkMode,
      taskRole: task.taskRole,
      executionRole: task.executionRole,
    });
    acknowledgeTask(taskDefinition, task.enableExecuteCommand ?? false);
    return taskDefinition;
  }

  private defineService(props: HaEcsWebAppProps, settings: WebAppSettings): ecs.BaseService {
    const { networkMode, deployment, task } = settings;
    const alarmsExpected = deployment.extraAlarms.length > 0 || (deployment.targetAlarms && props.frontend !== undefined);
    return defineService(this, 'Service', props.cluster, {
      taskDefinition: this.taskDefinition,
      securityGroup: networkMode === ecs.NetworkMode.AWS_VPC ? this.defineSecurityGroup(props) : undefined,
      vpcSubnets: task.vpcSubnets,
      minHealthyPercent: deployment.minHealthyPercent,
      maxHealthyPercent: deployment.maxHealthyPercent,
      zoneRebalancing: !isKnown(deployment.maxHealthyPercent) || deployment.maxHealthyPercent > 100,
      distinctInstances: settings.distinctInstances,
      interruptible: true,
      failureThresholdCount: deployment.failureThreshold,
      healthCheckGracePeriod: props.frontend && settings.healthCheckGracePeriod,
      enableExecuteCommand: task.enableExecuteCommand,
      // The service comes before the target group that the alarms watch; and naming alarms a second time would lose the first.
      deploymentAlarmNames: alarmsExpected
        ? Lazy.list({ produce: () => this.alarms.map((alarm) => alarm.alarmName) })
        : undefined,
    });
  }

  private defineSecurityGroup(props: HaEcsWebAppProps): ec2.SecurityGroup {
    const securityGroup = closedSecurityGroup(this, 'SecurityGroup', props.cluster.vpc, 'Tasks of a web application');
    allowHttpsOut(securityGroup, 'AWS APIs and HTTPS calls of the application');
    declarePath(this, securityGroup, 'internet', { fromPort: 443, why: 'AWS APIs and HTTPS calls of the application' });
    return securityGroup;
  }

  private receiveRequests(
    { frontend, cluster }: HaEcsWebAppProps, settings: WebAppSettings, receiver: ecs.ContainerDefinition,
  ): elbv2.ApplicationTargetGroup | undefined {
    if (frontend === undefined) return undefined;
    const { routing, networkMode } = settings;
    const bridged = networkMode === ecs.NetworkMode.BRIDGE;
    const containerPort = receiver.containerPort;
    const { targetGroup } = frontend.addTarget(this, 'Target', {
      vpc: cluster.vpc,
      port: containerPort,
      targets: [this.service.loadBalancerTarget({ containerName: receiver.containerName, containerPort })],
      targetKind: bridged ? elbv2.TargetType.INSTANCE : elbv2.TargetType.IP,
      hostHeaders: routing.hostHeaders,
      pathPatterns: routing.pathPatterns,
      priority: routing.priority,
      healthCheck: settings.healthCheck,
      deregistrationDelay: routing.deregistrationDelay,
      slowStart: routing.slowStart,
      stickinessCookieDuration: routing.stickiness,
    });
    // From another stack the instances' groups are imported, under names that are not in any template: the cluster names them.
    declarePath(this, frontend, bridged ? cluster : this, {
      ...(bridged ? { fromPort: 32768, toPort: 65535 } : { fromPort: containerPort }),
      why: 'Requests and health checks from the load balancer',
    });
    if (settings.deployment.targetAlarms) {
      this.alarms.push(...targetAlarms(this, targetGroup, settings.healthCheckGracePeriod));
    }
    return targetGroup;
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
    this.containers.forEach((container) => warnOfPlainVariables(this, container));
    return this.siblingComplaints().map(({ got, allowed, fix }) => `${got}, but must be ${allowed}: ${fix}`);
  }

  private siblingComplaints(): Complaint[] {
    return this.taskDefinition.networkMode === ecs.NetworkMode.AWS_VPC ? siblingHosts(this.containers) : [];
  }

  /** All containers of the task, also those that a user added to the task definition. */
  private get containers(): ecs.ContainerDefinition[] {
    // eslint-disable-next-line dot-notation
    return this.taskDefinition['containers'];
  }
}

/** Bridged tasks listen at a port of the instance that ECS picks from its ephemeral range. */
function requestPorts(receiver: ecs.ContainerDefinition): ec2.Port {
  return receiver.taskDefinition.networkMode === ecs.NetworkMode.BRIDGE ? ec2.Port.tcpRange(32768, 65535) : ec2.Port.tcp(receiver.containerPort);
}

/** The reasons are about a role of ours; one that was passed in answers for itself. */
function acknowledgeTask(taskDefinition: ecs.TaskDefinition, entered: boolean): void {
  acknowledge(taskDefinition, 'AwsSolutions-ECS2',
    'Plain variables say where the database is and the like; credentials are secrets, and a plain name that looks like one is warned of (ECS2).');
  const taskRole = taskDefinition.node.tryFindChild('TaskRole');
  if (taskRole && entered) {
    acknowledge(taskRole, 'AwsSolutions-IAM5[Resource::*]', 'The channels of ECS Exec and logs:DescribeLogGroups know no resource (IAM5).');
  }
}
