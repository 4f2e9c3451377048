import { Token, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { addressBits, cidrParts, coversFamily } from '../private/aws/ip-range';
import { failAt, isKnown } from '../private/errors';

/**
 * The peers of a list of address ranges. Throws, in the name of `subject`, for what is no range, or is everyone.
 * A range that is a token passes, as IPv4.
 */
export function resolvePeers(subject: string, list: string[]): ec2.IPeer[] {
  if (Token.isUnresolved(list)) {
    failAt(subject, {
      got: 'the list of ranges is a token',
      allowed: 'a list whose length is known at synthesis: each range becomes a rule of its own',
      fix: 'give an array; its elements may be tokens',
    });
  }
  if (list.length === 0) {
    failAt(subject, {
      got: 'the list of ranges is empty',
      allowed: 'at least one range, such as 203.0.113.0/24',
      fix: 'name who may come, or use FrontendAccess.vpcOnly() for a load balancer inside the VPC',
    });
  }
  const peers = list.map((cidr) => resolvePeer(subject, cidr));
  for (const family of [4, 6] as const) {
    if (!coversFamily(family, list.filter((cidr) => isKnown(cidr)))) continue;
    failAt(subject, {
      got: `the ranges ${list.join(', ')} are everyone together`,
      allowed: 'a list of narrower ranges',
      fix: 'say FrontendAccess.internet() if that is meant',
    });
  }
  return peers;
}

function resolvePeer(subject: string, cidr: string): ec2.IPeer {
  if (!isKnown(cidr)) {
    return ec2.Peer.ipv4(cidr);
  }
  const { family, prefix } = cidrParts(cidr);
  if (family !== 0 && prefix === undefined) {
    failAt(subject, {
      got: `'${cidr}' has no prefix length`,
      allowed: 'a range such as 203.0.113.0/24',
      fix: `write ${cidr}/${addressBits(family)} for this one address`,
    });
  }
  if (family === 0 || prefix === -1) {
    failAt(subject, {
      got: `'${cidr}' is no address range`,
      allowed: 'an IPv4 range such as 203.0.113.0/24 or an IPv6 range such as 2001:db8::/32',
      fix: 'correct the range',
    });
  }
  if (prefix === 0) {
    failAt(subject, {
      got: `'${cidr}' is everyone`,
      allowed: 'a list of narrower ranges',
      fix: 'say FrontendAccess.internet() if that is meant',
    });
  }
  return family === 4 ? ec2.Peer.ipv4(cidr) : ec2.Peer.ipv6(cidr);
}
