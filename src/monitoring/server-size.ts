import { Size } from 'aws-cdk-lib';

/** The memory of a type's smallest sizes, in GiB, in the families with 4 GiB for each vCPU. */
const SMALL: Record<string, number> = { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16 };

/** How much more the memory-optimized families have. */
const FAMILY: Record<string, number> = { t: 1, m: 1, r: 2, x: 4 };

/** The memory of a server of a class such as `db.t4g.medium`; undefined where the class does not tell, or is chosen at deployment. */
export function memoryOf(instanceClass: unknown): Size | undefined {
  if (typeof instanceClass !== 'string') return undefined;
  const [, family, times, size] = /^db\.([tmrx])\d\w*\.(\d*)(\w+)$/.exec(instanceClass) ?? [];
  const smallest = SMALL[size];
  return smallest === undefined ? undefined : Size.gibibytes(smallest * (times ? Number(times) : 1) * FAMILY[family]);
}

/**
 * Four fifths of the connections that RDS for MySQL allows by default.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
export function rdsConnections(memory: Size | undefined): number | undefined {
  return memory && Math.floor(0.8 * memory.toBytes() / 12582880);
}

/**
 * Four fifths of the connections that Aurora MySQL allows by default.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html
 */
export function auroraConnections(memory: Size | undefined): number | undefined {
  if (memory === undefined) return undefined;
  const bytes = memory.toBytes();
  return Math.floor(0.8 * Math.max(45 * Math.log2(bytes / 805306368), 1000 * Math.log2(bytes / 8187281408)));
}
