import type { Duration } from 'aws-cdk-lib';
import { isKnown } from '../private/errors';
import type { Complaint } from '../private/errors';

/** The least memory a server with InnoDB starts and survives on. */
export const MIN_MEMORY_MIB = 1024;

/** The server rounds the buffer pool up to whole chunks of this size, so that any other figure takes more memory than was meant. */
const BUFFER_POOL_CHUNK_MIB = 128;

/** Below this the performance schema takes memory that the buffer pool needs more. */
const PERFORMANCE_SCHEMA_MIN_MIB = 2048;

/** Which of the two servers reads the flags. */
export enum FlagDialect { MYSQL, MARIADB }

/** All that decides the server's command line. */
export interface FlagInputs {
  readonly dialect: FlagDialect;
  readonly memoryMiB: number;
  readonly requireTls: boolean;
  readonly relaxedDurability: boolean;
  readonly binaryLogRetention?: Duration;
  readonly extraFlags: string[];
}

/** The server's command line; the image's entry point puts the server program in front of a command that begins with a dash. */
export function serverFlags(inputs: FlagInputs): string[] {
  return [
    `--innodb-buffer-pool-size=${bufferPoolMiB(inputs.memoryMiB)}M`,
    `--innodb-flush-log-at-trx-commit=${inputs.relaxedDurability ? 2 : 1}`,
    // NFS does not promise that a page of 16 KiB is written whole.
    '--innodb-doublewrite=ON',
    // Neither libaio nor io_uring is dependable on NFS or under a container's seccomp profile.
    '--innodb-use-native-aio=0',
    // Relative to the data directory, hence the container's own /tmp: over NFS it slows the first start beyond MariaDB's 30 s limit.
    '--innodb-temp-data-file-path=../../../tmp/ibtmp1:12M:autoextend:max:1G',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    ...binaryLogFlags(inputs.binaryLogRetention),
    ...inputs.dialect === FlagDialect.MYSQL ? mysqlOnlyFlags(inputs.memoryMiB) : [],
    ...inputs.requireTls ? ['--require-secure-transport=ON'] : [],
    ...inputs.extraFlags,
  ];
}

/** The share of the container's memory that caches table pages, in whole chunks. */
export function bufferPoolMiB(memoryMiB: number): number {
  const share = memoryMiB < 2048 ? 0.25 : memoryMiB <= 8192 ? 0.5 : 0.6;
  return Math.max(1, Math.floor(memoryMiB * share / BUFFER_POOL_CHUNK_MIB)) * BUFFER_POOL_CHUNK_MIB;
}

/** What is wrong with a flag the user adds, or undefined when nothing is or it is not known yet. */
export function findFlagProblem(flag: string): Complaint | undefined {
  if (!isKnown(flag)) return undefined;
  if (!/^--[a-z][a-z0-9_-]*(=\S*)?$/i.test(flag)) {
    return {
      got: `the server flag is '${flag}'`,
      allowed: 'one option as --name or --name=value, without spaces',
      fix: 'write each flag as an element of its own; the image drops values with spaces while it installs the data directory',
    };
  }
  const refused = REFUSED_FLAGS.find((each) => each.pattern.test(normalized(flag)));
  return refused && { got: `the server flag is '${flag}'`, allowed: 'a flag that this database can run with', fix: `leave it out: ${refused.why}` };
}

const REFUSED_FLAGS = [
  { pattern: /^default-authentication-plugin/, why: 'MySQL 8.4 removed it and does not start with it' },
  {
    pattern: /^mysql-native-password|mysql_native_password/,
    why: 'the method is off in MySQL 8.4 and gone in 9.0; clients speak caching_sha2_password',
  },
  { pattern: /^skip-host-cache/, why: 'MySQL 8.4 removed it and does not start with it' },
  { pattern: /^innodb-dedicated-server/, why: 'it sizes the buffer pool by the memory of the host, not of the container' },
  { pattern: /^innodb-flush-method=(o_direct_no_fsync|nosync|littlesync)$/, why: 'it skips the fsync that makes a commit durable on NFS' },
  {
    pattern: /^(datadir|port|socket|bind-address|skip-networking|user)(=|$)/,
    why: 'the file system, the security groups and the health check rely on it',
  },
  {
    pattern: /^(require-secure-transport=(off|0|false)|skip-require-secure-transport|disable-ssl|skip-ssl|ssl=(off|0|false))/,
    why: 'whether clients must use TLS is what requireTls says',
  },
  {
    pattern: /^innodb-flush-log-at-trx-commit=(?!1$)/,
    why: 'commits that may be lost in a crash are what relaxedDurability says, in the open',
  },
  { pattern: /^(innodb-doublewrite=(?!on$|1$|true$)|(skip|disable)-innodb-doublewrite)/, why: 'NFS does not promise that a page is written whole' },
  { pattern: /^(external-locking|innodb-read-only|skip-grant-tables)/, why: 'one server writes to the data directory, and every login is checked' },
];

function binaryLogFlags(retention?: Duration): string[] {
  if (retention === undefined) return ['--skip-log-bin'];
  return ['--log-bin=binlog', '--sync-binlog=1', `--binlog-expire-logs-seconds=${retention.toSeconds()}`];
}

function mysqlOnlyFlags(memoryMiB: number): string[] {
  return ['--mysqlx=OFF', ...memoryMiB < PERFORMANCE_SCHEMA_MIN_MIB ? ['--performance-schema=OFF'] : []];
}

function normalized(flag: string): string {
  const [name, ...value] = flag.slice(2).toLowerCase().split('=');
  return [name.replace(/_/g, '-').replace(/^loose-/, ''), ...value].join('=');
}
