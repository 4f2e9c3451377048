import { aws_ec2 as ec2, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from './errors';
import { warn } from './warnings';

/**
 * The subnets in which tasks, hosts and databases belong: private ones with a way out, or isolated ones where the VPC has no NAT.
 *
 * Throws where the VPC has public subnets only: a task without a public address could not even pull its image there.
 */
export function privateSubnets(scope: IConstruct, vpc: ec2.IVpc): ec2.SubnetSelection {
  if (vpc.privateSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  if (vpc.isolatedSubnets.length > 0) return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  return fail(scope, {
    got: `vpc ${vpc.node.path} has no private subnets`,
    allowed: 'a VPC with private subnets in two or more zones',
    fix: 'use HaNetwork, or a VPC with subnets of type PRIVATE_WITH_EGRESS or PRIVATE_ISOLATED',
  });
}

/**
 * Throws unless the subnets lie in two or more zones, as far as that is known at synthesis.
 */
export function requireTwoZones(scope: IConstruct, what: string, zones: string[]): void {
  if (Token.isUnresolved(zones)) return;
  const distinct = [...new Set(zones)];
  if (distinct.length >= 2) return;
  fail(scope, {
    got: `${what} spans ${distinct.length} availability `
      + `zone(s)${distinct.some((zone) => Token.isUnresolved(zone)) ? '' : ` (${distinct.join(', ')})`}`,
    allowed: 'two or more zones',
    fix: 'choose subnets in at least two availability zones, so that one zone can be lost',
  });
}

/**
 * The zones of the chosen subnets; an empty answer means that they are not known.
 */
export function knownZones(vpc: ec2.IVpc, selection: ec2.SubnetSelection): string[] | undefined {
  const subnets = vpc.selectSubnets(selection);
  if (subnets.isPendingLookup || Token.isUnresolved(subnets.subnetIds)) return undefined;
  try {
    return subnets.availabilityZones;
  } catch {
    // A subnet imported by id alone throws when it is asked for its zone: that is unknown, not wrong.
    return undefined;
  }
}

/** Warns of hosts in public subnets: one rule of a group, and a subnet that gives addresses, are then all that keeps the internet out. */
export function warnOfPublicSubnets(scope: IConstruct, id: string, vpc: ec2.IVpc, selection: ec2.SubnetSelection): void {
  const open = new Set(vpc.publicSubnets.map(({ subnetId }) => subnetId));
  const wrong = vpc.selectSubnets(selection).subnets.filter(({ subnetId }) => open.has(subnetId));
  if (wrong.length === 0) return;
  warn(scope, id, `vpcSubnets has public subnets (${wrong.map((subnet) => subnet.node.path).join(', ')}): instances belong in private ones, `
    + 'where nothing on the internet can reach them; leave vpcSubnets out, or select PRIVATE_WITH_EGRESS');
}
