import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { resolvePeers } from './cidrs';
import type { CloudFrontAccessOptions, CloudFrontVpcOriginOptions, OriginHeader } from './cloudfront-origin';
import { requireHeaderName, generatedSecret, originPrefixListId } from './cloudfront-origin';
import { fail, isKnown } from '../private/errors';
import { requireArgument, requireOptions } from '../private/input/require-input';
import { requireOwnKind } from '../private/sealed';

/** What the load balancer must know about its callers. */
export interface AccessBinding {
  readonly internetFacing: boolean;
  /** Anyone may come: port 80 answers too, with a redirect, and the way in is declared. */
  readonly fromInternet: boolean;
  /** CloudFront stands in between. */
  readonly behindCloudFront: boolean;
  /** CloudFront comes in through a VPC origin, and no record of ours names the load balancer. */
  readonly vpcOrigin: boolean;
  readonly sources: { readonly peer: ec2.IPeer; readonly why: string }[];
  readonly viewerDomainNames: string[];
  readonly originHeader?: OriginHeader;
  readonly acceptedSecrets: secretsmanager.ISecret[];
}

/** What an access may look at while it is bound. */
export interface AccessContext {
  readonly vpc: ec2.IVpc;
  readonly dualStack: boolean;
}

/** What an access turns into, once it meets its load balancer. */
type AccessBinder = (scope: Construct, context: AccessContext) => AccessBinding;

/**
 * Who may reach a frontend.
 */
export class FrontendAccess {
  /** Everyone: an internet-facing load balancer, open on its ports. */
  public static internet(): FrontendAccess {
    return new FrontendAccess(internetAccess);
  }

  /**
   * An internet-facing load balancer that only the given address ranges reach.
   *
   * Throws for an empty list, for a text that is no range, and for a range that is everyone.
   *
   * @param list ranges such as `203.0.113.0/24`; a single address ends in `/32` (IPv4) or `/128` (IPv6)
   */
  public static cidrs(list: string[]): FrontendAccess {
    requireArgument('FrontendAccess.cidrs', 'list', '[string]', list);
    resolvePeers('FrontendAccess.cidrs', list);
    return new FrontendAccess((scope, context) => binding({ internetFacing: true, sources: cidrSources(scope, list, context) }));
  }

  /**
   * Only CloudFront, and of CloudFront only our own distribution: HTTPS from CloudFront's addresses, and every rule asks for a
   * secret header. There is no port 80, and anything else is answered 403.
   *
   * Give the distribution `frontend.originHeaderName` with the value of `frontend.originHeaderSecret` as a custom header, HTTPS only, and an origin name that the certificate covers.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
   */
  public static cloudFront(options: CloudFrontAccessOptions = {}): FrontendAccess {
    requireOptions('FrontendAccess.cloudFront', 'CloudFrontAccessOptions', options);
    requireHeaderName(options.headerName);
    return new FrontendAccess((scope, context) => cloudFrontAccess(scope, context, options));
  }

  /**
   * Only CloudFront, through a VPC origin: an internal load balancer in private subnets, which no address of the internet leads to. VPC
   * origins belong to an account, so no foreign distribution gets in unless you share yours, and there is no secret header to keep.
   *
   * Make the distribution with `VpcOrigin.withVpcOrigin(frontend.vpcOrigin, { domainName })` of `aws_cloudfront_origins`, where the name is
   * one that the certificate covers, and forward the Host header. The records of the name lead to the distribution, so the frontend writes
   * none: add an `ARecord` and an `AaaaRecord` with `CloudFrontTarget`.
   *
   * The VPC needs an internet gateway, which only tells that it may be reached; packets do not take it. Without one the synthesis fails. CloudFront takes some 15 minutes to
   * set the origin up, does not come to every zone of a few regions, and knows neither gRPC nor `dualStack` here.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
   */
  public static cloudFrontVpcOrigin(options: CloudFrontVpcOriginOptions = {}): FrontendAccess {
    requireOptions('FrontendAccess.cloudFrontVpcOrigin', 'CloudFrontVpcOriginOptions', options);
    return new FrontendAccess((scope, context) => vpcOriginAccess(scope, context, options));
  }

  /**
   * An internal load balancer in private subnets, reached from inside the VPC only.
   *
   * @param list ranges to admit instead of the VPC's own, such as those of peered networks
   */
  public static vpcOnly(list?: string[]): FrontendAccess {
    if (list !== undefined) {
      requireArgument('FrontendAccess.vpcOnly', 'list', '[string]', list);
      resolvePeers('FrontendAccess.vpcOnly', list);
    }
    return new FrontendAccess((scope, context) => binding({
      internetFacing: false,
      sources: list === undefined ? vpcSources(scope, context) : cidrSources(scope, list, context),
    }));
  }

  /** @internal */
  public readonly _bind: AccessBinder;

  private constructor(bind: AccessBinder) {
    requireOwnKind(bind, 'FrontendAccess', 'FrontendAccess.internet(), cidrs() and the like');
    this._bind = bind;
  }
}

function internetAccess(_scope: Construct, { dualStack }: AccessContext): AccessBinding {
  const peers = dualStack ? [ec2.Peer.anyIpv4(), ec2.Peer.anyIpv6()] : [ec2.Peer.anyIpv4()];
  return binding({ internetFacing: true, fromInternet: true, sources: peers.map((peer) => ({ peer, why: 'Visitors from the internet' })) });
}

function cloudFrontAccess(scope: Construct, context: AccessContext, options: CloudFrontAccessOptions): AccessBinding {
  requireIpv4(scope, context, 'FrontendAccess.cloudFront()');
  const secret = options.secret ?? generatedSecret(scope);
  return binding({
    internetFacing: true,
    behindCloudFront: true,
    sources: [fromPrefixList(scope, 'FrontendAccess.cloudFront()', options.prefixListId)],
    viewerDomainNames: options.viewerDomainNames,
    originHeader: { name: options.headerName ?? 'X-Origin-Verify', secret },
    acceptedSecrets: options.alsoAcceptedSecret ? [secret, options.alsoAcceptedSecret] : [secret],
  });
}

function vpcOriginAccess(scope: Construct, context: AccessContext, options: CloudFrontVpcOriginOptions): AccessBinding {
  const subject = 'FrontendAccess.cloudFrontVpcOrigin()';
  requireIpv4(scope, context, subject);
  if (options.serviceSecurityGroup && options.prefixListId !== undefined) {
    fail(scope, {
      got: `${subject} has serviceSecurityGroup and prefixListId`,
      allowed: 'one of the two: the group admits CloudFront alone, the list every address it calls from',
      fix: 'drop prefixListId once the group is there',
    });
  }
  return binding({
    internetFacing: false,
    behindCloudFront: true,
    vpcOrigin: true,
    sources: [options.serviceSecurityGroup
      ? { peer: ec2.Peer.securityGroupId(options.serviceSecurityGroup.securityGroupId), why: 'Network interfaces of the VPC origin' }
      : fromPrefixList(scope, subject, options.prefixListId)],
    viewerDomainNames: options.viewerDomainNames,
  });
}

function requireIpv4(scope: Construct, context: AccessContext, subject: string): void {
  if (!context.dualStack) return;
  fail(scope, {
    got: `dualStack is true together with ${subject}`,
    allowed: 'IPv4 only: the prefix list of CloudFront takes 55 of the 60 rules of a security group',
    fix: 'leave dualStack out; CloudFront itself serves visitors over IPv6',
  });
}

function fromPrefixList(scope: Construct, subject: string, prefixListId: string | undefined): AccessBinding['sources'][number] {
  return { peer: ec2.Peer.prefixList(originPrefixListId(scope, subject, prefixListId)), why: 'CloudFront origin-facing servers' };
}

function binding(known: Pick<AccessBinding, 'internetFacing' | 'sources'> & Partial<AccessBinding>): AccessBinding {
  return {
    ...known,
    fromInternet: known.fromInternet ?? false,
    behindCloudFront: known.behindCloudFront ?? false,
    vpcOrigin: known.vpcOrigin ?? false,
    viewerDomainNames: known.viewerDomainNames ?? [],
    acceptedSecrets: known.acceptedSecrets ?? [],
  };
}

function cidrSources(scope: Construct, list: string[], context: AccessContext): AccessBinding['sources'] {
  const ipv6 = list.find((cidr) => isKnown(cidr) && cidr.includes(':'));
  if (ipv6 !== undefined && !context.dualStack) {
    fail(scope, {
      got: `the range ${ipv6} is IPv6 while dualStack is not set`,
      allowed: 'IPv4 ranges on a load balancer that has IPv4 addresses only',
      fix: 'set dualStack: true (the subnets need IPv6 ranges), or drop the range',
    });
  }
  return resolvePeers(scope.node.path, list).map((peer) => ({ peer, why: 'Admitted address range' }));
}

function vpcSources(scope: Construct, { vpc }: AccessContext): AccessBinding['sources'] {
  return [{ peer: ec2.Peer.ipv4(cidrOf(scope, vpc)), why: 'Callers inside the VPC' }];
}

function cidrOf(scope: Construct, vpc: ec2.IVpc): string {
  try {
    return vpc.vpcCidrBlock;
  } catch {
    return fail(scope, {
      got: 'access is FrontendAccess.vpcOnly() and vpc was imported without its address range',
      allowed: 'a VPC whose range is known, or a list of ranges',
      fix: 'give vpcCidrBlock to Vpc.fromVpcAttributes, or write FrontendAccess.vpcOnly([...])',
    });
  }
}
