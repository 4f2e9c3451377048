import { Stack, Token, aws_ec2 as ec2, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { checkedPeers } from './cidrs';
import { acknowledge } from '../private/acknowledge';
import { fail, failAt, isKnown } from '../private/errors';

/** The AWS-managed list of the addresses from which CloudFront calls origins. */
const CLOUDFRONT_PREFIX_LIST = 'com.amazonaws.global.cloudfront.origin-facing';

/**
 * Settings of `FrontendAccess.cloudFront()`.
 */
export interface CloudFrontAccessOptions {
  /**
   * Id (`pl-…`) of the managed prefix list `com.amazonaws.global.cloudfront.origin-facing` in the region of the load balancer.
   *
   * @default - looked up at synthesis, which needs a stack with a concrete account and region
   */
  readonly prefixListId?: string;

  /**
   * Names under which visitors reach the distribution, when it forwards their Host header to the load balancer.
   * Targets then answer to these names as well, and the first one becomes the URL.
   *
   * @default - the name of the frontend's domain only
   */
  readonly viewerDomainNames?: string[];

  /**
   * Name of the header that proves that a request came through our own distribution. At most 40 characters.
   *
   * @default 'X-Origin-Verify'
   */
  readonly headerName?: string;

  /**
   * Secret with the value that the distribution sends: plain text of at most 128 letters and digits.
   *
   * @default - a generated one
   */
  readonly secret?: secretsmanager.ISecret;

  /**
   * A second secret whose value is accepted too. To rotate: give the new one here and deploy, make the distribution send it,
   * then make it `secret` and drop the old one. A value changed inside a secret is not seen: CloudFormation resolves it only
   * when the rule changes.
   *
   * @default - one value is accepted
   */
  readonly alsoAcceptedSecret?: secretsmanager.ISecret;
}

/**
 * The header that a CloudFront origin has to send (`customHeaders` of the origin).
 */
export interface FrontendOriginHeader {
  /** Name of the header. */
  readonly name: string;
  /** Secret with its value. */
  readonly secret: secretsmanager.ISecret;
}

/** What the load balancer must know about its callers. */
export interface AccessBinding {
  readonly internetFacing: boolean;
  /** Anyone may come: port 80 answers too, with a redirect, and the way in is declared. */
  readonly fromInternet: boolean;
  /** CloudFront stands in between. */
  readonly behindCloudFront: boolean;
  readonly sources: { readonly peer: ec2.IPeer; readonly why: string }[];
  readonly viewerDomainNames: string[];
  readonly originHeader?: FrontendOriginHeader;
  readonly acceptedSecrets: secretsmanager.ISecret[];
}

/** What an access may look at while it is bound. */
export interface AccessContext {
  readonly vpc: ec2.IVpc;
  readonly dualStack: boolean;
}

/**
 * Who may reach a frontend.
 */
export abstract class FrontendAccess {
  /** Everyone: an internet-facing load balancer, open on its ports. */
  public static internet(): FrontendAccess {
    return new InternetAccess();
  }

  /**
   * An internet-facing load balancer that only the given address ranges reach.
   *
   * Throws for an empty list, for a text that is no range, and for a range that is everyone.
   *
   * @param list ranges such as `203.0.113.0/24`; a single address ends in `/32` (IPv4) or `/128` (IPv6)
   */
  public static cidrs(list: string[]): FrontendAccess {
    checkedPeers('FrontendAccess.cidrs', list);
    return new CidrAccess(list);
  }

  /**
   * Only CloudFront, and of CloudFront only our own distribution: HTTPS from CloudFront's addresses, and every rule asks for a
   * secret header. There is no port 80, and anything else is answered 403.
   *
   * Give the distribution `frontend.originHeader` as a custom header, HTTPS only, and an origin name that the certificate covers.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
   */
  public static cloudFront(options: CloudFrontAccessOptions = {}): FrontendAccess {
    checkHeaderName(options.headerName);
    return new CloudFrontAccess(options);
  }

  /**
   * An internal load balancer in private subnets, reached from inside the VPC only.
   *
   * @param list ranges to admit instead of the VPC's own, such as those of peered networks
   */
  public static vpcOnly(list?: string[]): FrontendAccess {
    if (list !== undefined) {
      checkedPeers('FrontendAccess.vpcOnly', list);
    }
    return new VpcAccess(list);
  }

  /** @internal */
  public abstract _bind(scope: Construct, context: AccessContext): AccessBinding;
}

class InternetAccess extends FrontendAccess {
  /** @internal */
  public _bind(_scope: Construct, context: AccessContext): AccessBinding {
    const peers = context.dualStack ? [ec2.Peer.anyIpv4(), ec2.Peer.anyIpv6()] : [ec2.Peer.anyIpv4()];
    return binding({ internetFacing: true, fromInternet: true, sources: peers.map((peer) => ({ peer, why: 'Visitors from the internet' })) });
  }
}

class CidrAccess extends FrontendAccess {
  public constructor(private readonly list: string[]) {
    super();
  }

  /** @internal */
  public _bind(scope: Construct, context: AccessContext): AccessBinding {
    return binding({ internetFacing: true, sources: cidrSources(scope, this.list, context) });
  }
}

class VpcAccess extends FrontendAccess {
  public constructor(private readonly list?: string[]) {
    super();
  }

  /** @internal */
  public _bind(scope: Construct, context: AccessContext): AccessBinding {
    const sources = this.list === undefined
      ? [{ peer: ec2.Peer.ipv4(cidrOf(scope, context.vpc)), why: 'Callers inside the VPC' }]
      : cidrSources(scope, this.list, context);
    return binding({ internetFacing: false, sources });
  }
}

class CloudFrontAccess extends FrontendAccess {
  public constructor(private readonly options: CloudFrontAccessOptions) {
    super();
  }

  /** @internal */
  public _bind(scope: Construct, context: AccessContext): AccessBinding {
    if (context.dualStack) {
      fail(scope, {
        got: 'dualStack is true together with FrontendAccess.cloudFront()',
        allowed: 'IPv4 only: the prefix list of CloudFront takes 55 of the 60 rules of a security group',
        fix: 'leave dualStack out; CloudFront itself serves visitors over IPv6',
      });
    }
    const secret = this.options.secret ?? generatedSecret(scope);
    return binding({
      internetFacing: true,
      behindCloudFront: true,
      sources: [{ peer: ec2.Peer.prefixList(this.prefixListId(scope)), why: 'CloudFront origin-facing servers' }],
      viewerDomainNames: this.options.viewerDomainNames,
      originHeader: { name: this.options.headerName ?? 'X-Origin-Verify', secret },
      acceptedSecrets: this.options.alsoAcceptedSecret ? [secret, this.options.alsoAcceptedSecret] : [secret],
    });
  }

  private prefixListId(scope: Construct): string {
    const { account, region } = Stack.of(scope);
    if (this.options.prefixListId !== undefined) {
      return this.options.prefixListId;
    }
    if (Token.isUnresolved(account) || Token.isUnresolved(region)) {
      fail(scope, {
        got: 'FrontendAccess.cloudFront() has no prefixListId in a stack without a concrete account and region',
        allowed: `the id of the managed prefix list ${CLOUDFRONT_PREFIX_LIST}, or an environment in which it can be looked up`,
        fix: 'set prefixListId (VPC console, Managed prefix lists), or give the stack env: { account, region }',
      });
    }
    return ec2.PrefixList.fromLookup(scope, 'CloudFrontPrefixList', { prefixListName: CLOUDFRONT_PREFIX_LIST }).prefixListId;
  }
}

function binding(known: Pick<AccessBinding, 'internetFacing' | 'sources'> & Partial<AccessBinding>): AccessBinding {
  return {
    ...known,
    fromInternet: known.fromInternet ?? false,
    behindCloudFront: known.behindCloudFront ?? false,
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
  return checkedPeers(scope.node.path, list).map((peer) => ({ peer, why: 'Admitted address range' }));
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

/** Letters and digits only: `*` and `?` would be wildcards in the rule that compares it. */
function generatedSecret(scope: Construct): secretsmanager.Secret {
  const secret = new secretsmanager.Secret(scope, 'OriginSecret', {
    description: 'Header value by which the load balancer knows its CloudFront distribution',
    generateSecretString: { excludePunctuation: true, includeSpace: false, passwordLength: 64 },
  });
  acknowledge(secret, 'AwsSolutions-SMG4', 'Rotated by alsoAcceptedSecret: a value that changes by itself would lock CloudFront out, as'
    + ' neither the listener rule nor the distribution reads it again without a deployment (SMG4).');
  return secret;
}

function checkHeaderName(name: string | undefined): void {
  if (isKnown(name) && !/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}$/.test(name)) {
    failAt('FrontendAccess.cloudFront', {
      got: `headerName is '${name}'`,
      allowed: 'an HTTP header name of 1 to 40 characters',
      fix: 'use letters, digits and hyphens, such as X-Origin-Verify',
    });
  }
}
