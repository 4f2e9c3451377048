import { RemovalPolicy, aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { fail } from '../../private/errors';
import { knownZones, privateSubnets, requireTwoZones } from '../../private/private-subnets';
import { closedSecurityGroup } from '../../private/security-group';

/** Where a managed database lies: isolated subnets if there are any, for it never calls out. Public ones and a single zone throw. */
export function databaseSubnets(scope: IConstruct, vpc: ec2.IVpc, chosen?: ec2.SubnetSelection): ec2.SubnetSelection {
  const selection = chosen ?? (vpc.isolatedSubnets.length > 0 ? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } : privateSubnets(scope, vpc));
  requirePrivate(scope, vpc, selection);
  const zones = knownZones(vpc, selection);
  if (zones) requireTwoZones(scope, 'the database', zones);
  return selection;
}

/** A group that nothing leaves and that only rules of the consumers open. It stays when the database stays, which would block its deletion. */
export function databaseSecurityGroup(scope: Construct, vpc: ec2.IVpc, removalPolicy: RemovalPolicy): ec2.SecurityGroup {
  const group = closedSecurityGroup(scope, 'SecurityGroup', vpc, 'Managed database');
  group.applyRemovalPolicy(removalPolicy);
  return group;
}

function requirePrivate(scope: IConstruct, vpc: ec2.IVpc, selection: ec2.SubnetSelection): void {
  const publicSubnets = new Set(vpc.publicSubnets.map((subnet) => subnet.subnetId));
  const wrong = vpc.selectSubnets(selection).subnets.filter((subnet) => publicSubnets.has(subnet.subnetId));
  if (wrong.length === 0) return;
  fail(scope, {
    got: `vpcSubnets has public subnets (${wrong.map((subnet) => subnet.node.path).join(', ')})`,
    allowed: 'private or isolated subnets only',
    fix: 'leave vpcSubnets out, or select subnets of type PRIVATE_ISOLATED or PRIVATE_WITH_EGRESS; nothing on the internet may reach a database',
  });
}
