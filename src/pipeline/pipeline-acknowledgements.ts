import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import type { aws_codebuild as codebuild, aws_iam as iam, aws_s3 as s3 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledge } from '../private/acknowledge';

const ARTIFACTS = 'All the CDK grants on the artifacts of one pipeline, in a bucket and with a key that hold nothing else (IAM5).';
const READING = ['s3:GetObject*', 's3:GetBucket*', 's3:List*'];
const WRITING = ['s3:DeleteObject*', 's3:Abort*'];
const ENCRYPTING = ['kms:ReEncrypt*', 'kms:GenerateDataKey*'];

/** What the CDK grants a role that hands artifacts on. */
export function acknowledgeWriter(role: IConstruct, artifacts: s3.IBucket): void {
  acknowledgeArtifacts(role, artifacts, [...READING, ...WRITING, ...ENCRYPTING]);
}

/** What the CDK grants the role of every project, whether it hands artifacts on or not, and what its own commands need. */
export function acknowledgeProject(project: codebuild.Project, artifacts: s3.IBucket, unlimited: string): void {
  const role = project.role!;
  acknowledgeArtifacts(role, artifacts, [...READING, ...WRITING, ...ENCRYPTING]);
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', `${unlimited} (IAM5).`);
  acknowledgeResource(role, `${Stack.of(project).formatArn({
    service: 'logs', resource: 'log-group', resourceName: `/aws/codebuild/${project.projectName}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })}:*`, 'The log streams of one project (IAM5).');

  const network = project.node.tryFindChild('PolicyDocument');
  if (network === undefined) return;
  const reason = 'CodeBuild makes network interfaces in the VPC; the permission to use one is limited to its subnets (IAM5).';
  acknowledge(network, 'AwsSolutions-IAM5[Resource::*]', reason);
  acknowledgeResource(role, 'arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:network-interface/*', reason);
}

/** What cannot be limited of an update by CloudFormation, or only to the revisions of a family and the stacks of a name. */
export function acknowledgeStackUpdate(role: iam.IRole, revisions: string[]): void {
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'Registering and describing task definitions know no resource (IAM5).');
  revisions.forEach((each) => acknowledgeResource(role, each, 'Tags on new revisions of one task definition, which have no number yet (IAM5).'));
}

/** CloudFormation puts an id of its own behind the name of a stack. */
export function acknowledgeStacks(role: IConstruct, stacks: string[]): void {
  stacks.forEach((each) => acknowledgeResource(role, each, 'One stack, by its name (IAM5).'));
}

/** Of a service in another stack; only at synthesis is it known how its names come over. */
export function acknowledgeDeployments(role: IConstruct, deployments: string[]): void {
  deployments.forEach((each) => acknowledgeResource(role, each, 'Deployments of one service, which have no number yet (IAM5).'));
}

function acknowledgeArtifacts(role: IConstruct, artifacts: s3.IBucket, actions: string[]): void {
  actions.forEach((action) => acknowledge(role, `AwsSolutions-IAM5[Action::${action}]`, ARTIFACTS));
  acknowledgeResource(role, artifacts.arnForObjects('*'), ARTIFACTS);
}

/**
 * Written to the metadata that `Validations.acknowledge()` writes: cdk-nag puts the ARN into the id of the finding, and the CDK,
 * as of 2.263, refuses an id with a second pair of colons.
 */
function acknowledgeResource(role: IConstruct, arn: string, reason: string): void {
  role.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, {
    [`AwsSolutions-IAM5[Resource::${asFound(Stack.of(role).resolve(arn))}]`]: reason,
  });
}

/** The text that cdk-nag makes of a reference. */
function asFound(value: any): string {
  if (value?.Ref !== undefined) return `<${value.Ref}>`;
  if (value?.['Fn::GetAtt'] !== undefined) return `<${value['Fn::GetAtt'].join('.')}>`;
  if (value?.['Fn::ImportValue'] !== undefined) return asFound(value['Fn::ImportValue']);
  if (value?.['Fn::GetStackOutput'] !== undefined) return JSON.stringify(value);
  if (value?.['Fn::Join'] !== undefined) return value['Fn::Join'][1].map(asFound).join(value['Fn::Join'][0]);
  return String(value);
}
