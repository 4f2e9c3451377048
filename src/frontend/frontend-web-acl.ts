import { Stack, aws_elasticloadbalancingv2 as elbv2, aws_wafv2 as wafv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail, failAt, isKnown } from '../private/errors';
import { requireArgument, requireOptions } from '../private/input/require-input';
import { requireWhole } from '../private/numbers';
import { requireOwnKind } from '../private/sealed';

/**
 * Settings of `FrontendWebAcl.managed()`.
 */
export interface ManagedWebAclOptions {
  /**
   * Requests that one address may make in five minutes before it is blocked, 10 to 2,000,000,000.
   *
   * @default 2000
   */
  readonly rateLimit?: number;

  /**
   * Blocks request bodies over 8 KB. It stops uploads.
   *
   * @default false
   */
  readonly blockLargeBodies?: boolean;

  /**
   * Further AWS managed rule groups by name, such as `AWSManagedRulesPHPRuleSet` or `AWSManagedRulesWordPressRuleSet`.
   * Each costs web ACL capacity; above 1500 units AWS charges more.
   *
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
   * @default - none
   */
  readonly extraRuleGroups?: string[];
}

/** What a web ACL must know of its load balancer. */
export interface WebAclContext {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** Requests arrive from CloudFront, so that the caller's own address is in a header. */
  readonly behindCloudFront: boolean;
}

const COMMON_RULES = 'AWSManagedRulesCommonRuleSet';
const OWN_RULE_GROUPS = [
  'AWSManagedRulesAmazonIpReputationList', COMMON_RULES, 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet',
];

/** The ARN of a web ACL, defined where it does not exist yet. */
type WebAclBinder = (scope: Construct, context: WebAclContext) => string;

/**
 * The web application firewall in front of a load balancer.
 */
export class FrontendWebAcl {
  /**
   * A web ACL of AWS managed rules: address reputation, common attacks, known bad inputs, SQL injection, and a rate limit per address.
   *
   * Bodies over 8 KB are counted, not blocked. Behind CloudFront the rate limit counts the address in `X-Forwarded-For`.
   */
  public static managed(options: ManagedWebAclOptions = {}): FrontendWebAcl {
    requireOptions('FrontendWebAcl.managed', 'ManagedWebAclOptions', options);
    requireWhole('FrontendWebAcl.managed', {
      name: 'rateLimit',
      value: options.rateLimit,
      min: 10,
      max: 2_000_000_000,
      note: ' requests in five minutes',
      fix: 'set a number in that range, or leave it out for 2000',
    });
    requireRuleGroups(options.extraRuleGroups);
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

/** The name of a rule stands once in a web ACL, and a web ACL holds so much. */
function requireRuleGroups(names: string[] = []): void {
  const subject = 'FrontendWebAcl.managed';
  const twice = names.find((name, index) => [...OWN_RULE_GROUPS, ...names.slice(0, index)].includes(name));
  if (twice !== undefined) {
    failAt(subject, {
      got: `extraRuleGroups has ${twice}, which ${OWN_RULE_GROUPS.includes(twice) ? 'is there already' : 'stands in it twice'}`,
      allowed: 'each rule group once',
      fix: 'leave it out',
    });
  }
  const wrong = names.find((name) => isKnown(name) && !/^AWSManagedRules[A-Za-z0-9]+$/.test(name));
  if (wrong !== undefined) {
    failAt(subject, {
      got: `extraRuleGroups has '${wrong}'`,
      allowed: 'names of AWS managed rule groups, which begin with AWSManagedRules',
      fix: "write it like 'AWSManagedRulesPHPRuleSet'; rule groups of others go into a web ACL of your own, for FrontendWebAcl.arn()",
    });
  }
}

function managedWebAcl(scope: Construct, { behindCloudFront }: WebAclContext, options: ManagedWebAclOptions): string {
  const largeBodies = options.blockLargeBodies ? [] : ['SizeRestrictions_BODY'];
  const rules = [
    ...OWN_RULE_GROUPS.map((name) => managedRule(name, name === COMMON_RULES ? largeBodies : [])),
    ...(options.extraRuleGroups ?? []).map((name) => managedRule(name)),
    rateRule(options.rateLimit ?? 2000, behindCloudFront),
  ];
  return new wafv2.CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('WebAcl'),
    rules: rules.map((rule, priority) => ({ ...rule, priority })),
  }).attrArn;
}

function managedRule(name: string, countedRules: string[] = []): Omit<wafv2.CfnWebACL.RuleProperty, 'priority'> {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: countedRules.length > 0 ? countedRules.map((rule) => ({ name: rule, actionToUse: { count: {} } })) : undefined,
      },
    },
    visibilityConfig: visibility(name),
  };
}

function rateRule(limit: number, behindCloudFront: boolean): Omit<wafv2.CfnWebACL.RuleProperty, 'priority'> {
  return {
    name: 'RateLimit',
    action: { block: {} },
    statement: {
      rateBasedStatement: {
        limit,
        evaluationWindowSec: 300,
        aggregateKeyType: behindCloudFront ? 'FORWARDED_IP' : 'IP',
        forwardedIpConfig: behindCloudFront ? { headerName: 'X-Forwarded-For', fallbackBehavior: 'MATCH' } : undefined,
      },
    },
    visibilityConfig: visibility('RateLimit'),
  };
}

function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
