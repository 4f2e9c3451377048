import { aws_ecs as ecs, aws_secretsmanager as secretsmanager, CfnOutput, Validations } from 'aws-cdk-lib';
import type { RemovalPolicy, Stack } from 'aws-cdk-lib';

/** What a writer has to know, or anybody on the internet could fill the files. Nobody has typed it, and no template shows it. */
export function uploadKey(stack: Stack, removalPolicy: RemovalPolicy): ecs.Secret {
  const key = new secretsmanager.Secret(stack, 'UploadKey', {
    description: 'What a writer has to know', generateSecretString: { excludePunctuation: true, passwordLength: 32 }, removalPolicy,
  });
  Validations.of(key).acknowledge({ id: 'AwsSolutions-SMG4', reason: 'Its writers would have to be told each time; whoever wants another one replaces it by hand.' });
  new CfnOutput(stack, 'UploadKeySecret', { value: key.secretName });
  return ecs.Secret.fromSecretsManager(key);
}
