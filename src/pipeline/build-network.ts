import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineBuildProps } from './web-app-pipeline-props';
import { openHttpsOut } from '../private/open-paths';
import { closedSecurityGroup } from '../private/security-group';

/** Where builds run: in no VPC, or in one with a security group that all projects share. */
export interface BuildNetwork {
  readonly vpc?: ec2.IVpc;
  readonly subnetSelection?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

export function defineBuildNetwork(scope: Construct, { vpc, vpcSubnets }: PipelineBuildProps): BuildNetwork {
  if (vpc === undefined) return {};
  const why = 'Source, AWS APIs, registries and packages';
  const securityGroup = closedSecurityGroup(scope, 'BuildSecurityGroup', vpc, 'Builds of a pipeline');
  openHttpsOut(scope, securityGroup, why);
  return { vpc, subnetSelection: vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [securityGroup] };
}
