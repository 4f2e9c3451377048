import { Lazy, Stack, Token, aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AccessBinding } from './frontend-access';
import { acknowledge } from '../private/acknowledge';
import { declarePath } from '../private/declared-paths';
import { fail } from '../private/errors';
import { knownZones } from '../private/private-subnets';
import { closedSecurityGroup } from '../private/security-group';

/** Egress that matches nothing, as CDK writes it for a group that lets nothing out. */
const NOTHING_OUT = { cidrIp: '255.255.255.255/32', ipProtocol: 'icmp', fromPort: 252, toPort: 86, description: 'Disallow all traffic' };

/**
 * The subnets of the load balancer: one per zone, which is all that AWS takes. Throws for fewer than two zones, and for private
 * subnets under a load balancer that faces the internet.
 */
export function resolveSubnets(scope: Construct, vpc: ec2.IVpc, internetFacing: boolean, wish?: ec2.SubnetSelection): ec2.SubnetSelection {
  const selection = wish ?? { subnetType: internetFacing ? ec2.SubnetType.PUBLIC : privateType(vpc), onePerAz: true };
  if (wish === undefined && (internetFacing ? vpc.publicSubnets : [...vpc.privateSubnets, ...vpc.isolatedSubnets]).length === 0) {
    fail(scope, {
      got: `the VPC has no ${internetFacing ? 'public' : 'private'} subnets`,
      allowed: `a VPC with ${internetFacing ? 'public' : 'private'} subnets in two or more zones`,
      fix: internetFacing ? 'use FrontendAccess.vpcOnly(), or add public subnets' : 'add private subnets, or set vpcSubnets',
    });
  }
  const selected = vpc.selectSubnets(selection);
  // Zones without a known name can be counted all the same; a list that is one token, and subnets imported by id alone, cannot.
  const zones = knownZones(vpc, selection);
  const count = new Set(zones).size;
  if (zones !== undefined && count < 2) {
    fail(scope, {
      got: `the subnets of the load balancer are in ${count} zone${count === 1 ? '' : 's'}`,
      allowed: 'subnets in two or more zones',
      fix: 'use a VPC over two zones (maxAzs: 2 or more), or select subnets of more zones in vpcSubnets',
    });
  }
  if (internetFacing && !selected.hasPublic && !selected.isPendingLookup) {
    fail(scope, {
      got: 'vpcSubnets selects private subnets for a load balancer that faces the internet',
      allowed: 'public subnets',
      fix: 'leave vpcSubnets out, or use FrontendAccess.vpcOnly()',
    });
  }
  return selection;
}

/** The group of the load balancer: in from whom `access` names on the given ports; out to nothing, until a target is added. */
export function frontendSecurityGroup(scope: Construct, vpc: ec2.IVpc, access: AccessBinding, ports: number[]): ec2.SecurityGroup {
  const group = closedSecurityGroup(scope, 'SecurityGroup', vpc, 'Load balancer: in on its listeners, out to its targets only');
  keepClosed(group);
  admit(scope, group, access, ports);
  return group;
}

/** Lets in whom `access` names, on the given ports. */
export function admit(scope: Construct, group: ec2.ISecurityGroup, access: AccessBinding, ports: number[]): void {
  for (const port of ports) {
    for (const { peer, why } of access.sources) {
      group.addIngressRule(peer, ec2.Port.tcp(port), `${why} on ${port}`);
    }
    if (access.fromInternet) {
      declarePath(
        scope,
        'internet',
        { connections: new ec2.Connections({ securityGroups: [group] }) },
        { fromPort: port, why: 'Visitors from the internet' },
      );
    }
  }
  if (access.fromInternet) {
    acknowledge(group, 'AwsSolutions-EC23', `A public load balancer answers the internet on ${ports.join(' and ')}, as asked for by`
      + ' FrontendAccess.internet() (EC23).');
  } else if (access.sources.some(({ peer }) => Token.isUnresolved(peer.uniqueId))) {
    acknowledge(group, 'AwsSolutions-EC23', 'A source is only known at deployment, such as the range of the VPC, so that the rule cannot'
      + ' judge it (EC23).');
  }
}

/**
 * CDK drops the rule that lets nothing out as soon as a target asks for egress. The rule for the target may be in another stack,
 * which is deployed later or never; until then AWS would let everything out. Rules of the user that are written into the group stay.
 */
function keepClosed(group: ec2.SecurityGroup): void {
  const resource = group.node.defaultChild as ec2.CfnSecurityGroup;
  const own = resource.securityGroupEgress;
  resource.securityGroupEgress = Lazy.any({
    produce: () => {
      const rules = Stack.of(group).resolve(own);
      return rules?.length > 0 ? rules : [NOTHING_OUT];
    },
  });
}

function privateType(vpc: ec2.IVpc): ec2.SubnetType {
  return vpc.privateSubnets.length > 0 ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PRIVATE_ISOLATED;
}
