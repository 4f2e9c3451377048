import { Stack, aws_wafv2 as wafv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { managedWebAcl, requireManagedOptions } from './managed-web-acl';
import type { ManagedWebAclOptions, WebAclContext } from './managed-web-acl';
import { fail, failAt, isKnown } from '../private/errors';
import { requireArgument } from '../private/input/require-input';
import { requireOwnKind } from '../private/sealed';
/** The ARN of a web ACL, defined where it does not exist yet. */
type WebAclBinder = (scope: Construct, context: WebAclContext) => string;

/**
 * The web application firewall in front of a load balancer.
 */
export class FrontendWebAcl {
  /**
   * A web ACL of AWS managed rules: address reputation, common attacks, known bad inputs, SQL injection, and a rate limit per address.
   *
   * Bodies over 8 KB are counted, not blocked. Behind CloudFront the rate is limited by `viewerAddressHeader` only. Blocked and counted requests are logged. Address
   * reputation looks at the address of the connection, which behind CloudFront is CloudFront's own: it belongs into a web ACL of the distribution, too.
   */
  public static managed(options: ManagedWebAclOptions = {}): FrontendWebAcl {
    requireManagedOptions(options);
    return new FrontendWebAcl((scope, context) => managedWebAcl(scope, context, options));
  }

  /**
   * A web ACL that exists already.
   *
   * @param webAclArn the ARN of a REGIONAL web ACL in the region of the load balancer; one made for CloudFront cannot be used here
   */
  public static arn(webAclArn: string): FrontendWebAcl {
    requireArgument('FrontendWebAcl.arn', 'webAclArn', 'string', webAclArn);
    if (isKnown(webAclArn) && !/^arn:[^:]+:wafv2:[^:]+:[^:]+:regional\/webacl\//.test(webAclArn)) {
      failAt('FrontendWebAcl.arn', {
        got: `webAclArn is '${webAclArn}'`,
        allowed: 'an ARN of the form arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>',
        fix: webAclArn.includes(':global/webacl/')
          ? 'a CloudFront web ACL goes onto the distribution; make a REGIONAL one for the load balancer, or use FrontendWebAcl.managed()'
          : 'copy the ARN of a REGIONAL web ACL, or use FrontendWebAcl.managed()',
      });
    }
    return new FrontendWebAcl((scope) => existingWebAcl(scope, webAclArn));
  }

  private readonly webAclArn: WebAclBinder;

  private constructor(webAclArn: WebAclBinder) {
    requireOwnKind(webAclArn, 'FrontendWebAcl', 'FrontendWebAcl.managed() or arn()');
    this.webAclArn = webAclArn;
  }

  /** @internal */
  public _bind(scope: Construct, context: WebAclContext): void {
    context.loadBalancer.setAttribute('waf.fail_open.enabled', 'false');
    new wafv2.CfnWebACLAssociation(scope, 'WebAclAssociation', {
      resourceArn: context.loadBalancer.loadBalancerArn,
      webAclArn: this.webAclArn(scope, context),
    });
  }
}

function existingWebAcl(scope: Construct, webAclArn: string): string {
  const region = Stack.of(scope).region;
  const theirs = isKnown(webAclArn) ? webAclArn.split(':')[3] : undefined;
  if (theirs !== undefined && isKnown(region) && isKnown(theirs) && theirs !== region) {
    fail(scope, {
      got: `the web ACL is in ${theirs} while the load balancer is in ${region}`,
      allowed: `a REGIONAL web ACL in ${region}`,
      fix: 'make the web ACL in the region of the load balancer, or use FrontendWebAcl.managed()',
    });
  }
  return webAclArn;
}
