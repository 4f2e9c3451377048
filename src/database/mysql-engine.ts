import { Token } from 'aws-cdk-lib';
import { findImageProblem } from './image-reference';
import { findFlagProblem } from './server-flags';
import { failAt, isKnown } from '../private/errors';
import type { Complaint } from '../private/errors';
import { requireOptions } from '../private/input/require-input';
import { requireWhole } from '../private/numbers';

/** The two servers that speak the MySQL protocol; each has its own image conventions, flags and programs. */
export type MysqlFamily = 'mysql' | 'mariadb';

/** Another version or build of MySQL or MariaDB, for `MysqlEngine.of`. */
export interface MysqlEngineOptions {
  /** The engine that it is another version or build of. What is left out below is as there. */
  readonly basedOn: MysqlEngine;

  /**
   * The image, with a version tag or a digest. A data directory is upgraded when a newer server starts on it and cannot be
   * downgraded, so that a floating tag would make every rollback impossible: `latest`, or no tag at all, throws.
   */
  readonly image: string;

  /**
   * What the image's variables for the first start begin with: `<prefix>_DATABASE`, `<prefix>_ROOT_PASSWORD` and so on.
   * @default - as in `basedOn`: `MYSQL` or `MARIADB`
   */
  readonly environmentPrefix?: string;

  /**
   * How the container proves that it accepts connections over TCP, as ECS takes it: `CMD` or `CMD-SHELL` first. No password may be in it.
   * @default - as in `basedOn`: `mysqladmin ping` over TCP for MySQL, `healthcheck.sh --connect --innodb_initialized` for MariaDB
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
   */
  readonly healthCheckCommand?: string[];

  /**
   * Flags for the server, after those this library sets; of two equal ones the last wins.
   * @default - those of `basedOn`: none
   */
  readonly serverFlags?: string[];

  /**
   * The program in the image that writes a logical dump; it must take the options of `mysqldump` and end its output with `-- Dump completed`.
   * @default - as in `basedOn`: `mysqldump` for MySQL, `mariadb-dump` for MariaDB
   */
  readonly dumpProgram?: string;

  /**
   * The data directory in the container.
   * @default - as in `basedOn`: /var/lib/mysql
   */
  readonly dataDirectory?: string;

  /**
   * The user id of the server in the image. It is the identity of the access point as well, because a server that may not own its
   * files does not start.
   * @default - as in `basedOn`: 999
   */
  readonly uid?: number;

  /**
   * The group id of the server in the image.
   * @default - as in `basedOn`: 999
   */
  readonly gid?: number;
}

/** All that an engine says about its image. */
type EngineTraits = Required<Omit<MysqlEngineOptions, 'basedOn'>>;

const OFFICIAL_IMAGES = { serverFlags: [], dataDirectory: '/var/lib/mysql', uid: 999, gid: 999 };
const FIRST_USER_ID = 1;
const LAST_USER_ID = 4294967295;

/**
 * Which server runs the database: its image, and what the library must know to run it.
 *
 * The official images are pulled from the Amazon ECR Public Gallery, because Docker Hub limits anonymous pulls. To build an
 * image of your own on top of one, keep the engine and pass `image` to the database.
 */
export class MysqlEngine {
  /** MySQL 8.4, the long-term support release. Clients must speak `caching_sha2_password`: the older native method is off. */
  public static readonly MYSQL_8_4 = new MysqlEngine('mysql', {
    image: 'public.ecr.aws/docker/library/mysql:8.4.10',
    environmentPrefix: 'MYSQL',
    // Over TCP: while the image installs the data directory a server answers on the socket only. "Access denied" counts as an answer, so no password.
    healthCheckCommand: ['CMD-SHELL', 'mysqladmin ping -h 127.0.0.1 -P 3306 --protocol=tcp --silent || exit 1'],
    dumpProgram: 'mysqldump',
    ...OFFICIAL_IMAGES,
  });

  /** MariaDB 11.4, the long-term support release. */
  public static readonly MARIADB_11_4 = new MysqlEngine('mariadb', {
    image: 'public.ecr.aws/docker/library/mariadb:11.4.9',
    environmentPrefix: 'MARIADB',
    healthCheckCommand: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'],
    dumpProgram: 'mariadb-dump',
    ...OFFICIAL_IMAGES,
  });

  /**
   * Any other version or build of the two servers.
   *
   * Throws on an image without a version, on a flag the database cannot run with, and on a user id that means root.
   */
  public static of(options: MysqlEngineOptions): MysqlEngine {
    requireOptions('MysqlEngine.of', 'MysqlEngineOptions', options);
    validate(options);
    const { basedOn } = options;
    return new MysqlEngine(basedOn._family, {
      image: options.image,
      environmentPrefix: options.environmentPrefix ?? basedOn.environmentPrefix,
      healthCheckCommand: options.healthCheckCommand ?? basedOn.healthCheckCommand,
      serverFlags: options.serverFlags ?? basedOn.serverFlags,
      dumpProgram: options.dumpProgram ?? basedOn.dumpProgram,
      dataDirectory: options.dataDirectory ?? basedOn.dataDirectory,
      uid: options.uid ?? basedOn.uid,
      gid: options.gid ?? basedOn.gid,
    });
  }

  /** @internal */
  public readonly _family: MysqlFamily;

  /** The image, with its tag or digest. */
  public readonly image: string;

  /** What the image's variables for the first start begin with. */
  public readonly environmentPrefix: string;

  /** How the container proves that it accepts connections. */
  public readonly healthCheckCommand: string[];

  /** Flags for the server, beyond those the library sets. */
  public readonly serverFlags: string[];

  /** The program in the image that writes a logical dump. */
  public readonly dumpProgram: string;

  /** The data directory in the container. */
  public readonly dataDirectory: string;

  /** The user id of the server. */
  public readonly uid: number;

  /** The group id of the server. */
  public readonly gid: number;

  private constructor(family: MysqlFamily, traits: EngineTraits) {
    this._family = family;
    this.image = traits.image;
    this.environmentPrefix = traits.environmentPrefix;
    this.healthCheckCommand = [...traits.healthCheckCommand];
    this.serverFlags = [...traits.serverFlags];
    this.dumpProgram = traits.dumpProgram;
    this.dataDirectory = traits.dataDirectory;
    this.uid = traits.uid;
    this.gid = traits.gid;
  }
}

function validate(options: MysqlEngineOptions): void {
  const complaints = [
    findImageProblem(options.image),
    findProgramProblem(options),
    findDirectoryProblem(options),
    ...findVariableProblems(options),
    ...(options.serverFlags ?? []).map(findFlagProblem),
  ];
  for (const complaint of complaints) {
    if (complaint) failAt('MysqlEngine.of', complaint);
  }
  for (const name of ['uid', 'gid'] as const) {
    requireWhole('MysqlEngine.of', {
      name,
      value: options[name],
      min: FIRST_USER_ID,
      max: LAST_USER_ID,
      fix: 'use the id of the mysql user in the image (999 in the official ones); the server refuses to run as root',
    });
  }
}

/** It stands in a command, where a blank or a quote would be read by the shell. */
function findProgramProblem({ dumpProgram }: MysqlEngineOptions): Complaint | undefined {
  if (!isKnown(dumpProgram) || /^[\w./][\w./-]*$/.test(dumpProgram)) return undefined;
  return {
    got: `dumpProgram is '${dumpProgram}'`,
    allowed: 'the name or the path of one program, without options',
    fix: "write it like 'mysqldump'; a script of your own goes into the image",
  };
}

function findDirectoryProblem({ dataDirectory }: MysqlEngineOptions): Complaint | undefined {
  const folders = dataDirectory?.split('/').slice(1) ?? [];
  if (!isKnown(dataDirectory)) return undefined;
  if (dataDirectory.startsWith('/') && folders.every((folder) => /^[\w.-]+$/.test(folder) && !/^\.+$/.test(folder))) return undefined;
  return {
    got: `dataDirectory is '${dataDirectory}'`,
    allowed: 'an absolute path below the root, of letters, digits and . _ -',
    fix: "write it like '/var/lib/mysql'; a server that writes elsewhere keeps nothing",
  };
}

function* findVariableProblems({ environmentPrefix, healthCheckCommand }: MysqlEngineOptions): Generator<Complaint> {
  if (isKnown(environmentPrefix) && !/^[A-Z][A-Z0-9_]*$/.test(environmentPrefix)) {
    yield {
      got: `environmentPrefix is '${environmentPrefix}'`,
      allowed: 'upper-case letters, digits and underscores, a letter first',
      fix: "leave it out, or write it like 'MYSQL'",
    };
  }
  const [kind = '', ...words] = healthCheckCommand ?? ['CMD', 'default'];
  if (Token.isUnresolved(kind) || (['CMD', 'CMD-SHELL'].includes(kind) && words.length > 0)) return;
  yield {
    got: `healthCheckCommand begins with '${kind}'${words.length === 0 ? ' and has no more' : ''}`,
    allowed: "'CMD' and a program with its arguments, or 'CMD-SHELL' and one line for the shell",
    fix: "write it like ['CMD-SHELL', 'mysqladmin ping -h 127.0.0.1']",
  };
}
