import { aws_rds as rds } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { defineCluster } from './aurora-cluster';
import { auroraEngine } from './aurora-engine';
import { auroraInstances } from './aurora-instances';
import type { AuroraMysqlDatabaseProps } from './aurora-mysql-database-props';
import { ManagedMysqlDatabase } from './managed-mysql-database';

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
export class AuroraMysqlDatabase extends ManagedMysqlDatabase {
  /** The Aurora cluster; its `clusterReadEndpoint` spreads connections over the readers. */
  public readonly cluster: rds.DatabaseCluster;

  public constructor(scope: Construct, id: string, props: AuroraMysqlDatabaseProps) {
    super(scope, id, 'AuroraMysqlDatabaseProps', props, (self, foundation) => {
      const engine = auroraEngine(props.engineVersion);
      const instances = auroraInstances(self, props, foundation.settings.vpcSubnets);
      const cluster = defineCluster(self, { engine, instances }, foundation);
      return {
        resources: { cluster },
        resource: cluster,
        endpoint: cluster.clusterEndpoint,
        proxyTarget: (proxy) => rds.ProxyTarget.fromCluster(withoutRules(proxy, cluster, engine, foundation.settings.port)),
      };
    });
    this.cluster = this.server!.cluster!;
  }
}

/** The same cluster, without security groups that the L2 of the proxy could write rules into. */
function withoutRules(scope: Construct, cluster: rds.DatabaseCluster, engine: rds.IClusterEngine, port: number): rds.IDatabaseCluster {
  return rds.DatabaseCluster.fromDatabaseClusterAttributes(scope, 'Target', {
    clusterIdentifier: cluster.clusterIdentifier,
    port,
    engine,
    securityGroups: [],
  });
}
