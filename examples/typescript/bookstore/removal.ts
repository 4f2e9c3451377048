import { RemovalPolicy } from 'aws-cdk-lib';

const POLICIES: Record<string, RemovalPolicy> = { retain: RemovalPolicy.RETAIN, snapshot: RemovalPolicy.SNAPSHOT, destroy: RemovalPolicy.DESTROY };

/** What `cdk destroy` leaves in the account: everything (`retain`), a last copy of the data (`snapshot`), or nothing (`destroy`). */
export class Removal {
  /** Of databases on RDS. */
  public readonly database: RemovalPolicy;
  /** Of files, and of the passwords of what is in them. CloudFormation takes no snapshot of EFS: there the file system itself is the last copy. */
  public readonly files: RemovalPolicy;
  /** Of what can be made again: images, logs, what a pipeline hands on. */
  public readonly rest: RemovalPolicy;
  /** Whether load balancers and databases refuse to be deleted, and instances wait for their tasks. */
  public readonly protection: boolean;

  public constructor(setting: string) {
    if (!(setting in POLICIES)) {
      throw new Error(`removalPolicy is '${setting}', but must be retain, snapshot or destroy: deploy with -c removalPolicy=retain`);
    }
    this.database = POLICIES[setting];
    this.files = setting === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    this.rest = setting === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.protection = setting === 'retain';
  }
}
