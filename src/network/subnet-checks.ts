import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NatMode } from './nat-mode';
import { fail } from '../private/errors';

/** Throws for groups of subnets that do not go together, or not with the way out. */
export function checkSubnets(scope: Construct, groups: ec2.SubnetConfiguration[], natMode: NatMode): void {
  const twice = groups.find(({ name }, index) => groups.findIndex((group) => group.name === name) !== index);
  if (twice !== undefined) {
    fail(scope, {
      got: `subnetConfiguration has two groups '${twice.name}'`, allowed: 'a name of its own for each group', fix: 'rename one of them',
    });
  }
  const has = (type: ec2.SubnetType) => groups.some((group) => group.subnetType === type && !group.reserved);
  if (natMode === NatMode.NONE && has(ec2.SubnetType.PRIVATE_WITH_EGRESS)) {
    fail(scope, {
      got: 'subnetConfiguration has a PRIVATE_WITH_EGRESS group with NatMode.NONE',
      allowed: 'PUBLIC and PRIVATE_ISOLATED groups without NAT',
      fix: 'make the group PRIVATE_ISOLATED, or choose another natMode',
    });
  }
  if (natMode !== NatMode.NONE && has(ec2.SubnetType.PRIVATE_WITH_EGRESS) && !has(ec2.SubnetType.PUBLIC)) {
    fail(scope, {
      got: `subnetConfiguration has no PUBLIC group with NatMode.${natMode}`,
      allowed: 'a PUBLIC group beside the PRIVATE_WITH_EGRESS ones, for the NAT gateways',
      fix: 'add a PUBLIC group, or choose NatMode.NONE with PRIVATE_ISOLATED groups',
    });
  }
  if (!has(ec2.SubnetType.PRIVATE_WITH_EGRESS) && !has(ec2.SubnetType.PRIVATE_ISOLATED)) {
    fail(scope, {
      got: 'subnetConfiguration has no private group',
      allowed: 'a PRIVATE_WITH_EGRESS or PRIVATE_ISOLATED group',
      fix: 'add one: tasks, instances and databases do not belong in public subnets',
    });
  }
}
