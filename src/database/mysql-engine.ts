import { imageComplaint } from './image-reference';
import { flagComplaint } from './server-flags';
import { failAt } from '../private/errors';
import { requireWhole } from '../private/numbers';

/** The two servers that speak the MySQL protocol; each has its own image conventions, flags and programs. */
export enum MysqlFamily {
  /** Oracle's MySQL. */
  MYSQL = 'mysql',

  /** MariaDB. */
  MARIADB = 'mariadb',
}

/** Another version or build of MySQL or MariaDB, for `MysqlEngine.of`. */
export interface MysqlEngineOptions {
  /** Which server it is. Everything below defaults to what the official images of that server use. */
  readonly family: MysqlFamily;

  /**
   * The image, with a version tag or a digest. A data directory is upgraded when a newer server starts on it and cannot be
   * downgraded, so that a floating tag would make every rollback impossible: `latest`, or no tag at all, throws.
   */
  readonly image: string;

  /**
   * What the image's variables for the first start begin with: `<prefix>_DATABASE`, `<prefix>_ROOT_PASSWORD` and so on.
   * @default - `MYSQL` or `MARIADB`, by the family
   */
  readonly environmentPrefix?: string;

  /**
   * How the container proves that it accepts connections over TCP, as ECS takes it: `CMD` or `CMD-SHELL` first. No password may be in it.
   * @default - `mysqladmin ping` over TCP for MySQL, `healthcheck.sh --connect --innodb_initialized` for MariaDB
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
   */
  readonly healthCheckCommand?: string[];

  /**
   * Flags for the server, after those this library sets; of two equal ones the last wins.
   * @default - none
   */
  readonly serverFlags?: string[];

  /**
   * The program in the image that writes a logical dump; it must take the options of `mysqldump` and end its output with `-- Dump completed`.
   * @default - `mysqldump` for MySQL, `mariadb-dump` for MariaDB
   */
  readonly dumpProgram?: string;

  /**
   * The data directory in the container.
   * @default /var/lib/mysql
   */
  readonly dataDirectory?: string;

  /**
   * The user id of the server in the image. It is the identity of the access point as well, because a server that may not own its
   * files does not start.
   * @default 999
   */
  readonly uid?: number;

  /**
   * The group id of the server in the image.
   * @default 999
   */
  readonly gid?: number;
}

/** How one family behaves where nothing else is said. */
interface FamilyDefaults {
  readonly environmentPrefix: string;
  readonly healthCheckCommand: string[];
  readonly dumpProgram: string;
}

const FAMILY_DEFAULTS: Record<MysqlFamily, FamilyDefaults> = {
  [MysqlFamily.MYSQL]: {
    environmentPrefix: 'MYSQL',
    // Over TCP: while the image installs the data directory a server answers on the socket only. "Access denied" counts as an answer, so no password.
    healthCheckCommand: ['CMD-SHELL', 'mysqladmin ping -h 127.0.0.1 -P 3306 --protocol=tcp --silent || exit 1'],
    dumpProgram: 'mysqldump',
  },
  [MysqlFamily.MARIADB]: {
    environmentPrefix: 'MARIADB',
    healthCheckCommand: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'],
    dumpProgram: 'mariadb-dump',
  },
};

const OFFICIAL_IMAGES_UID = 999;
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
  public static readonly MYSQL_8_4 = new MysqlEngine({ family: MysqlFamily.MYSQL, image: 'public.ecr.aws/docker/library/mysql:8.4.10' });

  /** MariaDB 11.4, the long-term support release. */
  public static readonly MARIADB_11_4 = new MysqlEngine({ family: MysqlFamily.MARIADB, image: 'public.ecr.aws/docker/library/mariadb:11.4.9' });

  /**
   * Any other version or build of the two servers.
   *
   * Throws on an image without a version, on a flag the database cannot run with, and on a user id that means root.
   */
  public static of(options: MysqlEngineOptions): MysqlEngine {
    return new MysqlEngine(options);
  }

  /** Which server it is. */
  public readonly family: MysqlFamily;

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

  private constructor(options: MysqlEngineOptions) {
    validate(options);
    const defaults = FAMILY_DEFAULTS[options.family];
    this.family = options.family;
    this.image = options.image;
    this.environmentPrefix = options.environmentPrefix ?? defaults.environmentPrefix;
    this.healthCheckCommand = [...options.healthCheckCommand ?? defaults.healthCheckCommand];
    this.serverFlags = [...options.serverFlags ?? []];
    this.dumpProgram = options.dumpProgram ?? defaults.dumpProgram;
    this.dataDirectory = options.dataDirectory ?? '/var/lib/mysql';
    this.uid = options.uid ?? OFFICIAL_IMAGES_UID;
    this.gid = options.gid ?? OFFICIAL_IMAGES_UID;
  }
}

function validate(options: MysqlEngineOptions): void {
  const complaints = [imageComplaint(options.image), ...(options.serverFlags ?? []).map(flagComplaint)];
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
