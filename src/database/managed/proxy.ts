import { Duration, aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import type { RemovalPolicy, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import type { ManagedProxyOptions } from './managed-database-props';
import type { ManagedSettings } from './settings';
import { MYSQL_PORT } from '../../private/aws/engine-ports';
import { boundedLogGroup } from '../../private/log-group';
import { openPath } from '../../private/open-paths';
import { closedSecurityGroup } from '../../private/security-group';

/** RDS Proxy listens on the port of its engine family, whatever the server behind it does. */
export const PROXY_PORT = MYSQL_PORT;

/** What a proxy stands in front of, and how it is to be. */
export interface ManagedProxyProps {
  readonly options: ManagedProxyOptions;
  readonly vpc: ec2.IVpc;
  readonly settings: ManagedSettings;
  /** The target without security groups: the L2 would open it on a port that is only known at deployment. */
  readonly target: (scope: Construct) => rds.ProxyTarget;
  readonly database: ec2.IConnectable & IDependable;
  readonly secrets: secretsmanager.ISecret[];
  readonly records: RemovalPolicy;
}

/** RDS Proxy between the application and a managed database, and the only way to that database. */
export class ManagedProxy extends Construct {
  public readonly proxy: rds.DatabaseProxy;
  public readonly connections: ec2.Connections;

  public constructor(scope: Construct, id: string, props: ManagedProxyProps) {
    super(scope, id);

    const { settings, options } = props;
    const securityGroup = closedSecurityGroup(this, 'SecurityGroup', props.vpc, 'Proxy in front of the database');
    this.connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(PROXY_PORT) });
    openPath(this, { source: this, target: props.database, port: settings.port, why: 'Proxy connects to the database' });

    const logGroup = boundedLogGroup(this, 'Logs', {
      logGroupName: `/aws/rds/proxy/${settings.identifier}`,
      retention: settings.logRetention,
      removalPolicy: props.records,
    });
    this.proxy = new rds.DatabaseProxy(this, 'Proxy', {
      proxyTarget: props.target(this),
      dbProxyName: settings.identifier,
      vpc: props.vpc,
      vpcSubnets: settings.vpcSubnets,
      securityGroups: [securityGroup],
      secrets: props.secrets,
      role: options.role,
      requireTLS: settings.requireTls,
      iamAuth: false,
      debugLogging: false,
      // Otherwise clients are asked for mysql_native_password, which MySQL 9 clients no longer have.
      clientPasswordAuthType: rds.ClientPasswordAuthType.MYSQL_CACHING_SHA2_PASSWORD,
      maxConnectionsPercent: options.maxConnectionsPercent ?? 100,
      idleClientTimeout: options.idleClientTimeout ?? Duration.minutes(30),
    });
    this.proxy.node.addDependency(props.database, logGroup);
    this.letTargetsWaitForTheWay(props.database);
  }

  /** The pool fills when the targets register: by then the proxy must be able to read the passwords and to reach the server. */
  private letTargetsWaitForTheWay(database: ec2.IConnectable): void {
    const role = this.proxy.node.tryFindChild('IAMRole');
    const groups = [...this.connections.securityGroups, ...database.connections.securityGroups];
    this.proxy.node.findChild('ProxyTargetGroup').node.addDependency(...groups, ...role ? [role] : []);
  }
}
