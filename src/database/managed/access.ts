import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { aws_rds as rds, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { EndpointParameters } from '../endpoint-parameters';
import type { ManagedMysqlDatabaseProps } from './managed-database-props';
import { ManagedProxy, PROXY_PORT } from './proxy';
import type { Retention } from './retention';
import type { ManagedSecrets } from './secrets';
import type { ManagedSettings } from './settings';
import { userProvisioning } from './user-provisioning';
import { openPath } from '../../private/open-paths';
import type { IMysqlDatabase, MysqlUserProvisioning } from '../mysql-database';

/** A server that is there, and what led to it. */
export interface ManagedServer {
  readonly resource: IConstruct & ec2.IConnectable & secretsmanager.ISecretAttachmentTarget & { readonly secret?: secretsmanager.ISecret };
  readonly endpoint: rds.Endpoint;
  readonly proxyTarget: (scope: Construct) => rds.ProxyTarget;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly secrets: ManagedSecrets;
  readonly settings: ManagedSettings;
  readonly retained: Retention;
}

/** All by which a managed database is reached. */
export interface ManagedAccess {
  readonly host: string;
  readonly port: number;
  readonly secret: secretsmanager.ISecret;
  readonly administratorSecret: secretsmanager.ISecret;
  readonly connections: ec2.Connections;
  readonly proxy?: rds.DatabaseProxy;
  readonly parameters: EndpointParameters;
  readonly userProvisioning?: MysqlUserProvisioning;
}

/** Defines how applications get to `server`: by itself, or through a proxy if one is wanted. */
export function defineAccess(scope: Construct, props: ManagedMysqlDatabaseProps, server: ManagedServer): ManagedAccess {
  const application = server.secrets.application.attach(server.resource);
  const administratorSecret = server.resource.secret ?? server.secrets.administrator;
  const entrance = props.proxy
    ? proxyEntrance(scope, props, server, [administratorSecret, application])
    : serverEntrance(server, application);
  const { settings } = server;
  return {
    ...entrance,
    administratorSecret,
    parameters: new EndpointParameters(scope, 'Endpoint', { ...entrance, databaseName: props.databaseName }),
    userProvisioning: settings.clientImage === undefined ? undefined : userProvisioning({
      image: settings.clientImage,
      host: entrance.host,
      port: entrance.port,
      databaseName: props.databaseName,
      applicationUser: settings.applicationUser,
      administratorSecret,
      applicationSecret: entrance.secret,
    }),
  };
}

/** Opens `database` to `consumer`, from the consumer's side: both rules land in the consumer's stack. */
export function openTo(database: IMysqlDatabase, consumer: ec2.IConnectable): void {
  openPath(database, { source: consumer, target: database, port: database.port, why: 'Application connects to the database' });
}

/** Where applications enter. */
interface Entrance {
  readonly host: string;
  readonly port: number;
  readonly secret: secretsmanager.ISecret;
  readonly connections: ec2.Connections;
  readonly proxy?: rds.DatabaseProxy;
}

function serverEntrance(server: ManagedServer, secret: secretsmanager.ISecret): Entrance {
  const { port } = server.settings;
  const connections = new ec2.Connections({ securityGroups: [server.securityGroup], defaultPort: ec2.Port.tcp(port) });
  return { host: server.endpoint.hostname, port, secret, connections };
}

function proxyEntrance(
  scope: Construct, props: ManagedMysqlDatabaseProps, server: ManagedServer, secrets: secretsmanager.ISecret[],
): Entrance {
  const { proxy, connections } = new ManagedProxy(scope, 'Proxy', {
    options: props.proxy ?? {},
    vpc: props.vpc,
    settings: server.settings,
    target: server.proxyTarget,
    database: server.resource,
    secrets,
    records: server.retained.records,
  });
  const host = proxy.endpoint;
  const port = PROXY_PORT;
  return { host, port, connections, proxy, secret: server.secrets.throughProxy({ host, port, databaseName: props.databaseName }) };
}
