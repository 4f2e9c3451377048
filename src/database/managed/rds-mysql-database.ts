import { RemovalPolicy, Size, aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import type { aws_secretsmanager as secretsmanager, aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { defineAccess, openTo } from './access';
import { acknowledgeMonitoringRole, insights, instanceHasInsights, MONITORING_INTERVAL } from './insights';
import { EXPORTED_LOGS, ManagedLogs } from './logs';
import type { ManagedMysqlDatabaseProps } from './managed-database-props';
import { databaseSecurityGroup } from './network';
import { instanceParameters } from './parameters';
import { retention } from './retention';
import { ManagedSecrets } from './secrets';
import { ADMINISTRATOR, managedSettings } from './settings';
import type { ManagedSettings } from './settings';
import { acknowledge } from '../../private/acknowledge';
import { fail, isKnown } from '../../private/errors';
import { warn } from '../../private/warnings';
import type { IMysqlDatabase, MysqlServerResources, MysqlUserProvisioning } from '../mysql-database';

const MIN_STORAGE_GIB = 20;

/** Properties of an `RdsMysqlDatabase`. */
export interface RdsMysqlDatabaseProps extends ManagedMysqlDatabaseProps {
  /**
   * The version of MySQL. RDS installs newer minor versions in the maintenance window by itself.
   * @default rds.MysqlEngineVersion.VER_8_4_10
   */
  readonly engineVersion?: rds.MysqlEngineVersion;

  /**
   * The type of both servers.
   * @default - t4g.medium
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The size of the volume at first, at least 20 GiB.
   * @default Size.gibibytes(20)
   */
  readonly storageSize?: Size;

  /**
   * Up to where RDS enlarges the volume when it fills. A full volume stops the database.
   * @default - five times `storageSize`
   */
  readonly maxStorageSize?: Size;

  /**
   * Whether a standby in another zone takes over when the server or its zone fails. Without it both mean an outage.
   * @default true
   */
  readonly multiAz?: boolean;
}

/**
 * MySQL on Amazon RDS: a server with a standby in another zone, which takes over within a minute or two when the server or its zone is lost.
 *
 * Storage and connections are encrypted, backups reach back 14 days, errors and slow queries are in CloudWatch for a month, and RDS refuses to delete
 * it. After a failover clients must reconnect and resolve the name again. The standby answers no queries; for readers see `AuroraMysqlDatabase`.
 *
 * Throws on names, ports, sizes and times that RDS refuses, and on public subnets or subnets in one zone only.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html
 * @example
 * declare const vpc: ec2.IVpc;
 * new RdsMysqlDatabase(this, 'Database', { vpc, databaseName: 'shop' });
 */
export class RdsMysqlDatabase extends Construct implements IMysqlDatabase {
  /** The host name of the server, or of the proxy in front of it. */
  readonly host: string;

  /** The port of the server, or of the proxy in front of it. */
  readonly port: number;

  /** The name of the database (schema). */
  readonly databaseName: string;

  /** The credentials of the application user. */
  readonly secret: secretsmanager.ISecret;

  /** The credentials of the administrator. Give them to no application. */
  readonly administratorSecret: secretsmanager.ISecret;

  /** The program that defines the application user; undefined when somebody else does. */
  readonly userProvisioning?: MysqlUserProvisioning;

  /** The security group that applications connect to, of the server or of the proxy, with the database port as its default port. */
  readonly connections: ec2.Connections;

  /** The RDS instance. */
  readonly instance: rds.DatabaseInstance;

  /** The proxy; undefined without one. */
  readonly proxy?: rds.DatabaseProxy;

  /** The SSM parameter with the host name. */
  readonly hostParameter: ssm.IStringParameter;

  /** The SSM parameter with the port. */
  readonly portParameter: ssm.IStringParameter;

  /** The SSM parameter with the name of the database. */
  readonly databaseNameParameter: ssm.IStringParameter;

  constructor(scope: Construct, id: string, props: RdsMysqlDatabaseProps) {
    super(scope, id);

    const settings = managedSettings(this, props);
    const retained = retention(settings.removalPolicy);
    const securityGroup = databaseSecurityGroup(this, props.vpc, retained.surroundings);
    const secrets = new ManagedSecrets(this, 'Secrets', {
      applicationUser: settings.applicationUser, encryptionKey: props.encryptionKey, removalPolicy: retained.records,
    });
    const engine = rds.DatabaseInstanceEngine.mysql({ version: props.engineVersion ?? rds.MysqlEngineVersion.VER_8_4_10 });

    this.instance = this.defineInstance(props, settings, engine, securityGroup, secrets);
    const access = defineAccess(this, props, {
      resource: this.instance,
      endpoint: this.instance.instanceEndpoint,
      proxyTarget: (proxy) => rds.ProxyTarget.fromInstance(withoutRules(proxy, this.instance, engine, settings)),
      securityGroup,
      secrets,
      settings,
      retained,
    });

    this.host = access.host;
    this.port = access.port;
    this.databaseName = props.databaseName;
    this.secret = access.secret;
    this.administratorSecret = access.administratorSecret;
    this.userProvisioning = access.userProvisioning;
    this.connections = access.connections;
    this.proxy = access.proxy;
    this.hostParameter = access.parameters.host;
    this.portParameter = access.parameters.port;
    this.databaseNameParameter = access.parameters.databaseName;
  }

  /** What the server is made of. */
  get server(): MysqlServerResources | undefined {
    return { administratorSecret: this.administratorSecret, instance: this.instance };
  }

  /**
   * Lets `consumer` connect to the database. Both rules land in the consumer's stack.
   *
   * @param consumer - the application, or anything else with security groups.
   */
  public allowConnectionsFrom(consumer: ec2.IConnectable): void {
    openTo(this, consumer);
  }

  private defineInstance(
    props: RdsMysqlDatabaseProps, settings: ManagedSettings, engine: rds.IInstanceEngine, securityGroup: ec2.ISecurityGroup, secrets: ManagedSecrets,
  ): rds.DatabaseInstance {
    const { database, records, surroundings } = retention(settings.removalPolicy);
    const instanceType = props.instanceType ?? ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MEDIUM);
    const logs = new ManagedLogs(this, 'Logs', {
      prefix: `/aws/rds/instance/${settings.identifier}`, retention: settings.logRetention, removalPolicy: records,
    });
    const instance = new rds.DatabaseInstance(this, 'Instance', {
      engine,
      instanceType,
      instanceIdentifier: settings.identifier,
      databaseName: props.databaseName,
      credentials: rds.Credentials.fromSecret(secrets.administrator, ADMINISTRATOR),
      vpc: props.vpc,
      subnetGroup: new rds.SubnetGroup(this, 'Subnets', {
        description: 'Managed database', vpc: props.vpc, vpcSubnets: settings.vpcSubnets, removalPolicy: surroundings,
      }),
      securityGroups: [securityGroup],
      port: settings.port,
      publiclyAccessible: false,
      multiAz: this.requireStandby(props.multiAz ?? true),
      ...this.storage(props),
      storageType: rds.StorageType.GP3,
      storageEncrypted: true,
      storageEncryptionKey: props.encryptionKey,
      parameterGroup: instanceParameters(this, { ...settings, engine, removalPolicy: surroundings }),
      iamAuthentication: settings.iamAuthentication,
      caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
      backupRetention: settings.backupRetention,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: database === RemovalPolicy.DESTROY,
      deletionProtection: settings.deletionProtection,
      removalPolicy: database,
      autoMinorVersionUpgrade: true,
      allowMajorVersionUpgrade: false,
      engineLifecycleSupport: rds.EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT_DISABLED,
      cloudwatchLogsExports: EXPORTED_LOGS,
      monitoringInterval: MONITORING_INTERVAL,
      monitoringRole: props.monitoringRole,
      ...insights(instanceHasInsights(instanceType)),
    });
    // RDS would make the log groups itself, without a retention.
    instance.node.addDependency(logs);
    acknowledgeFindings(instance, settings, props);
    return instance;
  }

  private storage(props: RdsMysqlDatabaseProps): { allocatedStorage: number; maxAllocatedStorage: number } {
    const allocatedStorage = (props.storageSize ?? Size.gibibytes(MIN_STORAGE_GIB)).toGibibytes();
    const maxAllocatedStorage = props.maxStorageSize?.toGibibytes() ?? 5 * allocatedStorage;
    if (isKnown(allocatedStorage) && allocatedStorage < MIN_STORAGE_GIB) {
      fail(this, { got: `storageSize is ${allocatedStorage} GiB`, allowed: `at least ${MIN_STORAGE_GIB} GiB`, fix: 'leave it out, or enlarge it' });
    }
    if (isKnown(allocatedStorage) && isKnown(maxAllocatedStorage) && maxAllocatedStorage <= allocatedStorage) {
      fail(this, {
        got: `maxStorageSize is ${maxAllocatedStorage} GiB`,
        allowed: `more than the ${allocatedStorage} GiB of storageSize`,
        fix: 'enlarge it, or leave it out for five times storageSize',
      });
    }
    return { allocatedStorage, maxAllocatedStorage };
  }

  private requireStandby(multiAz: boolean): boolean {
    if (!multiAz) {
      warn(this, 'RdsMysqlDatabase.noStandby',
        'multiAz is false: there is no standby, so that a failed server, a lost zone and every maintenance mean an outage. Set it to true for anything but a lab.');
    }
    return multiAz;
  }
}

/** The same instance, without security groups that the L2 of the proxy could write rules into. */
function withoutRules(
  scope: Construct, instance: rds.DatabaseInstance, engine: rds.IInstanceEngine, settings: ManagedSettings,
): rds.IDatabaseInstance {
  return rds.DatabaseInstance.fromDatabaseInstanceAttributes(scope, 'Target', {
    instanceIdentifier: instance.instanceIdentifier,
    instanceEndpointAddress: instance.dbInstanceEndpointAddress,
    port: settings.port,
    engine,
    securityGroups: [],
  });
}

function acknowledgeFindings(instance: rds.DatabaseInstance, settings: ManagedSettings, props: RdsMysqlDatabaseProps): void {
  acknowledgeMonitoringRole(instance);
  acknowledge(instance, 'AwsSolutions-RDS11',
    'The port is no secret: only security groups that allowConnectionsFrom was called with reach it (RDS11).');
  if (!settings.deletionProtection) {
    acknowledge(instance, 'AwsSolutions-RDS10', 'Deletion protection was switched off on purpose, by deletionProtection or a removalPolicy of DESTROY (RDS10).');
  }
  if (props.multiAz === false) {
    acknowledge(instance, 'AwsSolutions-RDS3', 'The standby was declined on purpose, by multiAz; the construct warns of it (RDS3).');
  }
}
