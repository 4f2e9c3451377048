import { aws_iam as iam, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';

/**
 * A secret whose readers may live in other stacks although a customer key encrypts it.
 *
 * The CDK writes each reader's role into the key's policy, so that the stack of the key would need that of the reader, which needs
 * the secret: a cycle. The key trusts the account by way of Secrets Manager already; the rest is said in the reader's own policy.
 */
export class ConsumerSideSecret extends secretsmanager.Secret {
  public override grantRead(grantee: iam.IGrantable, versionStages?: string[]): iam.Grant {
    if (this.encryptionKey === undefined) return super.grantRead(grantee, versionStages);
    const read = iam.Grant.addToPrincipal({
      grantee,
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      resourceArns: [this.arnForPolicies],
      conditions: versionStages && { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': versionStages } },
    });
    return read.combine(iam.Grant.addToPrincipal({
      grantee,
      actions: ['kms:Decrypt'],
      resourceArns: [this.encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com` } },
    }));
  }
}
