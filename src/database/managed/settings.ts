import { Duration, RemovalPolicy, aws_logs as logs } from 'aws-cdk-lib';
import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { findDatabaseNameProblem, findUserNameProblem } from '../database-names';
import { findImageProblem } from '../image-reference';
import { databaseIdentifier, findIdentifierProblem } from './identifier';
import type { ManagedMysqlDatabaseProps, ManagedProxyOptions } from './managed-database-props';
import { databaseSubnets } from './network';
import { MYSQL_PORT } from '../../private/aws/engine-ports';
import { claimName } from '../../private/claims';
import type { Complaint } from '../../private/errors';
import { fail, isKnown } from '../../private/errors';
import { findTokenUnitProblem, findWholeNumberProblem, isWhole, requireWhole, requireWholeDuration } from '../../private/numbers';
import { MysqlEngine } from '../mysql-engine';

/** The administrator of every managed database. */
export const ADMINISTRATOR = 'dbadmin';

const LOWEST_PORT = 1150;
const HIGHEST_PORT = 65535;
const MAX_BACKUP_DAYS = 35;
const TLS_PARAMETER = 'require_secure_transport';

/** All that was decided about a managed database, whatever engine it has. */
export interface ManagedSettings extends Pick<ManagedMysqlDatabaseProps, 'vpc' | 'databaseName' | 'encryptionKey' | 'monitoringRole' | 'proxy'> {
  readonly applicationUser: string;
  readonly clientImage?: string;
  readonly port: number;
  readonly requireTls: boolean;
  readonly iamAuthentication: boolean;
  readonly parameters: Record<string, string>;
  readonly backupRetention: Duration;
  readonly removalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
  readonly logRetention: logs.RetentionDays;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly identifier: string;
}

/** Applies the defaults, and throws on what cannot work. */
export function resolveManagedSettings(scope: IConstruct, props: ManagedMysqlDatabaseProps): ManagedSettings {
  const applicationUser = props.applicationUser ?? 'app';
  const clientImage = props.clientImage ?? MysqlEngine.MYSQL_8_4.image;
  const backupRetention = props.backupRetention ?? Duration.days(14);
  const removalPolicy = props.removalPolicy ?? RemovalPolicy.SNAPSHOT;
  const port = props.port ?? MYSQL_PORT;
  requireProxy(scope, props.proxy);
  const complaints = [
    findDatabaseNameProblem(props.databaseName),
    findUserNameProblem(applicationUser),
    findAdministratorProblem(applicationUser),
    findImageProblem(clientImage),
    findPortProblem(port),
    findBackupProblem(backupRetention),
    findParameterProblem(props.parameters),
    findIdentifierProblem(props.identifier),
    findRemovalProblem(removalPolicy),
  ];
  for (const complaint of complaints) {
    if (complaint) fail(scope, complaint);
  }
  claimName(scope, {
    prop: 'identifier', value: props.identifier, allowed: 'a name of its own for each database', fix: 'choose another identifier, or leave it out',
  });
  return {
    vpc: props.vpc,
    databaseName: props.databaseName,
    encryptionKey: props.encryptionKey,
    monitoringRole: props.monitoringRole,
    proxy: props.proxy,
    applicationUser,
    clientImage: props.provisionApplicationUser ?? true ? clientImage : undefined,
    port,
    requireTls: props.requireTls ?? true,
    iamAuthentication: props.iamAuthentication ?? true,
    parameters: props.parameters ?? {},
    backupRetention,
    removalPolicy,
    deletionProtection: props.deletionProtection ?? removalPolicy !== RemovalPolicy.DESTROY,
    logRetention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
    vpcSubnets: databaseSubnets(scope, props.vpc, props.vpcSubnets),
    identifier: props.identifier ?? databaseIdentifier(scope),
  };
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html */
function requireProxy(scope: IConstruct, proxy: ManagedProxyOptions = {}): void {
  requireWhole(scope, { name: 'proxy.maxConnectionsPercent', value: proxy.maxConnectionsPercent, min: 1, max: 100, fix: 'leave it out for 100' });
  requireWholeDuration(scope, { name: 'proxy.idleClientTimeout', value: proxy.idleClientTimeout, min: 1, max: 28800, unit: 'seconds' });
}

function findAdministratorProblem(applicationUser: string): Complaint | undefined {
  if (!isKnown(applicationUser) || applicationUser.toLowerCase() !== ADMINISTRATOR) return undefined;
  return {
    got: `applicationUser is '${applicationUser}', the administrator of the database`,
    allowed: `any name but ${ADMINISTRATOR}`,
    fix: 'name the user after the application, which must not log in as the administrator',
  };
}

function findPortProblem(port: number): Complaint | undefined {
  return findWholeNumberProblem({ name: 'port', value: port, min: LOWEST_PORT, max: HIGHEST_PORT, fix: `leave it out for ${MYSQL_PORT}` });
}

function findBackupProblem(retention: Duration): Complaint | undefined {
  if (retention.isUnresolved()) return findTokenUnitProblem('backupRetention', retention, 'days');
  const days = retention.toDays({ integral: false });
  if (isWhole(days, 1, MAX_BACKUP_DAYS)) return undefined;
  return {
    got: `backupRetention is ${days} day(s)`,
    allowed: `1 to ${MAX_BACKUP_DAYS} whole days`,
    fix: 'choose one of them; zero would switch the backups off',
  };
}

function findRemovalProblem(policy: RemovalPolicy): Complaint | undefined {
  if (policy !== RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE) return undefined;
  return {
    got: 'removalPolicy is RETAIN_ON_UPDATE_OR_DELETE',
    allowed: 'SNAPSHOT, RETAIN or DESTROY',
    fix: 'use RemovalPolicy.RETAIN; the servers of a cluster would be deleted while the cluster stays',
  };
}

function findParameterProblem(parameters: Record<string, string> = {}): Complaint | undefined {
  if (!(TLS_PARAMETER in parameters)) return undefined;
  return {
    got: `parameters sets ${TLS_PARAMETER} to '${parameters[TLS_PARAMETER]}'`,
    allowed: 'any other parameter',
    fix: 'set requireTls instead; RDS and Aurora write the value differently',
  };
}
