import type { Duration, RemovalPolicy, aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_kms as kms } from 'aws-cdk-lib';
import type { MysqlServerBehavior, MysqlServerRoles } from './mysql-server-options';
import type { IHaEcsCluster } from '../../cluster/cluster-interface';
import type { DatabaseDumps } from '../dumps/database-dumps';
import type { MysqlEngine } from '../mysql-engine';

/** Where the data lies. */
export interface DatabaseStorage {
  /**
   * An existing EFS file system, in the same VPC and with a mount target in every zone of `vpcSubnets`. Its file system policy must
   * allow the task to mount it.
   * @default - a file system of its own, encrypted, with elastic throughput and a mount target in every zone
   */
  readonly fileSystem?: efs.IFileSystem;

  /**
   * The directory of the file system that holds the data, as the root of an access point. Another path starts an empty database
   * and leaves the old data where it is, which is the way out when a first start was interrupted.
   * @default - `/mysql` or `/mariadb`, by the engine
   */
  readonly dataPath?: string;

  /**
   * The key that encrypts the file system and the secrets. Changing it later replaces the file system by an empty one.
   * @default - the keys AWS manages for EFS and Secrets Manager
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The subnets of the mount targets, the server and the dump task: private ones, one per zone.
   * @default - the private subnets with a way out, or the isolated ones where there are none
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/** Properties of an `EfsBackedMysqlService`. */
export interface EfsBackedMysqlServiceProps extends MysqlServerBehavior, MysqlServerRoles {
  /** The cluster the server runs on. It never runs on Spot capacity. */
  readonly cluster: IHaEcsCluster;

  /**
   * The database (schema) that the first start creates: lower-case letters, digits and underscores. Do not change it: a data directory that
   * exists keeps its old one, and applications that are told of another are refused by the server until it is changed back.
   */
  readonly databaseName: string;

  /**
   * Which server it is. A newer version reads the data of the older one, but not the other way round. From MySQL to MariaDB or back there is no way
   * but a dump: EFS refuses such a change, with an access point that exists already, until `storage.dataPath` names the directory of the new server.
   * @default MysqlEngine.MYSQL_8_4
   */
  readonly engine?: MysqlEngine;

  /**
   * An image of your own, built on top of the engine's, for example with files in `/docker-entrypoint-initdb.d`. It needs a version
   * tag or a digest, and the same user id.
   * @default - the image of the engine
   */
  readonly image?: ecs.ContainerImage;

  /**
   * The account of the application: all rights on its database, none beyond. Never change it after the first deployment: CloudFormation would draw
   * a new password with the new name, and the data directory knows neither. To undo the change draws another one; the way back is
   * to set the password in the server, as https://github.com/cdk-ha-ecs/cdk-ha-ecs/blob/main/docs/restore-database.md says.
   * @default app
   */
  readonly applicationUser?: string;

  /**
   * CPU units of the task; 1024 is one vCPU.
   * @default - 512 up to 4 GiB of memory, above that the fewest that go with it: a first start must not starve
   */
  readonly cpu?: number;

  /**
   * Memory of the task in MiB, at least 1024. A quarter of it under 2 GiB, half up to 8 GiB and 60 % above caches table pages.
   * @default 2048
   */
  readonly memoryMiB?: number;

  /**
   * The name of the service in the cluster's private DNS namespace: a lower-case label. Another name restarts the server; applications of the
   * same deployment are told of it, all others have to be deployed as well.
   * @default - `mysql-` and a number that is unique to the construct path
   */
  readonly serviceName?: string;

  /**
   * How long clients may remember the address of the server.
   * @default Duration.seconds(10)
   */
  readonly dnsTtl?: Duration;

  /**
   * What becomes of the data when it leaves the stack: one decision for file system, access points, both secrets and logs, because
   * data without its password is lost as well. `SNAPSHOT` throws, EFS has none.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Logical dumps of the database.
   * @default DatabaseDumps.scheduled()
   */
  readonly dumps?: DatabaseDumps;

  /**
   * The name of the server's log group; it must not exist yet.
   * @default - a name by CloudFormation
   */
  readonly logGroupName?: string;

  /**
   * Where the data lies.
   * @default - a file system of its own in the cluster's VPC
   */
  readonly storage?: DatabaseStorage;
}
