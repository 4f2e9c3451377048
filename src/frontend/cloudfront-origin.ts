import {
  Stack, Token, aws_cloudfront as cloudfront, aws_ec2 as ec2, aws_secretsmanager as secretsmanager,
} from 'aws-cdk-lib';
import type { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';
import { describeComplaint, fail, failAt, isKnown } from '../private/errors';

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
 * Settings of `FrontendAccess.cloudFrontVpcOrigin()`.
 */
export interface CloudFrontVpcOriginOptions {
  /**
   * Id (`pl-…`) of the managed prefix list `com.amazonaws.global.cloudfront.origin-facing` in the region of the load balancer.
   *
   * @default - looked up at synthesis, which needs a stack with a concrete account and region; not asked for with `serviceSecurityGroup`
   */
  readonly prefixListId?: string;

  /**
   * The group `CloudFront-VPCOrigins-Service-SG`, which CloudFront makes in the VPC with its first VPC origin. Instead of the prefix list,
   * it admits the network interfaces of CloudFront alone, and costs one rule of the security group where the list costs 55. It does not exist
   * before the first deployment: deploy with the prefix list, then give this one.
   *
   * @default - the prefix list is admitted
   */
  readonly serviceSecurityGroup?: ec2.ISecurityGroup;

  /**
   * Names under which visitors reach the distribution, beside those of the frontend's domain. Targets answer to them as well, and the first
   * one becomes the URL.
   *
   * @default - the names of the frontend's domain
   */
  readonly viewerDomainNames?: string[];
}

/** The header that a CloudFront origin has to send. */
export interface OriginHeader {
  readonly name: string;
  /** Holds its value. */
  readonly secret: secretsmanager.ISecret;
}

/** The id of the prefix list: the given one, or one that is looked up. Throws, in the name of `subject`, where it cannot be looked up. */
export function originPrefixListId(scope: Construct, subject: string, given: string | undefined): string {
  if (given !== undefined) {
    return given;
  }
  const { account, region } = Stack.of(scope);
  if (Token.isUnresolved(account) || Token.isUnresolved(region)) {
    fail(scope, {
      got: `${subject} has no prefixListId in a stack without a concrete account and region`,
      allowed: `the id of the managed prefix list ${CLOUDFRONT_PREFIX_LIST}, or an environment in which it can be looked up`,
      fix: 'set prefixListId (VPC console, Managed prefix lists), or give the stack env: { account, region }',
    });
  }
  return ec2.PrefixList.fromLookup(scope, 'CloudFrontPrefixList', { prefixListName: CLOUDFRONT_PREFIX_LIST }).prefixListId;
}

/** A secret for the header. Letters and digits only: `*` and `?` would be wildcards in the rule that compares it. */
export function generatedSecret(scope: Construct): secretsmanager.Secret {
  const secret = new secretsmanager.Secret(scope, 'OriginSecret', {
    description: 'Header value by which the load balancer knows its CloudFront distribution',
    generateSecretString: { excludePunctuation: true, includeSpace: false, passwordLength: 64 },
  });
  acknowledge(secret, 'AwsSolutions-SMG4', 'Rotated by alsoAcceptedSecret: a value that changes by itself would lock CloudFront out, as'
    + ' neither the listener rule nor the distribution reads it again without a deployment (SMG4).');
  return secret;
}

/** Throws for a header name that HTTP or the load balancer would refuse. */
export function requireHeaderName(name: string | undefined): void {
  if (isKnown(name) && !/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,40}$/.test(name)) {
    failAt('FrontendAccess.cloudFront', {
      got: `headerName is '${name}'`,
      allowed: 'an HTTP header name of 1 to 40 characters',
      fix: 'use letters, digits and hyphens, such as X-Origin-Verify',
    });
  }
}

/**
 * The door by which CloudFront comes into the VPC. It asks what the load balancer listens on: HTTPS on 443, or HTTP on 80 without a certificate.
 * Fails the synthesis where the VPC, if it is of this app, has no internet gateway: AWS refuses the origin then.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
export function defineVpcOrigin(
  scope: Construct, vpc: ec2.IVpc, loadBalancer: elbv2.IApplicationLoadBalancer, encrypted: boolean,
): cloudfront.VpcOrigin {
  if (vpc instanceof ec2.Vpc) scope.node.addValidation({ validate: () => findMissingGateway(vpc) });
  const origin = new cloudfront.VpcOrigin(scope, 'VpcOrigin', {
    endpoint: cloudfront.VpcOriginEndpoint.applicationLoadBalancer(loadBalancer),
    protocolPolicy: encrypted ? cloudfront.OriginProtocolPolicy.HTTPS_ONLY : cloudfront.OriginProtocolPolicy.HTTP_ONLY,
    originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
  });
  origin.node.addDependency(...vpc.node.findAll().filter((node) => node instanceof ec2.CfnVPCGatewayAttachment));
  return origin;
}

/** Asked at synthesis: a gateway may be attached by hand, later. */
function findMissingGateway(vpc: ec2.Vpc): string[] {
  const attached = vpc.internetGatewayId !== undefined || vpc.node.root.node.findAll().some((node) => (
    node instanceof ec2.CfnVPCGatewayAttachment && node.vpcId === vpc.vpcId && node.internetGatewayId !== undefined));
  return attached ? [] : [describeComplaint({
    got: `access is FrontendAccess.cloudFrontVpcOrigin() in ${vpc.node.path}, which has no internet gateway`,
    allowed: 'a VPC with an internet gateway, without which AWS makes no VPC origin; packets do not take it',
    fix: 'give the VPC public subnets, which may stay empty, or attach an ec2.CfnInternetGateway by an ec2.CfnVPCGatewayAttachment',
  })];
}
