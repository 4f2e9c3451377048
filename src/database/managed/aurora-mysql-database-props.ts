import type { aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import type { ManagedMysqlDatabaseProps } from './managed-database-props';

/** Properties of an `AuroraMysqlDatabase`. */
export interface AuroraMysqlDatabaseProps extends ManagedMysqlDatabaseProps {
  /**
   * The version of Aurora MySQL. It changes by a deployment and in no other way: RDS installs no newer minor version by itself, save one whose support has
   * ended. A newer version of this library may bring a newer default, which `cdk diff` shows; give the version to decide for yourself.
   * @default rds.AuroraMysqlEngineVersion.VER_3_12_0
   */
  readonly engineVersion?: rds.AuroraMysqlEngineVersion;

  /**
   * The type of every server. Not together with `serverlessV2MinCapacity` and `serverlessV2MaxCapacity`.
   * @default - r7g.large
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The smallest size of servers that grow and shrink with the load instead of having a type, in capacity units (ACU) of about 2 GiB of memory each and in
   * steps of a half. With 0 idle servers pause, and the first connection after that waits a quarter of a minute or more.
   * @default - 0.5 where `serverlessV2MaxCapacity` is set; else servers of `instanceType`
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.html
   */
  readonly serverlessV2MinCapacity?: number;

  /**
   * The largest size of such servers, in steps of a half, at least 1.
   * @default - 4, or the smallest size where that is more, where `serverlessV2MinCapacity` is set; else servers of `instanceType`
   */
  readonly serverlessV2MaxCapacity?: number;

  /**
   * How many readers there are beside the writer, 0 to 15. The first is the one that takes over; with 0 there is none.
   * @default 1
   */
  readonly readers?: number;
}
