import type { Environment } from 'aws-cdk-lib';
import type { Node } from 'constructs';
import { Removal } from './removal';

/** What stands there until a person writes something of their own: enough to synthesize, refused when deployed. */
const PLACEHOLDERS = {
  domainName: 'books.example.org',
  certificateId: '00000000-0000-0000-0000-000000000000',
};

/** What a person deploying the example writes into the context of cdk.json, or says with `-c name=value`. */
export class BookstoreSettings {
  /** A region and no account: nothing is looked up. */
  public readonly env: Environment;
  public readonly domainName: string;
  /** The id of a certificate of this account and region: the last part of its ARN. */
  public readonly certificateId: string;
  /** The tag the image was pushed with; a commit id, never `latest`. */
  public readonly imageTag: string;
  /** The folder of the application, with its `compose.yaml`, seen from this one. */
  public readonly application: string;
  /** What `cdk destroy` leaves: `-c removalPolicy=retain` (the default), `snapshot` or `destroy`. */
  public readonly removal: Removal;
  /** The settings that still hold a placeholder. */
  public readonly placeholders: string[];

  public constructor(node: Node) {
    const setting = (name: string, fallback: string): string => node.tryGetContext(name) ?? fallback;
    this.env = { region: setting('region', 'us-east-1') };
    this.domainName = setting('domainName', PLACEHOLDERS.domainName);
    this.certificateId = setting('certificateId', PLACEHOLDERS.certificateId);
    this.imageTag = setting('imageTag', 'bookstore-1');
    this.application = setting('application', '../../applications/bookstore');
    this.removal = new Removal(setting('removalPolicy', 'retain'));
    this.placeholders = Object.entries(PLACEHOLDERS).filter(([name, value]) => setting(name, value) === value).map(([name]) => name);
  }
}
