import { RemovalPolicy, aws_rds as rds } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ManagedFoundation } from './access';
import type { AuroraInstances } from './aurora-instances';
import { acknowledgeMonitoringRole, insights, MONITORING_INTERVAL } from './insights';
import { EXPORTED_LOGS, ManagedLogs } from './logs';
import { clusterParameters } from './parameters';
import { ADMINISTRATOR } from './settings';
import { acknowledge } from '../../private/acknowledge';

/** What was decided about an Aurora cluster alone. */
export interface AuroraClusterSettings {
  readonly engine: rds.IClusterEngine;
  readonly instances: AuroraInstances;
}

/** Defines the cluster with its writer and its readers. */
export function defineCluster(
  scope: Construct, { engine, instances }: AuroraClusterSettings, { settings, retained, securityGroup, secrets }: ManagedFoundation,
): rds.DatabaseCluster {
  const logs = new ManagedLogs(scope, 'Logs', {
    prefix: `/aws/rds/cluster/${settings.identifier}`, retention: settings.logRetention, removalPolicy: retained.records,
  });
  const cluster = new rds.DatabaseCluster(scope, 'Cluster', {
    engine,
    clusterIdentifier: settings.identifier,
    defaultDatabaseName: settings.databaseName,
    credentials: rds.Credentials.fromSecret(secrets.administrator, ADMINISTRATOR),
    vpc: settings.vpc,
    vpcSubnets: settings.vpcSubnets,
    subnetGroup: new rds.SubnetGroup(scope, 'Subnets', {
      description: 'Managed database', vpc: settings.vpc, vpcSubnets: settings.vpcSubnets, removalPolicy: retained.surroundings,
    }),
    securityGroups: [securityGroup],
    port: settings.port,
    ...instances.props,
    storageEncrypted: true,
    storageEncryptionKey: settings.encryptionKey,
    parameterGroup: clusterParameters(scope, { ...settings, engine, removalPolicy: retained.surroundings }),
    iamAuthentication: settings.iamAuthentication,
    backup: { retention: settings.backupRetention },
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: retained.database === RemovalPolicy.DESTROY,
    deletionProtection: settings.deletionProtection,
    removalPolicy: retained.database,
    engineLifecycleSupport: rds.EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT_DISABLED,
    cloudwatchLogsExports: EXPORTED_LOGS,
    monitoringInterval: MONITORING_INTERVAL,
    monitoringRole: settings.monitoringRole,
    enableClusterLevelEnhancedMonitoring: false,
    ...insights(instances.canHaveInsights),
  });
  // RDS would make the log groups itself, without a retention.
  cluster.node.addDependency(logs);
  acknowledgeFindings(cluster, settings.deletionProtection);
  return cluster;
}

function acknowledgeFindings(cluster: rds.DatabaseCluster, deletionProtection: boolean): void {
  acknowledgeMonitoringRole(cluster);
  acknowledge(cluster, 'AwsSolutions-RDS11',
    'The port is no secret: only security groups that allowConnectionsFrom was called with reach it.');
  acknowledge(cluster, 'AwsSolutions-RDS14',
    'Backtrack rewinds the whole cluster in place and is paid per change; every second of the backup retention can be restored beside it instead.');
  if (!deletionProtection) {
    acknowledge(
      cluster,
      'AwsSolutions-RDS10',
      'Deletion protection was switched off on purpose, by deletionProtection or a removalPolicy of DESTROY.',
    );
  }
}
