import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addAppContainer, appLogging } from './app-container';
import { requireNeighbours } from '../neighbours';
import { addDatabaseUser } from './database-user';
import { SharedFilesMounts, reachSharedFiles } from './shared-files-mount';
import type { ISidecar } from './sidecar';
import { Sidecars } from './sidecars';
import type { WebAppSettings } from './web-app-settings';
import { defineTask } from '../../ecs/define-task';
import { acknowledge } from '../../private/acknowledge';
import { containersOf } from '../../private/cdk-internals';
import { describeComplaint, fail } from '../../private/errors';
import type { Complaint } from '../../private/errors';
import { requireArgument, requireOptions } from '../../private/input/require-input';
import { findSiblingHosts, findTooMuchText, warnOfPlainVariables } from '../container-environment';
import type { WebAppSharedFiles } from '../shared-files-options';
import type { SidecarOptions } from '../sidecar-options';

/** An application whose task was given to a service. */
export interface RunningApp extends ec2.IConnectable {
  readonly service: ecs.BaseService;
}

/**
 * The task of a web application with all its containers, however many copies of it run.
 */
export class AppTask {
  public readonly taskDefinition: ecs.TaskDefinition;

  /** The application's own container. */
  public readonly container: ecs.ContainerDefinition;

  /** The container that takes the requests: the proxy, or the application itself. */
  public readonly receiver: ecs.ContainerDefinition;

  /** What the application and its proxy mount; their service has to reach it. */
  public readonly files: WebAppSharedFiles[];

  private readonly sidecars: Sidecars;
  private readonly mounts: SharedFilesMounts;
  private readonly vpc: ec2.IVpc;

  public constructor(private readonly scope: Construct, settings: WebAppSettings) {
    const { containerPort: appPort, taskSize, database, routing } = settings;
    this.vpc = settings.cluster.vpc;
    const logging = appLogging(scope, settings.task.logs ?? {});
    this.taskDefinition = defineAppTask(scope, settings);
    this.container = addAppContainer(this.taskDefinition, settings, { logging, remaining: () => this.sidecars.remaining });
    this.sidecars = new Sidecars({
      scope,
      app: this.container,
      appPort,
      taskSize,
      logging,
      initContainer: database?.userProvisioning && addDatabaseUser(this.taskDefinition, database.userProvisioning, logging),
    });
    this.receiver = routing.proxy ? this.sidecars.addProxy(routing.proxy) : this.container;
    this.mounts = new SharedFilesMounts(scope, this.taskDefinition);
    this.mounts.add(this.container, settings.sharedFiles);
    this.mounts.add(this.receiver, routing.proxy?.files ?? []);
    this.files = [...settings.sharedFiles, ...routing.proxy?.files ?? []];
    scope.node.addValidation({ validate: () => this.findProblems() });
  }

  /** Adds a container beside the application's own, to an application that is running already. */
  public addSidecar(app: RunningApp, id: string, options: SidecarOptions): ISidecar {
    requireArgument(this.scope, 'id', 'string', id);
    requireOptions(this.scope, 'SidecarOptions', options);
    requireNeighbours(this.scope, this.vpc, { sharedFiles: options.files });
    const sidecar = this.sidecars.addSidecar(id, options);
    const [complaint] = this.findSiblingHosts();
    if (complaint !== undefined) fail(this.scope, complaint);
    this.mounts.add(sidecar.container, options.files ?? []);
    this.reachFiles(app, options.files ?? []);
    return sidecar;
  }

  /** Lets the application reach its files, which its service then waits for. */
  public reachFiles({ service, connections }: RunningApp, mounts: WebAppSharedFiles[]): void {
    const mountDependencies = reachSharedFiles({ connections }, mounts);
    if (mountDependencies.length > 0) {
      service.node.defaultChild!.node.addDependency(...mountDependencies, ...connections.securityGroups);
    }
  }

  /** Variables may be added until synthesis, in any order with sidecars: only then are they judged as a whole. */
  private findProblems(): string[] {
    containersOf(this.taskDefinition).forEach((container) => warnOfPlainVariables(this.scope, container));
    return [...this.findSiblingHosts(), ...findTooMuchText(containersOf(this.taskDefinition))].map((problem) => describeComplaint(problem));
  }

  private findSiblingHosts(): Complaint[] {
    return this.taskDefinition.networkMode === ecs.NetworkMode.AWS_VPC ? findSiblingHosts(containersOf(this.taskDefinition)) : [];
  }
}

function defineAppTask(scope: Construct, { cluster, capacity, networkMode, task, taskSize }: WebAppSettings): ecs.TaskDefinition {
  const taskDefinition = defineTask(scope, 'Task', cluster, {
    ...taskSize,
    capacity,
    networkMode,
    taskRole: task.taskRole,
    executionRole: task.executionRole,
  });
  acknowledgeTask(taskDefinition, task.enableExecuteCommand ?? false);
  return taskDefinition;
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
