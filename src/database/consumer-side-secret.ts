import { aws_iam as iam, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';

/**
 * A secret whose readers may live in other stacks although a customer key encrypts it.
 *
 * The CDK writes each reader's role into the key's policy, so that the stack of the key would need that of the reader, which needs
 * the secret: a cycle. The key trusts the account by way of Secrets Manager already; the rest is said in the reader's own policy.
 */
export class ConsumerSideSecret extends secretsmanager.Secret {
  public override grantRead(grantee: iam.IGrantable, versionStages?: string[]): iam.Grant {
    return readByPrincipal(this, grantee, versionStages) ?? super.grantRead(grantee, versionStages);
  }

  public override attach(target: secretsmanager.ISecretAttachmentTarget): secretsmanager.ISecret {
    return new ConsumerSideAttachment(this, 'Attachment', { secret: this, target });
  }
}

/** The same secret once a database has joined its address to it. */
class ConsumerSideAttachment extends secretsmanager.SecretTargetAttachment {
  public override grantRead(grantee: iam.IGrantable, versionStages?: string[]): iam.Grant {
    return readByPrincipal(this, grantee, versionStages) ?? super.grantRead(grantee, versionStages);
  }
}

/** Undefined where no customer key is involved: then the CDK's own grant is right. */
function readByPrincipal(secret: secretsmanager.ISecret, grantee: iam.IGrantable, versionStages?: string[]): iam.Grant | undefined {
  if (secret.encryptionKey === undefined) return undefined;
  const read = iam.Grant.addToPrincipal({
    grantee,
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    resourceArns: [secret.secretFullArn ?? `${secret.secretArn}-??????`],
    conditions: versionStages && { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': versionStages } },
  });
  return read.combine(iam.Grant.addToPrincipal({
    grantee,
    actions: ['kms:Decrypt'],
    resourceArns: [secret.encryptionKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(secret).region}.amazonaws.com` } },
  }));
}
