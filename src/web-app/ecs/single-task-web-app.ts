import { Duration, aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AppTask } from './app-task';
import type { IEcsWebApp } from './ecs-web-app';
import type { ISidecar } from './sidecar';
import { dumpSidecar } from './sidecar-dump';
import type { SidecarDumpOptions } from './sidecar-dump-options';
import type { SingleTaskWebAppProps } from './single-task-web-app-props';
import { appSecurityGroup, receiveRequests, requestConnections } from './web-app-network';
import { resolveWebAppSettings } from './web-app-settings';
import type { WebAppSettings } from './web-app-settings';
import type { IDatabaseDump } from '../../database/dump-interface';
import { oneWriterCapacity } from '../../ecs/capacity-providers';
import { defineOneWriterService } from '../../ecs/one-writer-service';
import { fail } from '../../private/errors';
import { requireInput } from '../../private/input/require-input';
import { warn } from '../../private/warnings';
import type { SidecarOptions } from '../sidecar-options';

/**
 * Defines a web application that keeps its database, or files for one writer, in its own task: a single one, never two.
 *
 * A deployment stops the old task before it starts the new one, and nothing scales, rebalances or moves it to Spot, so that two servers
 * never write the same files. When its zone is lost, ECS starts it in another one on the same files.
 *
 * What it is not: highly available. Each deployment and each failure takes the application away for minutes. Where that matters, give
 * the database a place of its own (`EfsBackedMysqlService`, `RdsMysqlDatabase`) and use `HaEcsWebApp`.
 *
 * @example
 * declare const cluster: HaEcsCluster;
 * declare const frontend: SecureAlbFrontend;
 * const blog = new SingleTaskWebApp(this, 'Blog', {
 *   cluster,
 *   frontend,
 *   image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28'),
 *   healthCheckPath: '/', // an application of one's own answers /health, the default
 *   reason: 'A course on containers, deleted at its end',
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-configuration-parameters.html
 */
export class SingleTaskWebApp extends Construct implements IEcsWebApp, ec2.IConnectable {
  /** The ECS service. Give it no scaling: a second task would be a second writer. */
  public readonly service: ecs.BaseService;

  /** The task definition. */
  public readonly taskDefinition: ecs.TaskDefinition;

  /** The application's own container. */
  public readonly container: ecs.ContainerDefinition;

  /** The security groups of the task; in `bridge` mode those of the instances, which the task shares. */
  public readonly connections: ec2.Connections;

  /** The target group; undefined without a frontend. */
  public readonly targetGroup?: elbv2.ApplicationTargetGroup;

  /** Undefined: a single task is replaced, and no traffic is shifted. */
  public readonly alternateTargetGroup?: elbv2.ApplicationTargetGroup;

  private readonly task: AppTask;
  private readonly settings: WebAppSettings;

  public constructor(scope: Construct, id: string, props: SingleTaskWebAppProps) {
    super(scope, id);
    requireInput(this, 'SingleTaskWebAppProps', props);
    requireReason(this, props.reason);
    const settings = resolveWebAppSettings(this, withPatience(props), oneWriterCapacity(props.cluster));

    this.settings = settings;
    this.task = new AppTask(this, settings);
    this.taskDefinition = this.task.taskDefinition;
    this.container = this.task.container;

    this.service = this.defineService(settings);
    this.connections = requestConnections(this.service, this.task.receiver);
    this.task.reachFiles(this, this.task.files);
    this.targetGroup = receiveRequests(this, this.task.receiver, settings)?.targetGroup;
    warn(this, 'SingleTaskWebApp.singleTask', 'This application is a single task: every deployment, every failure and every lost zone takes it '
      + 'away for '
      + `minutes. The reason given: ${props.reason}`);
  }

  /**
   * Adds a container that runs beside the application's, such as its database.
   *
   * On Fargate the application does not wait for one that writes files to be healthy, unless `waitUntilHealthy` is set: Fargate waits two minutes
   * at most, and then ends the task, which leaves a database that was at its first start without users for good. The application must retry.
   *
   * Throws as `HaEcsWebApp.addSidecar` does.
   *
   * @param id - the name of the container.
   * @param options - what it runs, and which files it mounts.
   * @returns the container, and the host under which the application's container reaches it.
   */
  public addSidecar(id: string, options: SidecarOptions): ISidecar {
    const writesOnFargate = this.taskDefinition.compatibility === ecs.Compatibility.FARGATE
      && (options.files ?? []).some(({ readOnly }) => !(readOnly ?? false));
    const waitUntilHealthy = options.waitUntilHealthy ?? !writesOnFargate;
    const sidecar = this.task.addSidecar(this, id, { ...options, waitUntilHealthy });
    if (!writesOnFargate) return sidecar;
    if (!waitUntilHealthy) {
      // What it serves starts after it, and stops before it.
      this.container.addContainerDependencies({ container: sidecar.container, condition: ecs.ContainerDependencyCondition.START });
    } else {
      warn(this, 'SingleTaskWebApp.firstStartCutShort', `The application waits for ${id} to be healthy, for 2 minutes at most on Fargate: a `
        + 'first start of a '
        + 'database that takes longer is ended half way, and leaves files that nobody can log in to. Leave waitUntilHealthy out, and let the '
          + 'application retry.');
    }
    return sidecar;
  }

  /**
   * Takes logical dumps of a database server that `addSidecar` put into the task, as `EfsBackedMysqlService` does of its own: a copy of the files of
   * a running server, which is what a backup of the file system is, is no backup of the database. Seeing dumps and putting one back is the same, too:
   * https://github.com/cdk-ha-ecs/cdk-ha-ecs/blob/main/docs/restore-database.md says how.
   * `WebAppMonitoring.watchDatabaseDump` tells when one is overdue.
   *
   * Throws in `bridge` mode, for names that a server would refuse, and for a second call.
   *
   * @param options - the server, and where and when its dumps are written.
   */
  public addDatabaseDump(options: SidecarDumpOptions): IDatabaseDump {
    return dumpSidecar(this, this.settings, options);
  }

  private defineService(settings: WebAppSettings): ecs.BaseService {
    const { cluster, frontend, task, healthCheckGracePeriod } = settings;
    return defineOneWriterService(this, 'Service', cluster, {
      taskDefinition: this.taskDefinition,
      securityGroup: appSecurityGroup(this, settings),
      vpcSubnets: task.vpcSubnets,
      healthCheckGracePeriod: frontend && healthCheckGracePeriod,
      enableExecuteCommand: task.enableExecuteCommand,
    });
  }
}

/** A single task needs no instance of its own, and a database beside it takes its time for the first start. */
function withPatience(props: SingleTaskWebAppProps): SingleTaskWebAppProps {
  const healthCheckGracePeriod = props.routing?.healthCheckGracePeriod ?? Duration.minutes(10);
  return {
    ...props,
    task: { ...props.task, distinctInstances: false },
    routing: props.frontend ? { ...props.routing, healthCheckGracePeriod } : props.routing,
  };
}

function requireReason(scope: Construct, reason: string): void {
  if (reason.trim() !== '') return;
  fail(scope, {
    got: 'reason is empty',
    allowed: 'a sentence that says why one task is enough',
    fix: 'write the reason, or use HaEcsWebApp with a database outside its tasks',
  });
}
