import { Token } from 'aws-cdk-lib';
import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from '../private/errors';
import { knownZones, privateSubnets, requireTwoZones } from '../private/private-subnets';

/**
 * One private subnet in each zone. Throws for public subnets and for a single zone.
 */
export function mountTargetSubnets(scope: IConstruct, vpc: ec2.IVpc, selection?: ec2.SubnetSelection): ec2.ISubnet[] {
  const chosen = selection ?? privateSubnets(scope, vpc);
  const all = vpc.selectSubnets(chosen).subnets;
  const publicOnes = all.filter((subnet) => vpc.publicSubnets.includes(subnet));
  if (publicOnes.length > 0) {
    fail(scope, {
      got: `vpcSubnets puts mount targets in public subnets (${publicOnes.map((subnet) => subnet.node.path).join(', ')})`,
      allowed: 'private subnets only',
      fix: 'choose subnets of type PRIVATE_WITH_EGRESS or PRIVATE_ISOLATED, or leave vpcSubnets out',
    });
  }
  requireTwoZones(scope, 'vpcSubnets', knownZones(vpc, chosen) ?? ['unknown', 'zones']);
  return onePerZone(all);
}

/** Throws for subnets that are one list of unknown length: each mount target names its own. */
export function requireEachSubnet(scope: IConstruct, subnets: ec2.ISubnet[]): void {
  if (!Token.isUnresolved(subnets.map((subnet) => subnet.subnetId))) return;
  fail(scope, {
    got: 'the private subnets of the VPC are a list that is only known at deployment',
    allowed: 'subnets that are known one by one, for each zone has a mount target of its own',
    fix: 'import the VPC with arrays, such as [Fn.select(0, list), Fn.select(1, list)], or pass a file system that exists already',
  });
}

/** Throws for a VPC in which the name of a mount target would resolve to nothing, as far as that is known. */
export function requireDns(scope: IConstruct, vpc: ec2.IVpc): void {
  const { dnsHostnamesEnabled, dnsSupportEnabled } = vpc as Partial<ec2.Vpc>;
  if (dnsHostnamesEnabled !== false && dnsSupportEnabled !== false) return;
  fail(scope, {
    got: `vpc ${vpc.node.path} has ${dnsSupportEnabled === false ? 'enableDnsSupport' : 'enableDnsHostnames'} off`,
    allowed: 'a VPC with enableDnsSupport and enableDnsHostnames',
    fix: 'turn both on: without them the name of the file system resolves to nothing, and no task can mount it',
  });
}

/** EFS takes one mount target in a zone. A subnet whose zone is not known is kept: its owner chose it. */
function onePerZone(subnets: ec2.ISubnet[]): ec2.ISubnet[] {
  const zones = new Set<string>();
  return subnets.filter((subnet) => {
    const zone = zoneOf(subnet);
    if (zone === undefined) return true;
    const first = !zones.has(zone);
    zones.add(zone);
    return first;
  });
}

function zoneOf(subnet: ec2.ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    // A subnet imported by id alone throws when it is asked for its zone.
    return undefined;
  }
}
