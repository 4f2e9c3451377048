import { Duration, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Reservation } from './sidecars';
import { requireDistinctNames } from '../container-environment';
import { requireContainerTimes, requirePort } from '../container-limits';
import { DatabaseEnvironment } from '../database-environment';
import type { ContainerVariables } from '../database-environment';
import type { HaEcsWebAppProps } from './ha-ecs-web-app-props';
import { requireNeighbours } from '../neighbours';
import { resolveHealthCheckPath } from '../routing';
import { requireScaling } from './scaling-checks';
import { resolveTaskBounds } from './task-bounds';
import type { TaskBounds } from './task-bounds';
import { WebAppDeployment } from '../deployment/web-app-deployment';
import type { WebAppSharedFiles } from '../shared-files-options';
import type { WebAppRoutingOptions, WebAppScalingOptions } from '../web-app-options';
import type { WebAppTaskOptions } from './web-app-task-options';
import type { ClusterCapacity, IHaEcsCluster } from '../../cluster/cluster-interface';
import type { IMysqlDatabase } from '../../database/mysql-database';
import type { FrontendHealthCheck, IAlbFrontend } from '../../frontend/alb-frontend';
import { fail, isKnown } from '../../private/errors';
import { requireWholeDuration } from '../../private/numbers';
import type { DeploymentBinding, TrafficShift } from '../deployment/deployment-binding';

/** The props of an application with every default filled in, checked against each other. */
export interface WebAppSettings {
  readonly cluster: IHaEcsCluster;
  readonly capacity: ClusterCapacity;
  readonly image: ecs.ContainerImage;
  readonly frontend?: IAlbFrontend;
  readonly database?: IMysqlDatabase;
  readonly containerPort: number;
  readonly networkMode: ecs.NetworkMode;
  readonly distinctInstances: boolean;
  readonly deployment: DeploymentBinding;
  readonly bounds: TaskBounds;
  readonly variables: ContainerVariables;
  readonly healthCheck: FrontendHealthCheck;
  readonly healthCheckGracePeriod: Duration;
  readonly taskSize: Reservation;
  readonly task: WebAppTaskOptions;
  readonly routing: WebAppRoutingOptions;
  readonly scaling: WebAppScalingOptions;
  readonly sharedFiles: WebAppSharedFiles[];
}

/** Fills in the defaults, and throws for what cannot work. */
export function resolveWebAppSettings(scope: Construct, props: HaEcsWebAppProps, capacity: ClusterCapacity = props.cluster.capacity): WebAppSettings {
  const { task = {}, routing = {}, scaling = {}, sharedFiles = [], containerPort = 80 } = props;
  const onInstances = capacity.compatibility === ecs.Compatibility.EC2;
  const networkMode = task.networkMode ?? ecs.NetworkMode.AWS_VPC;
  if (isKnown(containerPort)) requirePort(scope, 'containerPort', containerPort);
  requireNetworkMode(scope, networkMode, task, capacity, props.cluster.capacity);
  requireContainerTimes(scope, 'app', capacity.compatibility === ecs.Compatibility.FARGATE, task);
  requireScaling(scope, scaling, props.frontend !== undefined);
  requireWholeDuration(scope, {
    name: 'routing.healthCheckGracePeriod', value: routing.healthCheckGracePeriod, min: 0, max: 2147483647, unit: 'seconds',
  });
  requireFrontend(scope, props);
  requireNeighbours(scope, props.cluster.vpc, props);

  const distinctInstances = onInstances && (task.distinctInstances ?? true);
  const deployment = (props.deployment ?? WebAppDeployment.rolling())._bind({ distinctInstances });
  if (deployment.shift) requireShift(scope, deployment.shift, props, networkMode);
  return {
    cluster: props.cluster,
    capacity,
    image: props.image,
    frontend: props.frontend,
    database: props.database,
    containerPort,
    networkMode,
    distinctInstances,
    deployment,
    bounds: resolveTaskBounds(scope, { minTasks: props.minTasks, maxTasks: props.maxTasks, distinctInstances }, deployment, capacity),
    variables: resolveVariables(scope, props, task),
    healthCheck: resolveHealthCheck(scope, props),
    healthCheckGracePeriod: routing.healthCheckGracePeriod ?? Duration.seconds(120),
    taskSize: { cpu: task.cpu ?? 256, memoryMiB: task.memoryMiB ?? 512 },
    task,
    routing,
    scaling,
    sharedFiles,
  };
}

function requireNetworkMode(
  scope: Construct, mode: ecs.NetworkMode, task: WebAppTaskOptions, { compatibility }: ClusterCapacity, ofCluster: ClusterCapacity,
): void {
  const onInstances = compatibility === ecs.Compatibility.EC2;
  const movedAway = ofCluster.compatibility === ecs.Compatibility.EC2 ? 'oneWriterPlacement: OneWriterPlacement.INSTANCES' : undefined;
  const allowed = onInstances ? [ecs.NetworkMode.AWS_VPC, ecs.NetworkMode.BRIDGE] : [ecs.NetworkMode.AWS_VPC];
  if (!allowed.includes(mode)) {
    fail(scope, {
      got: `task.networkMode is '${mode}'`,
      allowed: onInstances ? "'awsvpc' or 'bridge'" : "'awsvpc', the only mode without EC2 instances of your own",
      fix: onInstances
        ? 'use one of the two'
        : `leave it out, or give ${movedAway ? `EcsCapacity.ec2() ${movedAway}` : 'the cluster EcsCapacity.ec2()'}`,
    });
  }
  if (mode === ecs.NetworkMode.BRIDGE && task.vpcSubnets !== undefined) {
    fail(scope, {
      got: "task.vpcSubnets with networkMode 'bridge'",
      allowed: "vpcSubnets with 'awsvpc' only, because a bridged task is where its instance is",
      fix: 'set vpcSubnets where the capacity is defined',
    });
  }
}

function requireFrontend(scope: Construct, props: HaEcsWebAppProps): void {
  if (props.routing !== undefined && props.frontend === undefined) {
    fail(scope, {
      got: 'routing without a frontend',
      allowed: 'routing beside frontend, whose requests it is about',
      fix: 'pass the frontend, or leave routing out',
    });
  }
}

function requireShift(scope: Construct, { subject }: TrafficShift, props: HaEcsWebAppProps, networkMode: ecs.NetworkMode): void {
  if (props.frontend === undefined) {
    fail(scope, {
      got: `deployment is ${subject}() without a frontend`,
      allowed: 'a deployment that shifts traffic only where a frontend has traffic to shift',
      fix: 'pass the frontend, or use WebAppDeployment.rolling()',
    });
  }
  if (networkMode === ecs.NetworkMode.BRIDGE) {
    fail(scope, {
      got: `deployment is ${subject}() with task.networkMode 'bridge'`,
      allowed: "networkMode 'awsvpc', because AWS describes two target groups by address only",
      fix: 'leave task.networkMode out, or use WebAppDeployment.rolling()',
    });
  }
}

function resolveVariables(scope: Construct, props: HaEcsWebAppProps, task: WebAppTaskOptions): ContainerVariables {
  if (task.databaseEnvironment !== undefined && props.database === undefined) {
    fail(scope, {
      got: 'task.databaseEnvironment without a database',
      allowed: 'task.databaseEnvironment beside database',
      fix: 'pass the database, or leave task.databaseEnvironment out',
    });
  }
  const database = props.database && (task.databaseEnvironment ?? DatabaseEnvironment.standard())._bind(props.database);
  requireDistinctNames(scope, 'app', props.environment, props.secrets, database?.environment, database?.secrets);
  return {
    environment: { ...database?.environment, ...props.environment },
    secrets: { ...database?.secrets, ...props.secrets },
  };
}

function resolveHealthCheck(scope: Construct, props: HaEcsWebAppProps): FrontendHealthCheck {
  const path = resolveHealthCheckPath(scope, props);
  if (isKnown(path) && !/^\/\S*$/.test(path)) {
    fail(scope, {
      got: `healthCheckPath is '${path}'`,
      allowed: 'a path that starts with / and has no blanks',
      fix: "write it like '/health'",
    });
  }
  return { ...props.routing?.healthCheck, path };
}
