import { Duration, RemovalPolicy, aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_ec2 as ec2, aws_efs as efs, aws_kms as kms } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { oneWriterCapacity } from '../../ecs/capacity-providers';
import { AddressedImage } from '../../private/addressed-image';
import type { Complaint } from '../../private/errors';
import { fail, isKnown } from '../../private/errors';
import { findTokenUnitProblem, isWhole, requireWholeDuration } from '../../private/numbers';
import { privateSubnets } from '../../private/private-subnets';
import { warn } from '../../private/warnings';
import { mountTargetSubnets } from '../../storage/mount-target-subnets';
import { findDatabaseNameProblem, findServiceNameProblem, findUserNameProblem } from '../database-names';
import { findDirectoryProblem } from '../directory-paths';
import { DatabaseDumps } from '../dumps/database-dumps';
import { MysqlEngine } from '../mysql-engine';
import type { EfsBackedMysqlServiceProps } from './mysql-service-options';
import { findFlagProblem, FlagDialect, MIN_MEMORY_MIB, serverFlags } from '../server-flags';

const DEFAULT_MEMORY_MIB = 2048;
const DEFAULT_CPU = 512;
/** The memory of the largest instances, in MiB. */
const MAX_MEMORY_MIB = 33554432;
/** Fargate offers no pair of `DEFAULT_CPU` with more. */
const DEFAULT_CPU_MAX_MEMORY_MIB = 4096;

/** The default of 30 s is too short to write a buffer pool to EFS. */
const DEFAULT_STOP_TIMEOUT = Duration.seconds(120);
const MIN_STOP_SECONDS = 30;
const MAX_STOP_SECONDS_FARGATE = 120;
const MAX_STOP_SECONDS_EC2 = 600;

type AsGiven = Pick<EfsBackedMysqlServiceProps, 'cluster' | 'databaseName' | 'taskRole' | 'executionRole' | 'logGroupName'>;

/** The props with every default in place. */
export interface MysqlServiceSettings extends AsGiven {
  readonly engine: MysqlEngine;
  readonly image: ecs.ContainerImage;
  readonly command: string[];
  readonly memoryMiB: number;
  readonly cpu?: number;
  readonly stopTimeout: Duration;
  readonly applicationUser: string;
  readonly serviceName: string;
  readonly dnsTtl: Duration;
  readonly dataPath: string;
  readonly removalPolicy: RemovalPolicy;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly fileSystem?: efs.IFileSystem;
  readonly encryptionKey?: kms.IKey;
  /** The data directory as the user named it; empty where it is that of the engine. */
  readonly namedDataPath: string;
  readonly timeZoneTables: boolean;
  readonly dumps: DatabaseDumps;
}

/** Applies the defaults, and throws on what cannot work. */
export function mysqlServiceSettings(scope: IConstruct, props: EfsBackedMysqlServiceProps): MysqlServiceSettings {
  const engine = props.engine ?? MysqlEngine.MYSQL_8_4;
  const memoryMiB = props.memoryMiB ?? DEFAULT_MEMORY_MIB;
  const applicationUser = props.applicationUser ?? 'app';
  // A function of the construct path alone: what clients connect to changes with nothing else.
  const serviceName = props.serviceName ?? `mysql-${scope.node.addr.slice(-8)}`;
  const dataPath = props.storage?.dataPath ?? `/${engine._family}`;
  requireTimes(scope, props);
  const complaints = [
    findDatabaseNameProblem(props.databaseName),
    findUserNameProblem(applicationUser),
    findServiceNameProblem(serviceName),
    findMemoryProblem(memoryMiB),
    findDirectoryProblem('storage.dataPath', dataPath),
    findRemovalProblem(props.removalPolicy),
    findStopProblem(props),
    ...(props.flags ?? []).map(findFlagProblem),
  ];
  for (const complaint of complaints) {
    if (complaint) fail(scope, complaint);
  }
  // Also for a file system that is there already: the server starts in these subnets.
  mountTargetSubnets(scope, props.cluster.vpc, props.storage?.vpcSubnets);
  const { cluster, databaseName, taskRole, executionRole, logGroupName } = props;
  return {
    cluster,
    databaseName,
    taskRole,
    executionRole,
    logGroupName,
    engine,
    image: props.image ?? new AddressedImage(engine.image),
    command: command(engine, memoryMiB, props),
    memoryMiB,
    cpu: props.cpu ?? (isKnown(memoryMiB) && memoryMiB <= DEFAULT_CPU_MAX_MEMORY_MIB ? DEFAULT_CPU : undefined),
    stopTimeout: props.stopTimeout ?? DEFAULT_STOP_TIMEOUT,
    applicationUser,
    serviceName,
    dnsTtl: props.dnsTtl ?? Duration.seconds(10),
    dataPath,
    removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    vpcSubnets: props.storage?.vpcSubnets ?? privateSubnets(scope, cluster.vpc),
    fileSystem: props.storage?.fileSystem,
    encryptionKey: props.storage?.encryptionKey,
    namedDataPath: props.storage?.dataPath ?? '',
    timeZoneTables: props.timeZoneTables ?? false,
    dumps: props.dumps ?? DatabaseDumps.scheduled(),
  };
}

/** Says openly what a database of one task on EFS is not. */
export function warnOfLimits(scope: IConstruct): void {
  warn(scope, 'EfsBackedMysqlService.singleTask',
    'This database is one task on EFS: it has no standby, so every deployment and every lost zone means a minute or more without it while ECS '
    + 'starts it '
    + 'again, and each commit waits milliseconds for a network file system. For more than a lab or a small site use RdsMysqlDatabase or '
    + 'AuroraMysqlDatabase.');
}

function command(engine: MysqlEngine, memoryMiB: number, props: EfsBackedMysqlServiceProps): string[] {
  return serverFlags({
    dialect: engine._family === 'mysql' ? FlagDialect.MYSQL : FlagDialect.MARIADB,
    memoryMiB: isKnown(memoryMiB) ? memoryMiB : MIN_MEMORY_MIB,
    requireTls: props.requireTls ?? false,
    relaxedDurability: props.relaxedDurability ?? false,
    binaryLogRetention: props.binaryLogRetention,
    extraFlags: [...engine.serverFlags, ...props.flags ?? []],
  });
}

function requireTimes(scope: IConstruct, { binaryLogRetention, dnsTtl }: EfsBackedMysqlServiceProps): void {
  requireWholeDuration(scope, { name: 'binaryLogRetention', value: binaryLogRetention, min: 1, max: 4294967295, unit: 'seconds' });
  requireWholeDuration(scope, { name: 'dnsTtl', value: dnsTtl, min: 0, max: 86400, unit: 'seconds' });
}

function findMemoryProblem(memoryMiB: number): Complaint | undefined {
  if (!isKnown(memoryMiB) || isWhole(memoryMiB, MIN_MEMORY_MIB, MAX_MEMORY_MIB)) return undefined;
  return {
    got: `memoryMiB is ${memoryMiB}`,
    allowed: `at least ${MIN_MEMORY_MIB}, in whole MiB up to ${MAX_MEMORY_MIB}`,
    fix: `set memoryMiB to ${MIN_MEMORY_MIB} or more; below it the server is killed when its caches fill`,
  };
}

function findStopProblem(props: EfsBackedMysqlServiceProps): Complaint | undefined {
  const timeout = props.stopTimeout;
  const onEc2 = oneWriterCapacity(props.cluster).compatibility === ecs.Compatibility.EC2;
  const max = onEc2 ? MAX_STOP_SECONDS_EC2 : MAX_STOP_SECONDS_FARGATE;
  if (!timeout || timeout.isUnresolved()) return findTokenUnitProblem('stopTimeout', timeout, 'seconds');
  if (isWhole(timeout.toSeconds({ integral: false }), MIN_STOP_SECONDS, max)) return undefined;
  return {
    got: `stopTimeout is ${timeout.toHumanString()}`,
    allowed: `${MIN_STOP_SECONDS} to ${max} seconds on ${onEc2 ? 'EC2' : 'Fargate'} capacity`,
    fix: 'change it, or leave it out for 2 minutes; a server that is killed while it writes recovers for minutes at its next start',
  };
}

function findRemovalProblem(policy?: RemovalPolicy): Complaint | undefined {
  if (policy !== RemovalPolicy.SNAPSHOT) return undefined;
  return {
    got: 'removalPolicy is SNAPSHOT',
    allowed: 'RETAIN, RETAIN_ON_UPDATE_OR_DELETE or DESTROY',
    fix: 'use RemovalPolicy.RETAIN; CloudFormation takes no snapshots of EFS',
  };
}
