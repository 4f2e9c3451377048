import { Validations } from 'aws-cdk-lib';
import type { aws_iam as iam } from 'aws-cdk-lib';

/**
 * Acknowledges that a role has a policy maintained by AWS (cdk-nag rule IAM4).
 *
 * Written to the metadata that `Validations.acknowledge()` writes: cdk-nag puts the ARN into the id of the finding, and the CDK,
 * as of 2.263, refuses an id with a second pair of colons.
 */
export function acknowledgeManagedPolicy(role: iam.IRole, policyName: string, reason: string): void {
  role.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {
    [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policyName}]`]: reason,
  });
}
