import { Duration, Lazy, Size, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Reservation } from './sidecars';
import type { WebAppSettings } from './web-app-settings';
import { fail } from '../../private/errors';
import { boundedLogGroup } from '../../private/log-group';
import type { WebAppLogOptions } from '../web-app-options';

/** What the settings do not say of the application's own container. */
export interface AppContainerOptions {
  readonly logging: (streamPrefix: string) => ecs.LogDriver;
  /** What the application is left of its task; asked at synthesis, when all sidecars are known. */
  readonly remaining: () => Reservation;
}

/** Adds the application's container to its task. */
export function addAppContainer(
  taskDefinition: ecs.TaskDefinition, settings: WebAppSettings, { logging, remaining }: AppContainerOptions,
): ecs.ContainerDefinition {
  const { image, task, variables, containerPort, routing } = settings;
  // On Fargate a task is alone on its host, and containers share it freely; on instances every container says what it reserves.
  const reserves = taskDefinition.compatibility === ecs.Compatibility.EC2;
  return taskDefinition.addContainer('app', {
    containerName: 'app',
    image,
    cpu: reserves ? Lazy.number({ produce: () => figure(remaining().cpu) }) : undefined,
    memoryLimitMiB: reserves ? Lazy.number({ produce: () => figure(remaining().memoryMiB) }) : undefined,
    environment: variables.environment,
    secrets: variables.secrets,
    command: task.command,
    user: task.user,
    healthCheck: task.healthCheck,
    essential: true,
    stopTimeout: task.stopTimeout ?? Duration.seconds(60),
    readonlyRootFilesystem: task.readonlyRootFilesystem ?? false,
    linuxParameters: new ecs.LinuxParameters(taskDefinition, 'appLinux', { initProcessEnabled: true }),
    // Behind a proxy its own port is not reached from outside.
    portMappings: routing.proxy
      ? undefined
      : [{ containerPort, name: 'http', appProtocol: ecs.AppProtocol.http }],
    logging: logging('app'),
  });
}

/** CloudFormation cannot subtract: what is left of a size that is a token goes unsaid, and the limit of the whole task holds alone. */
function figure(rest: number): number | undefined {
  return Number.isNaN(rest) ? undefined : rest;
}

/** Decides where the containers log, and returns what makes the log driver of one. */
export function appLogging(scope: Construct, options: WebAppLogOptions): (streamPrefix: string) => ecs.LogDriver {
  const { logGroupName, retention, removalPolicy, nonBlocking = true } = options;
  if (options.logGroup !== undefined && [logGroupName, retention, removalPolicy].some((choice) => choice !== undefined)) {
    fail(scope, {
      got: 'task.logs.logGroup beside logGroupName, retention or removalPolicy',
      allowed: 'either a log group, or what to define one with',
      fix: 'set name, retention and removal policy where the log group is defined',
    });
  }
  const logGroup = options.logGroup ?? boundedLogGroup(scope, 'LogGroup', options);
  return (streamPrefix) => ecs.LogDrivers.awsLogs({
    streamPrefix,
    logGroup,
    mode: nonBlocking ? ecs.AwsLogDriverMode.NON_BLOCKING : ecs.AwsLogDriverMode.BLOCKING,
    maxBufferSize: nonBlocking ? Size.mebibytes(25) : undefined,
  });
}
