import type { aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import type { AuroraServerlessCapacity } from './aurora-instances';
import type { ManagedMysqlDatabaseProps } from './managed-database-props';

/** Properties of an `AuroraMysqlDatabase`. */
export interface AuroraMysqlDatabaseProps extends ManagedMysqlDatabaseProps {
  /**
   * The version of Aurora MySQL. RDS installs newer minor versions in the maintenance window by itself.
   * @default rds.AuroraMysqlEngineVersion.VER_3_12_0
   */
  readonly engineVersion?: rds.AuroraMysqlEngineVersion;

  /**
   * The type of every server. Not together with `serverlessV2`.
   * @default - r7g.large
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Servers that grow and shrink with the load instead of having a type. `{}` takes its defaults.
   * @default - servers of `instanceType`
   */
  readonly serverlessV2?: AuroraServerlessCapacity;

  /**
   * How many readers there are beside the writer, 0 to 15. The first is the one that takes over; with 0 there is none.
   * @default 1
   */
  readonly readers?: number;
}
