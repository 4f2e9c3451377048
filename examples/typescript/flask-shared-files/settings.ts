import type { Environment } from 'aws-cdk-lib';
import type { Node } from 'constructs';
import { Removal } from './removal';

/** What stands there until a person writes something of their own: enough to synthesize, refused when deployed. */
const PLACEHOLDERS = {
  zoneName: 'example.com',
  hostedZoneId: 'Z0000000EXAMPLE',
};

/** What a person deploying the example writes into the context of cdk.json, or says with `-c name=value`. */
export class FlaskSettings {
  public readonly env: Environment;
  public readonly zoneName: string;
  public readonly hostedZoneId: string;
  /** The tag the image was pushed with; a commit id, never `latest`. */
  public readonly imageTag: string;
  /** `-c form=ecs` runs the same image on Fargate instead of an Auto Scaling group. */
  public readonly onEcs: boolean;
  /** The folder of the application, with its `compose.yaml`, seen from this one. */
  public readonly application: string;
  /** What `cdk destroy` leaves: `-c removalPolicy=retain` (the default), `snapshot` or `destroy`. */
  public readonly removal: Removal;
  /** `-c httpOnly="<reason>"` does without a domain and a certificate. */
  public readonly httpOnly?: string;
  /** `-c role=LabRole` takes that role for everything, in an account in which nobody may make roles; docs/locked-accounts.md. */
  public readonly role?: string;
  /** `-c instanceProfile=LabInstanceProfile`, with `role`: the profile of the instances. */
  public readonly instanceProfile?: string;
  /** The settings that still hold a placeholder. */
  public readonly placeholders: string[];

  public constructor(node: Node) {
    const setting = (name: string, fallback: string): string => node.tryGetContext(name) ?? fallback;
    this.env = { region: setting('region', 'us-east-1') };
    this.zoneName = setting('zoneName', PLACEHOLDERS.zoneName);
    this.hostedZoneId = setting('hostedZoneId', PLACEHOLDERS.hostedZoneId);
    this.imageTag = setting('imageTag', 'flask-1');
    this.onEcs = setting('form', 'instances') === 'ecs';
    this.application = setting('application', '../../applications/flask-shared-files');
    this.removal = new Removal(setting('removalPolicy', 'retain'));
    this.httpOnly = node.tryGetContext('httpOnly');
    this.role = node.tryGetContext('role');
    this.instanceProfile = node.tryGetContext('instanceProfile');
    const untouched = Object.entries(PLACEHOLDERS).filter(([name, value]) => setting(name, value) === value).map(([name]) => name);
    this.placeholders = this.httpOnly === undefined ? untouched : untouched.filter((name) => !['zoneName', 'hostedZoneId'].includes(name));
  }
}
