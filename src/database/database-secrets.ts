import type { RemovalPolicy, aws_kms as kms, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConsumerSideSecret } from './consumer-side-secret';
import { acknowledge } from '../private/acknowledge';
import { kept } from '../private/kept';

const PASSWORD_LENGTH = 32;

/** What the two secrets are made of. */
export interface DatabaseSecretsProps {
  readonly applicationUser: string;
  readonly removalPolicy: RemovalPolicy;
  readonly encryptionKey?: kms.IKey;
}

/**
 * The administrator's and the application's credentials.
 *
 * Both take effect once, when the data directory is written. Any change of what is generated makes CloudFormation draw a new
 * password while the data directory keeps the old one: so it names the user, who cannot change either, and nothing else.
 */
export class DatabaseSecrets extends Construct {
  public readonly root: secretsmanager.Secret;
  public readonly application: secretsmanager.Secret;

  public constructor(scope: Construct, id: string, props: DatabaseSecretsProps) {
    super(scope, id);

    this.root = this.frozenSecret('Root', props, { username: 'root' });
    this.application = this.frozenSecret('Application', props, { username: props.applicationUser });
  }

  private frozenSecret(id: string, props: DatabaseSecretsProps, template: { readonly username: string }): secretsmanager.Secret {
    const secret = new ConsumerSideSecret(this, id, {
      generateSecretString: {
        secretStringTemplate: JSON.stringify(template),
        generateStringKey: 'password',
        // The entry point of the MySQL image puts the password into SQL and option files as it is.
        excludePunctuation: true,
        passwordLength: PASSWORD_LENGTH,
      },
      encryptionKey: props.encryptionKey,
      removalPolicy: kept(props.removalPolicy),
    });
    acknowledge(secret, 'AwsSolutions-SMG4',
      'The password lives in the data directory and is read at task start only: rotating the secret alone would lock every client out.');
    return secret;
  }
}
