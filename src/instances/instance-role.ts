import { aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeManagedPolicy } from '../private/acknowledge-policy';
import type { Complaint } from '../private/errors';

/** A role that exists, by itself or in a profile. */
export interface RoleChoice {
  readonly instanceRole?: iam.IRole;
  readonly instanceProfile?: iam.IInstanceProfile;
}

/** Defines the role of instances that are reached by Session Manager instead of SSH. */
export function defineInstanceRole(scope: Construct, description: string): iam.Role {
  const role = new iam.Role(scope, 'InstanceRole', {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    description,
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
  });
  acknowledgeManagedPolicy(role, 'AmazonSSMManagedInstanceCore',
    'AWS maintains this policy for Session Manager, which replaces SSH and key pairs.');
  return role;
}

/** What is wrong with the role a user passed in, undefined where nothing is. `prefix` is what the user typed before the props' names. */
export function findRoleProblem({ instanceRole, instanceProfile }: RoleChoice, prefix: string = ''): Complaint | undefined {
  if (instanceProfile === undefined) return undefined;
  if (instanceRole !== undefined) {
    return {
      got: `${prefix}instanceRole and ${prefix}instanceProfile are both set`,
      allowed: 'one of the two',
      fix: 'pass the profile alone, with its role inside',
    };
  }
  if (instanceProfile.role !== undefined) return undefined;
  return {
    got: `${prefix}instanceProfile has no role`,
    allowed: 'a profile whose role is known',
    fix: 'import it with InstanceProfile.fromInstanceProfileAttributes({ instanceProfileArn, role })',
  };
}
