import type { aws_ec2 as ec2, aws_rds as rds, aws_secretsmanager as secretsmanager, aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { defineAccess } from './access';
import type { ManagedFoundation, ManagedServer } from './access';
import type { ManagedMysqlDatabaseProps } from './managed-database-props';
import { databaseSecurityGroup } from './network';
import { retention } from './retention';
import { ManagedSecrets } from './secrets';
import { resolveManagedSettings } from './settings';
import { requireInput } from '../../private/input/require-input';
import { keepUnlessNew } from '../../private/kept';
import type { IMysqlDatabase, MysqlServerResources, MysqlUserProvisioning } from '../mysql-database';
import { openToConsumer } from '../open-to-consumer';

/** The part of a managed database that its engine decides. */
export type DefineServer = (scope: Construct, foundation: ManagedFoundation) =>
ManagedServer & { readonly resources: Pick<MysqlServerResources, 'instance' | 'cluster'> };

/**
 * What the managed databases have in common; its members appear on each of them.
 *
 * @internal
 */
export abstract class ManagedMysqlDatabase extends Construct implements IMysqlDatabase {
  /** The host name of the server that takes writes, or of the proxy in front of it. */
  public readonly host: string;

  /** The port of the server, or of the proxy in front of it. */
  public readonly port: number;

  /** The name of the database (schema). */
  public readonly databaseName: string;

  /** The credentials of the application user. */
  public readonly secret: secretsmanager.ISecret;

  /** The credentials of the administrator. Give them to no application. */
  public readonly administratorSecret: secretsmanager.ISecret;

  /** The program that defines the application user; undefined when somebody else does. */
  public readonly userProvisioning?: MysqlUserProvisioning;

  /** The security group that applications connect to, of the server or of the proxy, with the database port as its default port. */
  public readonly connections: ec2.Connections;

  /** The proxy; undefined without one. */
  public readonly proxy?: rds.DatabaseProxy;

  /** The SSM parameter with the host name. */
  public readonly hostParameter: ssm.IStringParameter;

  /** The SSM parameter with the port. */
  public readonly portParameter: ssm.IStringParameter;

  /** The SSM parameter with the name of the database. */
  public readonly databaseNameParameter: ssm.IStringParameter;

  /** What the server is made of. */
  public readonly server?: MysqlServerResources;

  public constructor(scope: Construct, id: string, struct: string, props: ManagedMysqlDatabaseProps, defineServer: DefineServer) {
    super(scope, id);
    requireInput(this, struct, props);

    const settings = resolveManagedSettings(this, props);
    const retained = retention(settings.removalPolicy);
    const foundation = {
      settings,
      retained,
      securityGroup: databaseSecurityGroup(this, settings.vpc, retained.surroundings),
      secrets: new ManagedSecrets(this, 'Secrets', {
        applicationUser: settings.applicationUser, encryptionKey: settings.encryptionKey, removalPolicy: retained.records,
      }),
    };
    const server = defineServer(this, foundation);
    const access = defineAccess(this, foundation, server);
    // A server that is protected is not deleted with a deployment that failed either: trying to would leave the stack in ROLLBACK_FAILED.
    if (!settings.deletionProtection) keepUnlessNew(this);

    this.host = access.host;
    this.port = access.port;
    this.databaseName = settings.databaseName;
    this.secret = access.secret;
    this.administratorSecret = access.administratorSecret;
    this.userProvisioning = access.userProvisioning;
    this.connections = access.connections;
    this.proxy = access.proxy;
    this.hostParameter = access.parameters.host;
    this.portParameter = access.parameters.port;
    this.databaseNameParameter = access.parameters.databaseName;
    this.server = { ...server.resources, administratorSecret: access.administratorSecret };
  }

  /**
   * Lets `consumer` connect to the database. Both rules land in the consumer's stack.
   *
   * @param consumer - the application, or anything else with security groups.
   */
  public allowConnectionsFrom(consumer: ec2.IConnectable): void {
    openToConsumer(this, consumer);
  }
}
