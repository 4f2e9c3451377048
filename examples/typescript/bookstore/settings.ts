import { RemovalPolicy } from 'aws-cdk-lib';
import type { Environment } from 'aws-cdk-lib';
import type { Node } from 'constructs';

/** What a person deploying the example says with `-c name=value`; the values here let it synthesize without an account. */
export class BookstoreSettings {
  /** A region and no account: nothing is looked up. */
  readonly env: Environment;
  readonly domainName: string;
  /** The id of a certificate of this account and region: the last part of its ARN. */
  readonly certificateId: string;
  /** The tag the image was pushed with; a commit id, never `latest`. */
  readonly imageTag: string;
  readonly keepData: boolean;

  constructor(node: Node) {
    const setting = (name: string, fallback: string): string => node.tryGetContext(name) ?? fallback;
    this.env = { region: setting('region', 'us-east-1') };
    this.domainName = setting('domainName', 'books.example.org');
    this.certificateId = setting('certificateId', '00000000-0000-0000-0000-000000000000');
    this.imageTag = setting('imageTag', 'bookstore-1');
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
