import type { Environment } from 'aws-cdk-lib';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Node } from 'constructs';

/** What a person deploying the lab says with `-c name=value`; the values here let it synthesize without an account. */
export class LabSettings {
  /** A region and no account: nothing is looked up. */
  readonly env: Environment;
  readonly zoneName: string;
  readonly hostedZoneId: string;
  /** The tag both images were pushed with; a commit id, never `latest`. */
  readonly imageTag: string;
  /** `-c keepData=no` makes the lab removable with everything in it. */
  readonly removalPolicy: RemovalPolicy;
  readonly keepData: boolean;

  constructor(node: Node) {
    const setting = (name: string, fallback: string): string => node.tryGetContext(name) ?? fallback;
    this.env = { region: setting('region', 'us-east-1') };
    this.zoneName = setting('zoneName', 'lab.example.com');
    this.hostedZoneId = setting('hostedZoneId', 'Z0000000EXAMPLE');
    this.imageTag = setting('imageTag', 'lab-1');
    this.keepData = setting('keepData', 'yes') !== 'no';
    this.removalPolicy = this.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }
}
