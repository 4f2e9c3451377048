import { aws_rds as rds } from 'aws-cdk-lib';
import { isKnown } from '../../private/errors';

/**
 * The engine of a version. `AuroraMysqlEngineVersion.of('8.0.mysql_aurora.3.12.0')` counts as 5.7 unless it is told otherwise, and RDS refuses the
 * parameter group of that family: the version says itself which it belongs to.
 */
export function auroraEngine(version: rds.AuroraMysqlEngineVersion = rds.AuroraMysqlEngineVersion.VER_3_12_0): rds.IClusterEngine {
  const { auroraMysqlFullVersion: full, auroraMysqlMajorVersion: stated } = version;
  const major = isKnown(full) ? /^(\d+\.\d+)\.mysql_aurora\./.exec(full)?.[1] : undefined;
  const fitting = major === undefined || major === stated ? version : rds.AuroraMysqlEngineVersion.of(full, major);
  return rds.DatabaseClusterEngine.auroraMysql({ version: fitting });
}
