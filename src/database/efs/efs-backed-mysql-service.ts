import { aws_ec2 as ec2, aws_ecs as ecs, aws_servicediscovery as cloudmap } from 'aws-cdk-lib';
import type { aws_efs as efs, aws_secretsmanager as secretsmanager, aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EfsBackedMysqlServiceProps } from './mysql-service-options';
import { mysqlServiceSettings, warnOfLimits } from './mysql-service-settings';
import type { MysqlServiceSettings } from './mysql-service-settings';
import { oneWriterCapacity } from '../../ecs/capacity-providers';
import { defineTask } from '../../ecs/define-task';
import { defineOneWriterService } from '../../ecs/one-writer-service';
import { MYSQL_PORT } from '../../private/aws/engine-ports';
import { requireInput } from '../../private/input/require-input';
import { kept } from '../../private/kept';
import { boundedLogGroup } from '../../private/log-group';
import { openHttpsOut } from '../../private/open-paths';
import { closedSecurityGroup } from '../../private/security-group';
import type { MountedDirectory } from '../../storage/encrypted-file-system';
import { EncryptedFileSystem } from '../../storage/encrypted-file-system';
import { addDatabaseContainer } from '../database-container';
import { claimServiceName } from '../database-names';
import { DatabaseSecrets } from '../database-secrets';
import type { IDatabaseDump } from '../dump-interface';
import { EndpointParameters } from '../endpoint-parameters';
import type { IMysqlDatabase, MysqlServerResources, MysqlUserProvisioning } from '../mysql-database';
import { openToConsumer } from '../open-to-consumer';

const DATA_VOLUME = 'data';

/**
 * A MySQL or MariaDB server as one ECS task, with its data on EFS.
 *
 * Exactly one server ever writes to the data: a deployment stops the old task before it starts the new one, and nothing scales,
 * rebalances or moves it to Spot. When its zone is lost, ECS starts it in another one on the same data.
 *
 * What it is not: it has no standby, so that every deployment and every failure means a minute or more without a database;
 * and every commit waits for a network file system, milliseconds each. It suits labs and small sites. Clients must reconnect and
 * resolve the name again.
 *
 * Throws on a database name, user, service name, memory size or image that cannot work.
 *
 * @example
 * declare const cluster: HaEcsCluster;
 * new EfsBackedMysqlService(this, 'Database', { cluster, databaseName: 'shop' });
 */
export class EfsBackedMysqlService extends Construct implements IMysqlDatabase {
  /** The host name of the server in the cluster's private DNS namespace. */
  public readonly host: string;

  /** The port of the server: 3306. */
  public readonly port: number = MYSQL_PORT;

  /** The name of the database (schema). */
  public readonly databaseName: string;

  /** The credentials of the application user; a container can take single fields of its JSON. */
  public readonly secret: secretsmanager.ISecret;

  /** The credentials of the administrator, who can log in inside the server's container only. */
  public readonly rootSecret: secretsmanager.ISecret;

  /** The security group of the server, with the database port as its default port. */
  public readonly connections: ec2.Connections;

  /** The ECS service. Give it no scaling and no load balancer: a second task would be a second writer. */
  public readonly service: ecs.BaseService;

  /** The server's task definition. */
  public readonly taskDefinition: ecs.TaskDefinition;

  /** The file system with the data. */
  public readonly fileSystem: efs.IFileSystem;

  /** The access point of the data directory. Mount it nowhere else. */
  public readonly accessPoint: efs.IAccessPoint;

  /** The scheduled dump; undefined when it is disabled. */
  public readonly dump?: IDatabaseDump;

  /** Undefined: the server makes the application user at its first start. */
  public readonly userProvisioning?: MysqlUserProvisioning;

  /** What the server is made of. */
  public readonly server?: MysqlServerResources;

  /** The SSM parameter with the host name. */
  public readonly hostParameter: ssm.IStringParameter;

  /** The SSM parameter with the port. */
  public readonly portParameter: ssm.IStringParameter;

  /** The SSM parameter with the name of the database. */
  public readonly databaseNameParameter: ssm.IStringParameter;

  public constructor(scope: Construct, id: string, props: EfsBackedMysqlServiceProps) {
    super(scope, id);
    requireInput(this, 'EfsBackedMysqlServiceProps', props);

    const settings = mysqlServiceSettings(this, props);
    const { cluster } = settings;
    claimServiceName(this, cluster.namespace, settings.serviceName);

    const securityGroup = closedSecurityGroup(this, 'SecurityGroup', cluster.vpc, 'Database server');
    this.connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(MYSQL_PORT) });
    const files = this.defineFiles(settings);
    files.allowConnectionsFrom(this, 'Database server mounts its data');
    openHttpsOut(this, this, 'Image, logs and secrets');

    this.host = `${settings.serviceName}.${cluster.namespace.namespaceName}`;
    this.databaseName = settings.databaseName;
    const secrets = this.defineSecrets(settings);
    this.rootSecret = secrets.root;
    this.secret = secrets.application;

    const data = this.defineDataDirectory(settings, files);
    this.fileSystem = files.fileSystem;
    this.accessPoint = data.accessPoint;
    this.accessPoint.applyRemovalPolicy(kept(settings.removalPolicy));
    this.taskDefinition = this.defineServer(settings, data);
    this.service = this.defineService(settings, securityGroup);
    this.service.node.addDependency(securityGroup, ...data.mountDependencies);
    this.dump = this.defineDump(settings, files);

    this.server = { administratorSecret: this.rootSecret, service: this.service, fileSystem: this.fileSystem, dump: this.dump };

    const parameters = new EndpointParameters(this, 'Endpoint', this);
    this.hostParameter = parameters.host;
    this.portParameter = parameters.port;
    this.databaseNameParameter = parameters.databaseName;
    warnOfLimits(this);
  }

  /**
   * Lets `consumer` connect to the database. Both rules land in the consumer's stack.
   *
   * @param consumer - the application, or anything else with security groups.
   */
  public allowConnectionsFrom(consumer: ec2.IConnectable): void {
    openToConsumer(this, consumer);
  }

  private defineFiles(settings: MysqlServiceSettings): EncryptedFileSystem {
    return new EncryptedFileSystem(this, 'Files', {
      vpc: settings.cluster.vpc,
      vpcSubnets: settings.vpcSubnets,
      fileSystem: settings.fileSystem,
      encryptionKey: settings.encryptionKey,
      removalPolicy: settings.removalPolicy,
    });
  }

  /** An engine of another family has another directory by default: only who names the directory may leave the data behind. */
  private defineDataDirectory(settings: MysqlServiceSettings, files: EncryptedFileSystem): MountedDirectory {
    const { dataPath, namedDataPath, engine: { uid, gid } } = settings;
    return files.directory(this, 'Data', { path: dataPath, uid, gid, exclusive: true, replacedOnlyWith: namedDataPath });
  }

  private defineSecrets(settings: MysqlServiceSettings): DatabaseSecrets {
    return new DatabaseSecrets(this, 'Secrets', {
      applicationUser: settings.applicationUser,
      removalPolicy: settings.removalPolicy,
      encryptionKey: settings.encryptionKey,
    });
  }

  private defineServer(settings: MysqlServiceSettings, data: MountedDirectory): ecs.TaskDefinition {
    const task = defineTask(this, 'Task', settings.cluster, {
      capacity: oneWriterCapacity(settings.cluster),
      cpu: settings.cpu,
      memoryMiB: settings.memoryMiB,
      taskRole: settings.taskRole,
      executionRole: settings.executionRole,
      volumes: [data.volume(DATA_VOLUME)],
    });
    data.grantMount(task.taskRole);
    addDatabaseContainer(task, {
      ...settings,
      rootSecret: this.rootSecret,
      applicationSecret: this.secret,
      logGroup: boundedLogGroup(this, 'Logs', { logGroupName: settings.logGroupName, removalPolicy: settings.removalPolicy }),
      volumeName: DATA_VOLUME,
    });
    return task;
  }

  private defineService(settings: MysqlServiceSettings, securityGroup: ec2.ISecurityGroup): ecs.BaseService {
    return defineOneWriterService(this, 'Service', settings.cluster, {
      taskDefinition: this.taskDefinition,
      securityGroup,
      vpcSubnets: settings.vpcSubnets,
      cloudMap: {
        cloudMapNamespace: settings.cluster.namespace,
        name: settings.serviceName,
        dnsRecordType: cloudmap.DnsRecordType.A,
        dnsTtl: settings.dnsTtl,
        failureThreshold: 1,
      },
    });
  }

  private defineDump(settings: MysqlServiceSettings, files: EncryptedFileSystem): IDatabaseDump | undefined {
    return settings.dumps._bind(this, 'Dump', {
      cluster: settings.cluster,
      vpcSubnets: settings.vpcSubnets,
      engine: settings.engine,
      image: settings.image,
      endpoint: this,
      user: settings.applicationUser,
      password: ecs.Secret.fromSecretsManager(this.secret, 'password'),
      server: this,
      files,
      dataPath: settings.dataPath,
      removalPolicy: settings.removalPolicy,
    });
  }
}
