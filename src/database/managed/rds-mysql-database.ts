import { aws_rds as rds } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ManagedMysqlDatabase } from './managed-mysql-database';
import { defineInstance, resolveRdsInstance } from './rds-instance';
import type { RdsMysqlDatabaseProps } from './rds-mysql-database-props';

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
export class RdsMysqlDatabase extends ManagedMysqlDatabase {
  /** The RDS instance. */
  public readonly instance: rds.DatabaseInstance;

  public constructor(scope: Construct, id: string, props: RdsMysqlDatabaseProps) {
    super(scope, id, 'RdsMysqlDatabaseProps', props, (self, foundation) => {
      const instanceSettings = resolveRdsInstance(self, props);
      const instance = defineInstance(self, instanceSettings, foundation);
      return {
        resources: { instance },
        resource: instance,
        endpoint: instance.instanceEndpoint,
        proxyTarget: (proxy) => rds.ProxyTarget.fromInstance(withoutRules(proxy, instance, instanceSettings.engine, foundation.settings.port)),
      };
    });
    this.instance = this.server!.instance!;
  }
}

/** The same instance, without security groups that the L2 of the proxy could write rules into. */
function withoutRules(scope: Construct, instance: rds.DatabaseInstance, engine: rds.IInstanceEngine, port: number): rds.IDatabaseInstance {
  return rds.DatabaseInstance.fromDatabaseInstanceAttributes(scope, 'Target', {
    instanceIdentifier: instance.instanceIdentifier,
    instanceEndpointAddress: instance.dbInstanceEndpointAddress,
    port,
    engine,
    securityGroups: [],
  });
}
