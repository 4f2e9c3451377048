import type { Environment } from 'aws-cdk-lib';
import type { Node } from 'constructs';
import { Removal } from './removal';

/** What stands there until a person writes something of their own: enough to synthesize, refused when deployed. */
const PLACEHOLDERS = {
  zoneName: 'lab.example.com',
  hostedZoneId: 'Z0000000EXAMPLE',
  connection: '00000000-0000-0000-0000-000000000000',
  sources: 'owner/ecs-lab',
};

/** What a person deploying the lab writes into the context of cdk.json, or says with `-c name=value`. */
export class LabSettings {
  /** A region and no account: nothing is looked up. */
  public readonly env: Environment;
  public readonly zoneName: string;
  public readonly hostedZoneId: string;
  /** The connection to the repository with the sources: made and confirmed in the console, once. Its ARN in full, or its id in this account. */
  public readonly connection: string;
  /** Where the sources are, with `Dockerfile` and `db/Dockerfile` at the top. */
  public readonly sources: string;
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
    this.connection = setting('connection', PLACEHOLDERS.connection);
    this.sources = setting('sources', PLACEHOLDERS.sources);
    this.removal = new Removal(setting('removalPolicy', 'retain'));
    this.httpOnly = node.tryGetContext('httpOnly');
    this.role = node.tryGetContext('role');
    this.instanceProfile = node.tryGetContext('instanceProfile');
    const untouched = Object.entries(PLACEHOLDERS).filter(([name, value]) => setting(name, value) === value).map(([name]) => name);
    this.placeholders = this.httpOnly === undefined ? untouched : untouched.filter((name) => !['zoneName', 'hostedZoneId'].includes(name));
  }
}
