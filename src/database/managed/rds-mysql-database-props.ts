import type { Size, aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import type { ManagedMysqlDatabaseProps } from './managed-database-props';

/** Properties of an `RdsMysqlDatabase`. */
export interface RdsMysqlDatabaseProps extends ManagedMysqlDatabaseProps {
  /**
   * The version of MySQL. It changes by a deployment and in no other way: RDS installs no newer minor version by itself, save one whose support has
   * ended. A newer version of this library may bring a newer default, which `cdk diff` shows; give the version to decide for yourself.
   * @default rds.MysqlEngineVersion.VER_8_4_10
   */
  readonly engineVersion?: rds.MysqlEngineVersion;

  /**
   * The type of both servers.
   * @default - t4g.medium
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The size of the volume at first, at least 20 GiB.
   * @default Size.gibibytes(20)
   */
  readonly storageSize?: Size;

  /**
   * Up to where RDS enlarges the volume when it fills. A full volume stops the database.
   * @default - five times `storageSize`
   */
  readonly maxStorageSize?: Size;

  /**
   * Whether a standby in another zone takes over when the server or its zone fails. Without it both mean an outage.
   * @default true
   */
  readonly multiAz?: boolean;
}
