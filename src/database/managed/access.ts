import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { aws_rds as rds, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { EndpointParameters } from '../endpoint-parameters';
import { ManagedProxy, PROXY_PORT } from './proxy';
import type { Retention } from './retention';
import type { ManagedSecrets } from './secrets';
import type { ManagedSettings } from './settings';
import { userProvisioning } from './user-provisioning';
import type { MysqlUserProvisioning } from '../mysql-database';

/** What a managed database is built on, whatever engine it has. */
export interface ManagedFoundation {
  readonly settings: ManagedSettings;
  readonly retained: Retention;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly secrets: ManagedSecrets;
}

/** A server that was defined. */
export interface ManagedServer {
  readonly resource: IConstruct & ec2.IConnectable & secretsmanager.ISecretAttachmentTarget & { readonly secret?: secretsmanager.ISecret };
  readonly endpoint: rds.Endpoint;
  readonly proxyTarget: (scope: Construct) => rds.ProxyTarget;
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
export function defineAccess(scope: Construct, foundation: ManagedFoundation, server: ManagedServer): ManagedAccess {
  const { settings, secrets } = foundation;
  const application = secrets.application.attach(server.resource);
  const administratorSecret = server.resource.secret ?? secrets.administrator;
  const entrance = settings.proxy
    ? proxyEntrance(scope, foundation, server, [administratorSecret, application])
    : serverEntrance(foundation, server, application);
  return {
    ...entrance,
    administratorSecret,
    parameters: new EndpointParameters(scope, 'Endpoint', { ...entrance, databaseName: settings.databaseName }),
    userProvisioning: settings.clientImage === undefined ? undefined : userProvisioning({
      image: settings.clientImage,
      host: entrance.host,
      port: entrance.port,
      databaseName: settings.databaseName,
      applicationUser: settings.applicationUser,
      administratorSecret,
      applicationSecret: entrance.secret,
    }),
  };
}

/** Where applications enter. */
interface Entrance {
  readonly host: string;
  readonly port: number;
  readonly secret: secretsmanager.ISecret;
  readonly connections: ec2.Connections;
  readonly proxy?: rds.DatabaseProxy;
}

function serverEntrance({ settings, securityGroup }: ManagedFoundation, server: ManagedServer, secret: secretsmanager.ISecret): Entrance {
  const { port } = settings;
  const connections = new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(port) });
  return { host: server.endpoint.hostname, port, secret, connections };
}

function proxyEntrance(
  scope: Construct, { settings, retained, secrets }: ManagedFoundation, server: ManagedServer, proxied: secretsmanager.ISecret[],
): Entrance {
  const { proxy, connections } = new ManagedProxy(scope, 'Proxy', {
    options: settings.proxy ?? {},
    vpc: settings.vpc,
    settings,
    target: server.proxyTarget,
    database: server.resource,
    secrets: proxied,
    records: retained.records,
  });
  const host = proxy.endpoint;
  const port = PROXY_PORT;
  return { host, port, connections, proxy, secret: secrets.throughProxy({ host, port, databaseName: settings.databaseName }) };
}
