import { aws_iam as iam } from 'aws-cdk-lib';

/**
 * Who may mount: principals of this account whose own policy says so, over TLS. It names no role and no access point, because
 * a role in another stack or an access point of this file system would form a cycle; the roles' statements name the access point.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function fileSystemPolicy(): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'OnlyEncrypted',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      new iam.PolicyStatement({
        sid: 'PrincipalsOfThisAccount',
        principals: [new iam.AccountRootPrincipal()],
        actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
        conditions: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
      }),
    ],
  });
}
