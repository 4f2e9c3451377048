import { RemovalPolicy } from 'aws-cdk-lib';

/** What one decision about a database means for each kind of resource around it. */
export interface Retention {
  /** The database itself. */
  readonly database: RemovalPolicy;
  /** Secrets and logs: whoever has the snapshot needs the passwords in it. */
  readonly records: RemovalPolicy;
  /** What a database that stays in RDS still uses: its security group, subnet group and parameter group. */
  readonly surroundings: RemovalPolicy;
}

/** Spreads one removal policy over all that belongs to a database. */
export function retention(database: RemovalPolicy): Retention {
  switch (database) {
    case RemovalPolicy.DESTROY: return { database, records: RemovalPolicy.DESTROY, surroundings: RemovalPolicy.DESTROY };
    case RemovalPolicy.SNAPSHOT: return { database, records: RemovalPolicy.RETAIN, surroundings: RemovalPolicy.DESTROY };
    default: return { database, records: database, surroundings: database };
  }
}
