import { RemovalPolicy } from 'aws-cdk-lib';
import type { Environment } from 'aws-cdk-lib';
import type { Node } from 'constructs';

/** What stands there until a person writes something of their own: enough to synthesize, refused when deployed. */
const PLACEHOLDERS = {
  zoneName: 'example.com',
  hostedZoneId: 'Z0000000EXAMPLE',
};

/** What a person deploying the example writes into the context of cdk.json, or says with `-c name=value`. */
export class FlaskSettings {
  readonly env: Environment;
  readonly zoneName: string;
  readonly hostedZoneId: string;
  /** The tag the image was pushed with; a commit id, never `latest`. */
  readonly imageTag: string;
  /** `-c form=ecs` runs the same image on Fargate instead of an Auto Scaling group. */
  readonly onEcs: boolean;
  /** The folder of the application, with its `compose.yaml`, seen from this one. */
  readonly application: string;
  readonly keepData: boolean;
  /** The settings that still hold a placeholder. */
  readonly placeholders: string[];

  constructor(node: Node) {
    const setting = (name: string, fallback: string): string => node.tryGetContext(name) ?? fallback;
    this.env = { region: setting('region', 'us-east-1') };
    this.zoneName = setting('zoneName', PLACEHOLDERS.zoneName);
    this.hostedZoneId = setting('hostedZoneId', PLACEHOLDERS.hostedZoneId);
    this.imageTag = setting('imageTag', 'flask-1');
    this.onEcs = setting('form', 'instances') === 'ecs';
    this.application = setting('application', '../../applications/flask-shared-files');
    this.keepData = setting('keepData', 'yes') !== 'no';
    this.placeholders = Object.entries(PLACEHOLDERS).filter(([name, value]) => setting(name, value) === value).map(([name]) => name);
  }

  /** For the database, which leaves a last snapshot. */
  get databaseRemovalPolicy(): RemovalPolicy {
    return this.keepData ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY;
  }

  get removalPolicy(): RemovalPolicy {
    return this.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  }
}
