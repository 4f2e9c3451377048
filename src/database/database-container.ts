import { Duration, Size, aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_logs as logs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { findImageProblem } from './image-reference';
import type { MysqlEngine } from './mysql-engine';
import { acknowledge } from '../private/acknowledge';
import { MYSQL_PORT } from '../private/aws/engine-ports';
import { fail } from '../private/errors';

const OPEN_FILES = 65535;

/** What the server's container is made of. */
export interface DatabaseContainerProps {
  readonly engine: MysqlEngine;
  readonly image: ecs.ContainerImage;
  readonly command: string[];
  readonly cpu?: number;
  readonly memoryMiB: number;
  readonly stopTimeout: Duration;
  readonly databaseName: string;
  readonly applicationUser: string;
  readonly timeZoneTables: boolean;
  readonly rootSecret: secretsmanager.ISecret;
  readonly applicationSecret: secretsmanager.ISecret;
  readonly logGroup: logs.ILogGroup;
  readonly volumeName: string;
}

/** Adds the server to its task definition. */
export function addDatabaseContainer(task: ecs.TaskDefinition, props: DatabaseContainerProps): ecs.ContainerDefinition {
  const { engine } = props;
  const container = task.addContainer('Server', {
    image: props.image,
    command: props.command,
    cpu: props.cpu,
    memoryLimitMiB: props.memoryMiB,
    essential: true,
    // The access point enforces the same identity; without it the entry point would try to change owners on EFS and fail.
    user: `${engine.uid}:${engine.gid}`,
    environment: firstStartEnvironment(props),
    secrets: {
      [`${engine.environmentPrefix}_ROOT_PASSWORD`]: ecs.Secret.fromSecretsManager(props.rootSecret, 'password'),
      [`${engine.environmentPrefix}_PASSWORD`]: ecs.Secret.fromSecretsManager(props.applicationSecret, 'password'),
    },
    portMappings: [{ containerPort: MYSQL_PORT, protocol: ecs.Protocol.TCP }],
    healthCheck: {
      command: engine.healthCheckCommand,
      interval: Duration.seconds(15),
      timeout: Duration.seconds(10),
      retries: 10,
      // A kill during the first start leaves a data directory that no login fits: it may take minutes on EFS.
      startPeriod: Duration.seconds(300),
    },
    stopTimeout: props.stopTimeout,
    linuxParameters: closedLinuxParameters(task),
    ulimits: [{ name: ecs.UlimitName.NOFILE, softLimit: OPEN_FILES, hardLimit: OPEN_FILES }],
    // The stock images write to /tmp and /var/run/mysqld, and a volume there would belong to root.
    readonlyRootFilesystem: false,
    logging: serverLogs(props.logGroup),
  });
  container.addMountPoints({ sourceVolume: props.volumeName, containerPath: engine.dataDirectory, readOnly: false });
  requireVersion(container);
  acknowledge(task, 'AwsSolutions-ECS2',
    'The plain variables are names and switches of the first start, not secrets; both passwords come from Secrets Manager.');
  return container;
}

/** Refuses an image of which nobody can tell which server version it is. */
export function requireVersion(container: ecs.ContainerDefinition): void {
  const complaint = findImageProblem(container.imageName);
  if (complaint) fail(container, complaint);
}

/** No capability at all: the server starts as its own user. The init process reaps the shells of the health check. */
export function closedLinuxParameters(task: ecs.TaskDefinition): ecs.LinuxParameters {
  const parameters = new ecs.LinuxParameters(task, 'LinuxParameters', { initProcessEnabled: true });
  parameters.dropCapabilities(ecs.Capability.ALL);
  return parameters;
}

/** Logs that cannot stop the server: in blocking mode an unreachable CloudWatch stalls it. */
export function serverLogs(logGroup: logs.ILogGroup): ecs.LogDriver {
  return ecs.LogDrivers.awsLogs({
    logGroup,
    streamPrefix: 'database',
    mode: ecs.AwsLogDriverMode.NON_BLOCKING,
    maxBufferSize: Size.mebibytes(25),
  });
}

function firstStartEnvironment(props: DatabaseContainerProps): Record<string, string> {
  const prefix = props.engine.environmentPrefix;
  return {
    [`${prefix}_DATABASE`]: props.databaseName,
    [`${prefix}_USER`]: props.applicationUser,
    // The image's default is a root account that anyone may use from anywhere.
    [`${prefix}_ROOT_HOST`]: 'localhost',
    ...props.timeZoneTables ? {} : { [`${prefix}_INITDB_SKIP_TZINFO`]: '1' },
    // Data directories of older images lack the account that the health check logs in with.
    ...props.engine._family === 'mariadb' ? { MARIADB_AUTO_UPGRADE: '1' } : {},
  };
}
