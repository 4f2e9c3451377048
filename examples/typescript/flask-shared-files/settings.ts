import { RemovalPolicy } from 'aws-cdk-lib';
import type { Environment } from 'aws-cdk-lib';
import type { Node } from 'constructs';

/** What a person deploying the example says with `-c name=value`; the values here let it synthesize without an account. */
export class FlaskSettings {
  readonly env: Environment;
  readonly zoneName: string;
  readonly hostedZoneId: string;
  /** The tag the image was pushed with; a commit id, never `latest`. */
  readonly imageTag: string;
  /** `-c form=ecs` runs the same image on Fargate instead of an Auto Scaling group. */
  readonly onEcs: boolean;
  readonly keepData: boolean;

  constructor(node: Node) {
    const setting = (name: string, fallback: string): string => node.tryGetContext(name) ?? fallback;
    this.env = { region: setting('region', 'us-east-1') };
    this.zoneName = setting('zoneName', 'example.com');
    this.hostedZoneId = setting('hostedZoneId', 'Z0000000EXAMPLE');
    this.imageTag = setting('imageTag', 'flask-1');
    this.onEcs = setting('form', 'instances') === 'ecs';
    this.keepData = setting('keepData', 'yes') !== 'no';
  }

  /** For the database, which leaves a last snapshot. */
  get databaseRemovalPolicy(): RemovalPolicy {
    return this.keepData ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY;
  }

  get removalPolicy(): RemovalPolicy {
    return this.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }
}
