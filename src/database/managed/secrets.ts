import { Stack, SecretValue } from 'aws-cdk-lib';
import type { RemovalPolicy, aws_kms as kms, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConsumerSideSecret } from '../consumer-side-secret';
import { ADMINISTRATOR } from './settings';
import { acknowledge } from '../../private/acknowledge';
import { kept } from '../../private/kept';

const PASSWORD_LENGTH = 32;

/** What the secrets of a managed database are made of. */
export interface ManagedSecretsProps {
  readonly applicationUser: string;
  readonly removalPolicy: RemovalPolicy;
  readonly encryptionKey?: kms.IKey;
}

/** Where the application connects to when that is not the server itself. */
export interface ProxiedEndpoint {
  readonly host: string;
  readonly port: number;
  readonly databaseName: string;
}

/**
 * The administrator's and the application's credentials.
 *
 * What is generated names only the user: any change of it makes CloudFormation draw another password. Engine, host, port and database name
 * join the JSON by the attachment to the server, which may change without harm.
 */
export class ManagedSecrets extends Construct {
  public readonly administrator: secretsmanager.Secret;
  public readonly application: secretsmanager.Secret;
  private readonly props: ManagedSecretsProps;

  public constructor(scope: Construct, id: string, props: ManagedSecretsProps) {
    super(scope, id);

    this.props = props;
    this.administrator = this.generatedSecret('Administrator', ADMINISTRATOR,
      'RDS holds the password beside the secret. Rotation takes a Lambda function, which the L2 adds on request: addRotationSingleUser.');
    this.application = this.generatedSecret('Application', props.applicationUser,
      'ECS hands the password over when a task starts: rotating it alone would lock every running task out at its next connection.');
  }

  /** The application's credentials with another host in them; the password stays what it is, wherever the proxy goes. */
  public throughProxy(endpoint: ProxiedEndpoint): secretsmanager.Secret {
    const secret = new ConsumerSideSecret(this, 'ApplicationThroughProxy', {
      secretStringValue: SecretValue.unsafePlainText(Stack.of(this).toJsonString({
        engine: 'mysql',
        host: endpoint.host,
        port: endpoint.port,
        dbname: endpoint.databaseName,
        username: this.props.applicationUser,
        // A dynamic reference, which CloudFormation resolves: the template never holds the password.
        password: this.application.secretValueFromJson('password').unsafeUnwrap(),
      })),
      encryptionKey: this.props.encryptionKey,
      removalPolicy: kept(this.props.removalPolicy),
    });
    acknowledge(secret, 'AwsSolutions-SMG4', 'It repeats the password of another secret, with the host of the proxy.');
    return secret;
  }

  private generatedSecret(id: string, username: string, whyNoRotation: string): secretsmanager.Secret {
    const secret = new ConsumerSideSecret(this, id, {
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username }),
        generateStringKey: 'password',
        // It goes into SQL between quotes.
        excludePunctuation: true,
        passwordLength: PASSWORD_LENGTH,
      },
      encryptionKey: this.props.encryptionKey,
      removalPolicy: kept(this.props.removalPolicy),
    });
    acknowledge(secret, 'AwsSolutions-SMG4', whyNoRotation);
    return secret;
  }
}
