import { Duration, Stack, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, aws_scheduler as scheduler, aws_sqs as sqs } from 'aws-cdk-lib';
import type { RemovalPolicy, aws_efs as efs, aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { closedLinuxParameters, requireVersion, serverLogs } from '../database-container';
import { findDirectoryProblem, findNestingProblem } from '../directory-paths';
import type { IDatabaseDump } from '../dump-interface';
import { dumpCommand } from './dump-command';
import { DUMP_SCRIPT } from './dump-script';
import type { IHaEcsCluster } from '../../cluster/cluster-interface';
import { capacityProviders, oneWriterCapacity } from '../../ecs/capacity-providers';
import { defineTask } from '../../ecs/define-task';
import { acknowledge } from '../../private/acknowledge';
import { fail } from '../../private/errors';
import { kept } from '../../private/kept';
import { boundedLogGroup } from '../../private/log-group';
import { openHttpsOut, openPath } from '../../private/open-paths';
import { closedSecurityGroup } from '../../private/security-group';
import type { DirectoryOptions, MountedDirectory } from '../../storage/encrypted-file-system';
import type { Endpoint } from '../endpoint-parameters';
import type { MysqlEngine } from '../mysql-engine';

const DUMPS_MOUNT = '/dumps';
const VOLUME = 'dumps';

/** A dump is written row by row: it takes no more, however large the database is. */
const CPU = 256;
const MEMORY_MIB = 512;

/** Where dumps go: a file system in which a directory is made for them, or one that is there already. */
export interface DumpFiles {
  directory(scope: Construct, id: string, options: DirectoryOptions): MountedDirectory;
  allowConnectionsFrom(consumer: ec2.IConnectable, why: string): void;
}

/** The database that is dumped. */
export interface DumpTarget {
  readonly cluster: IHaEcsCluster;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly engine: MysqlEngine;
  readonly image: ecs.ContainerImage;
  readonly endpoint: Endpoint;
  readonly user: string;
  readonly password: ecs.Secret;
  readonly server: ec2.IConnectable;
  readonly files: DumpFiles;
  /** Where the data of the server is in the same file system; undefined where the dumps have one, or an access point, of their own. */
  readonly dataPath?: string;
  readonly removalPolicy: RemovalPolicy;
}

/** When and how a database is dumped. */
export interface DumpSettings {
  readonly schedule: scheduler.ScheduleExpression;
  readonly keep: Duration;
  readonly timeLimit: Duration;
  readonly path: string;
  readonly taskRole?: iam.IRole;
  readonly executionRole?: iam.IRole;
  readonly schedulerRole?: iam.IRole;
}

/** The database, and how it is dumped. */
export interface DatabaseDumpProps extends DumpTarget, DumpSettings {}

/**
 * A task that writes a dump of the database to a directory of its own, and the schedule that starts it.
 *
 * It reads the database over the network as the application's user; the data directory is mounted nowhere but in the server.
 */
export class DatabaseDump extends Construct implements IDatabaseDump {
  public readonly schedule: scheduler.Schedule;
  public readonly taskDefinition: ecs.TaskDefinition;
  public readonly accessPoint: efs.IAccessPoint;
  public readonly logGroup: logs.ILogGroup;
  public readonly deadLetterQueue: sqs.IQueue;
  public readonly connections: ec2.Connections;

  public constructor(scope: Construct, id: string, props: DatabaseDumpProps) {
    super(scope, id);

    const problem = findDirectoryProblem('dumps path', props.path)
      ?? (props.dataPath === undefined ? undefined : findNestingProblem(props.path, props.dataPath));
    if (problem) fail(this, problem);

    const securityGroup = closedSecurityGroup(this, 'SecurityGroup', props.cluster.vpc, 'Scheduled dump of the database');
    this.connections = new ec2.Connections({ securityGroups: [securityGroup] });
    this.openPaths(props);

    const directory = props.files.directory(this, 'Directory', { path: props.path, uid: props.engine.uid, gid: props.engine.gid });
    this.accessPoint = directory.accessPoint;
    if (props.dataPath !== undefined) this.accessPoint.applyRemovalPolicy(kept(props.removalPolicy));
    const volume = directory.volume(VOLUME);
    this.logGroup = boundedLogGroup(this, 'Logs', { removalPolicy: props.removalPolicy });
    this.taskDefinition = defineTask(this, 'Task', props.cluster, {
      capacity: oneWriterCapacity(props.cluster),
      cpu: CPU,
      memoryMiB: MEMORY_MIB,
      taskRole: props.taskRole,
      executionRole: props.executionRole,
      volumes: [volume],
    });
    directory.grantMount(this.taskDefinition.taskRole);
    this.addContainer(props, volume.name);

    this.deadLetterQueue = this.refusedStarts();
    this.schedule = new scheduler.Schedule(this, 'Schedule', {
      description: 'Logical dump of the database',
      schedule: props.schedule,
      timeWindow: scheduler.TimeWindow.off(),
      target: { bind: () => this.target(props) },
    });
    this.schedule.node.addDependency(securityGroup, ...directory.mountDependencies, ...oneWriterCapacity(props.cluster).deploymentDependencies ?? []);
  }

  private openPaths(props: DatabaseDumpProps): void {
    openPath(this, { source: this, target: props.server, port: props.endpoint.port, why: 'Dump reads the database' });
    props.files.allowConnectionsFrom(this, 'Dump writes to its directory');
    openHttpsOut(this, this, 'Image, logs and secrets');
  }

  private addContainer(props: DatabaseDumpProps, sourceVolume: string): void {
    const { host, port, databaseName } = props.endpoint;
    const container = this.taskDefinition.addContainer('Dump', {
      image: props.image,
      entryPoint: ['timeout', '--kill-after=60', `${props.timeLimit.toSeconds()}`, 'bash', '-c'],
      // The word after the script becomes its name, and the rest its arguments. A restore is the same task with another command.
      command: [DUMP_SCRIPT, 'dump', ...dumpCommand(props.engine, props.endpoint, props.user)],
      cpu: CPU,
      memoryLimitMiB: MEMORY_MIB,
      essential: true,
      user: `${props.engine.uid}:${props.engine.gid}`,
      environment: {
        DUMP_DIRECTORY: DUMPS_MOUNT,
        KEEP_MINUTES: `${props.keep.toMinutes()}`,
        DB_HOST: host,
        DB_PORT: `${port}`,
        DB_NAME: databaseName,
        DB_USER: props.user,
      },
      secrets: { MYSQL_PWD: props.password },
      linuxParameters: closedLinuxParameters(this.taskDefinition),
      readonlyRootFilesystem: true,
      stopTimeout: Duration.seconds(120),
      logging: serverLogs(this.logGroup),
    });
    container.addMountPoints({ sourceVolume, containerPath: DUMPS_MOUNT, readOnly: false });
    requireVersion(container);
    acknowledge(this.taskDefinition, 'AwsSolutions-ECS2',
      'The plain variables say where to connect and where to write; the password comes from Secrets Manager.');
  }

  private refusedStarts(): sqs.Queue {
    const queue = new sqs.Queue(this, 'RefusedStarts', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, 'AwsSolutions-SQS3', 'It is itself the dead-letter queue of the schedule, which the rule does not look at.');
    return queue;
  }

  private target(props: DatabaseDumpProps): scheduler.ScheduleTargetConfig {
    const cluster = props.cluster.cluster;
    return {
      arn: cluster.clusterArn,
      role: this.schedulerRole(props),
      deadLetterConfig: { arn: this.deadLetterQueue.queueArn },
      retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: Duration.hours(2).toSeconds() },
      ecsParameters: {
        taskDefinitionArn: this.taskDefinition.taskDefinitionArn,
        taskCount: 1,
        // A launch type would ignore the capacity providers: on EC2 the task could wait for a host that never comes.
        capacityProviderStrategy: capacityProviders(oneWriterCapacity(props.cluster), false),
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: props.cluster.vpc.selectSubnets(props.vpcSubnets).subnetIds,
            securityGroups: this.connections.securityGroups.map((group) => group.securityGroupId),
            assignPublicIp: 'DISABLED',
          },
        },
      },
    };
  }

  private schedulerRole(props: DatabaseDumpProps): iam.IRole {
    const stack = Stack.of(this);
    const role = props.schedulerRole ?? new iam.Role(this, 'SchedulerRole', {
      description: 'Lets EventBridge Scheduler start the dump task',
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } }),
    });
    role.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['ecs:RunTask'],
      resources: [this.taskDefinition.taskDefinitionArn],
      conditions: { ArnEquals: { 'ecs:cluster': props.cluster.cluster.clusterArn } },
    }));
    role.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [this.taskDefinition.taskRole.roleArn, this.taskDefinition.obtainExecutionRole().roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    }));
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetterQueue.queueArn] }));
    return role;
  }
}
