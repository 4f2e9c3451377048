import type { Environment } from 'aws-cdk-lib';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Node } from 'constructs';

/** What a person deploying the lab says with `-c name=value`; the values here let it synthesize without an account. */
export class LabSettings {
  /** A region and no account: nothing is looked up. */
  readonly env: Environment;
  readonly zoneName: string;
  readonly hostedZoneId: string;
  /** The connection to the repository with the sources: made and confirmed in the console, once. Its ARN in full, or its id in this account. */
  readonly connection: string;
  /** Where the sources are, with `Dockerfile` and `db/Dockerfile` at the top. */
  readonly sources: string;
  /** `-c keepData=no` makes the lab removable with everything in it. */
  readonly removalPolicy: RemovalPolicy;
  readonly keepData: boolean;

  constructor(node: Node) {
    const setting = (name: string, fallback: string): string => node.tryGetContext(name) ?? fallback;
    this.env = { region: setting('region', 'us-east-1') };
    this.zoneName = setting('zoneName', 'lab.example.com');
    this.hostedZoneId = setting('hostedZoneId', 'Z0000000EXAMPLE');
    this.connection = setting('connection', '00000000-0000-0000-0000-000000000000');
    this.sources = setting('sources', 'owner/ecs-lab');
    this.keepData = setting('keepData', 'yes') !== 'no';
    this.removalPolicy = this.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }
}
