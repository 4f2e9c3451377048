import { aws_secretsmanager as secretsmanager, Validations } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A password that nobody has typed and no template shows. `reason` says why it is not rotated. */
export function generatedPassword(
  scope: Construct, id: string, props: { description: string; removalPolicy: RemovalPolicy; reason: string },
): secretsmanager.Secret {
  const secret = new secretsmanager.Secret(scope, id, {
    description: props.description,
    // The images put it between quotes of SQL and of shells.
    generateSecretString: { excludePunctuation: true, passwordLength: 48 },
    removalPolicy: props.removalPolicy,
  });
  Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: props.reason });
  return secret;
}
