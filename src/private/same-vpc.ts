import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail, isKnown } from './errors';

/** Throws where something lies in another VPC than what uses it: no rule of a security group reaches across. What is not known passes. */
export function requireSameVpc(scope: IConstruct, own: ec2.IVpc, name: string, other: ec2.IVpc | undefined): void {
  if (other === undefined || !areDifferent(own, other)) return;
  fail(scope, {
    got: `${name} is in the VPC ${nameOf(other)}, and this in ${nameOf(own)}`,
    allowed: 'both in one VPC, for security groups connect nothing beyond theirs',
    fix: `pass a ${name} of the same VPC, or move this to the other one`,
  });
}

/** Two that this app defines, or two ids that are written down; an import with an id that only the deployment knows may be either. */
function areDifferent(one: ec2.IVpc, other: ec2.IVpc): boolean {
  if (one === other) return false;
  if (isKnown(one.vpcId) && isKnown(other.vpcId)) return one.vpcId !== other.vpcId;
  return isDefined(one) && isDefined(other) && one.node !== other.node;
}

function isDefined(vpc: ec2.IVpc): boolean {
  const { defaultChild } = vpc.node;
  return defaultChild !== undefined && ec2.CfnVPC.isCfnVPC(defaultChild);
}

function nameOf(vpc: ec2.IVpc): string {
  return isKnown(vpc.vpcId) ? vpc.vpcId : vpc.node.path;
}
