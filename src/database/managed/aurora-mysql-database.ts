import { RemovalPolicy, aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import type { aws_secretsmanager as secretsmanager, aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { defineAccess, openTo } from './access';
import { auroraInstances } from './aurora-instances';
import type { AuroraInstances, AuroraServerlessCapacity } from './aurora-instances';
import { acknowledgeMonitoringRole, insights, MONITORING_INTERVAL } from './insights';
import { EXPORTED_LOGS, ManagedLogs } from './logs';
import type { ManagedMysqlDatabaseProps } from './managed-database-props';
import { databaseSecurityGroup } from './network';
import { clusterParameters } from './parameters';
import { retention } from './retention';
import { ManagedSecrets } from './secrets';
import { ADMINISTRATOR, managedSettings } from './settings';
import type { ManagedSettings } from './settings';
import { acknowledge } from '../../private/acknowledge';
import type { IMysqlDatabase, MysqlServerResources, MysqlUserProvisioning } from '../mysql-database';

/** Properties of an `AuroraMysqlDatabase`. */
export interface AuroraMysqlDatabaseProps extends ManagedMysqlDatabaseProps {
  /**
   * The version of Aurora MySQL. RDS installs newer minor versions in the maintenance window by itself.
   * @default rds.AuroraMysqlEngineVersion.VER_3_12_0
   */
  readonly engineVersion?: rds.AuroraMysqlEngineVersion;

  /**
   * The type of every server. Not together with `serverlessV2`.
   * @default - r7g.large
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Servers that grow and shrink with the load instead of having a type. `{}` takes its defaults.
   * @default - servers of `instanceType`
   */
  readonly serverlessV2?: AuroraServerlessCapacity;

  /**
   * How many readers there are beside the writer, 0 to 15. The first is the one that takes over; with 0 there is none.
   * @default 1
   */
  readonly readers?: number;
}

/**
 * Amazon Aurora MySQL: a writer, and a reader in another zone that becomes the writer within a minute when the writer or its zone is lost.
 *
 * The data lies in three zones whatever the servers do. Storage and connections are encrypted, backups reach back 14 days, errors and slow queries are in
 * CloudWatch for a month, and RDS refuses to delete it. Applications connect to the writer; after a failover they must reconnect and resolve the name again.
 *
 * Throws on names, ports, counts and times that RDS refuses, and on public subnets or subnets in one zone only.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
 * @example
 * declare const vpc: ec2.IVpc;
 * new AuroraMysqlDatabase(this, 'Database', { vpc, databaseName: 'shop' });
 */
export class AuroraMysqlDatabase extends Construct implements IMysqlDatabase {
  /** The host name of the writer, or of the proxy in front of it. */
  readonly host: string;

  /** The port of the cluster, or of the proxy in front of it. */
  readonly port: number;

  /** The name of the database (schema). */
  readonly databaseName: string;

  /** The credentials of the application user. */
  readonly secret: secretsmanager.ISecret;

  /** The credentials of the administrator. Give them to no application. */
  readonly administratorSecret: secretsmanager.ISecret;

  /** The program that defines the application user; undefined when somebody else does. */
  readonly userProvisioning?: MysqlUserProvisioning;

  /** The security group that applications connect to, of the cluster or of the proxy, with the database port as its default port. */
  readonly connections: ec2.Connections;

  /** The Aurora cluster; its `clusterReadEndpoint` spreads connections over the readers. */
  readonly cluster: rds.DatabaseCluster;

  /** The proxy; undefined without one. */
  readonly proxy?: rds.DatabaseProxy;

  /** The SSM parameter with the host name. */
  readonly hostParameter: ssm.IStringParameter;

  /** The SSM parameter with the port. */
  readonly portParameter: ssm.IStringParameter;

  /** The SSM parameter with the name of the database. */
  readonly databaseNameParameter: ssm.IStringParameter;

  constructor(scope: Construct, id: string, props: AuroraMysqlDatabaseProps) {
    super(scope, id);

    const settings = managedSettings(this, props);
    const instances = auroraInstances(this, props, settings.vpcSubnets);
    const retained = retention(settings.removalPolicy);
    const securityGroup = databaseSecurityGroup(this, props.vpc, retained.surroundings);
    const secrets = new ManagedSecrets(this, 'Secrets', {
      applicationUser: settings.applicationUser, encryptionKey: props.encryptionKey, removalPolicy: retained.records,
    });
    const engine = rds.DatabaseClusterEngine.auroraMysql({ version: props.engineVersion ?? rds.AuroraMysqlEngineVersion.VER_3_12_0 });

    this.cluster = this.defineCluster(props, settings, instances, engine, securityGroup, secrets);
    const access = defineAccess(this, props, {
      resource: this.cluster,
      endpoint: this.cluster.clusterEndpoint,
      proxyTarget: (proxy) => rds.ProxyTarget.fromCluster(withoutRules(proxy, this.cluster, engine, settings)),
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
    return { administratorSecret: this.administratorSecret, cluster: this.cluster };
  }

  /**
   * Lets `consumer` connect to the database. Both rules land in the consumer's stack.
   *
   * @param consumer - the application, or anything else with security groups.
   */
  public allowConnectionsFrom(consumer: ec2.IConnectable): void {
    openTo(this, consumer);
  }

  private defineCluster(
    props: AuroraMysqlDatabaseProps, settings: ManagedSettings, instances: AuroraInstances, engine: rds.IClusterEngine,
    securityGroup: ec2.ISecurityGroup, secrets: ManagedSecrets,
  ): rds.DatabaseCluster {
    const { database, records, surroundings } = retention(settings.removalPolicy);
    const logs = new ManagedLogs(this, 'Logs', {
      prefix: `/aws/rds/cluster/${settings.identifier}`, retention: settings.logRetention, removalPolicy: records,
    });
    const cluster = new rds.DatabaseCluster(this, 'Cluster', {
      engine,
      clusterIdentifier: settings.identifier,
      defaultDatabaseName: props.databaseName,
      credentials: rds.Credentials.fromSecret(secrets.administrator, ADMINISTRATOR),
      vpc: props.vpc,
      vpcSubnets: settings.vpcSubnets,
      subnetGroup: new rds.SubnetGroup(this, 'Subnets', {
        description: 'Managed database', vpc: props.vpc, vpcSubnets: settings.vpcSubnets, removalPolicy: surroundings,
      }),
      securityGroups: [securityGroup],
      port: settings.port,
      ...instances.props,
      storageEncrypted: true,
      storageEncryptionKey: props.encryptionKey,
      parameterGroup: clusterParameters(this, { ...settings, engine, removalPolicy: surroundings }),
      iamAuthentication: settings.iamAuthentication,
      backup: { retention: settings.backupRetention },
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: database === RemovalPolicy.DESTROY,
      deletionProtection: settings.deletionProtection,
      removalPolicy: database,
      engineLifecycleSupport: rds.EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT_DISABLED,
      cloudwatchLogsExports: EXPORTED_LOGS,
      monitoringInterval: MONITORING_INTERVAL,
      monitoringRole: props.monitoringRole,
      enableClusterLevelEnhancedMonitoring: false,
      ...insights(instances.canHaveInsights),
    });
    // RDS would make the log groups itself, without a retention.
    cluster.node.addDependency(logs);
    acknowledgeFindings(cluster, settings);
    return cluster;
  }
}

/** The same cluster, without security groups that the L2 of the proxy could write rules into. */
function withoutRules(
  scope: Construct, cluster: rds.DatabaseCluster, engine: rds.IClusterEngine, settings: ManagedSettings,
): rds.IDatabaseCluster {
  return rds.DatabaseCluster.fromDatabaseClusterAttributes(scope, 'Target', {
    clusterIdentifier: cluster.clusterIdentifier,
    port: settings.port,
    engine,
    securityGroups: [],
  });
}

function acknowledgeFindings(cluster: rds.DatabaseCluster, settings: ManagedSettings): void {
  acknowledgeMonitoringRole(cluster);
  acknowledge(cluster, 'AwsSolutions-RDS11',
    'The port is no secret: only security groups that allowConnectionsFrom was called with reach it (RDS11).');
  acknowledge(cluster, 'AwsSolutions-RDS14',
    'Backtrack rewinds the whole cluster in place and is paid per change; every second of the backup retention can be restored beside it instead (RDS14).');
  if (!settings.deletionProtection) {
    acknowledge(cluster, 'AwsSolutions-RDS10', 'Deletion protection was switched off on purpose, by deletionProtection or a removalPolicy of DESTROY (RDS10).');
  }
}
