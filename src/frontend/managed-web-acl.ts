import { aws_wafv2 as wafv2 } from 'aws-cdk-lib';
import type { RemovalPolicy, aws_elasticloadbalancingv2 as elbv2, aws_logs as logs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { logWebAcl } from './web-acl-logs';
import { fail, failAt, isKnown } from '../private/errors';
import { requireOptions } from '../private/input/require-input';
import { requireWhole } from '../private/numbers';
import { warn } from '../private/warnings';

/**
 * Settings of `FrontendWebAcl.managed()`.
 */
export interface ManagedWebAclOptions {
  /**
   * Requests that one address may make in five minutes before it is blocked, 10 to 2,000,000,000. Behind CloudFront it needs `viewerAddressHeader`.
   *
   * @default - 2000; behind CloudFront without `viewerAddressHeader` no limit, with a warning
   */
  readonly rateLimit?: number;

  /**
   * Behind CloudFront: a header in which the distribution itself writes the address of the viewer, over whatever came with the request. A
   * CloudFront function for viewer requests does so: `request.headers['true-client-ip'] = { value: event.viewer.ip }`; let the origin request
   * policy pass it on. `X-Forwarded-For` is refused: its first address, which AWS WAF counts, is chosen by whoever sends the request, who would escape
   * the limit or have others blocked.
   *
   * @default - the rate is not limited behind CloudFront; do it in a web ACL of the distribution
   */
  readonly viewerAddressHeader?: string;

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

  /**
   * Logs the requests that were blocked or counted, without their `Authorization` and `Cookie` headers and the secret header of
   * `FrontendAccess.cloudFront()`, to a log group of its own. Query strings and other headers are in it.
   *
   * @default true
   */
  readonly logging?: boolean;

  /**
   * How long these logs are kept.
   *
   * @default - three months
   */
  readonly logRetention?: logs.RetentionDays;
}

/** What a web ACL must know of its load balancer. */
export interface WebAclContext {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** Requests arrive from CloudFront, so that the caller's own address is in a header. */
  readonly behindCloudFront: boolean;
  /** Name of the header by which CloudFront proves itself, if there is one: its value is never logged. */
  readonly secretHeader?: string;
  /** For the logs. */
  readonly removalPolicy?: RemovalPolicy;
}

const COMMON_RULES = 'AWSManagedRulesCommonRuleSet';
const OWN_RULE_GROUPS = [
  'AWSManagedRulesAmazonIpReputationList', COMMON_RULES, 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet',
];

/** Throws for settings that no load balancer could have. */
export function requireManagedOptions(options: ManagedWebAclOptions): void {
  requireOptions('FrontendWebAcl.managed', 'ManagedWebAclOptions', options);
  requireRuleGroups(options.extraRuleGroups);
  requireWhole('FrontendWebAcl.managed', {
    name: 'rateLimit',
    value: options.rateLimit,
    min: 10,
    max: 2_000_000_000,
    note: ' requests in five minutes',
    fix: 'set a number in that range, or leave it out for 2000',
  });
  const header = options.viewerAddressHeader;
  if (isKnown(header) && (!/^[A-Za-z0-9-]{1,64}$/.test(header) || header.toLowerCase() === 'x-forwarded-for')) {
    failAt('FrontendWebAcl.managed', {
      got: `viewerAddressHeader is '${header}'`,
      allowed: 'the name of a header that only the distribution writes: letters, digits and hyphens, not X-Forwarded-For, which viewers fill'
        + ' as they like',
      fix: "have a CloudFront function write event.viewer.ip into a header of its own, such as 'True-Client-IP'",
    });
  }
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

/** Defines the web ACL, and says its ARN. */
export function managedWebAcl(scope: Construct, context: WebAclContext, options: ManagedWebAclOptions): string {
  const largeBodies = options.blockLargeBodies ? [] : ['SizeRestrictions_BODY'];
  const rules = [
    ...OWN_RULE_GROUPS.map((name) => managedRule(name, name === COMMON_RULES ? largeBodies : [])),
    ...(options.extraRuleGroups ?? []).map((name) => managedRule(name)),
    ...rateRules(scope, context, options),
  ];
  const webAcl = new wafv2.CfnWebACL(scope, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('WebAcl'),
    rules: rules.map((rule, priority) => ({ ...rule, priority })),
  });
  if (options.logging ?? true) logWebAcl(scope, webAcl, { ...context, retention: options.logRetention });
  return webAcl.attrArn;
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

/** None behind CloudFront, unless the distribution says who asks. There, every request comes from CloudFront's own addresses. */
function rateRules(
  scope: Construct, { behindCloudFront }: WebAclContext, { rateLimit, viewerAddressHeader }: ManagedWebAclOptions,
): Array<Omit<wafv2.CfnWebACL.RuleProperty, 'priority'>> {
  if (!behindCloudFront && viewerAddressHeader !== undefined) {
    fail(scope, {
      got: 'viewerAddressHeader is set without an access of CloudFront',
      allowed: 'left out where viewers reach the load balancer themselves, for they would write that header',
      fix: 'drop it: the address of the connection is counted',
    });
  }
  if (behindCloudFront && viewerAddressHeader === undefined) {
    const fix = 'limit the rate in a web ACL of the distribution, or set viewerAddressHeader';
    if (rateLimit !== undefined) {
      fail(scope, {
        got: 'rateLimit is set behind CloudFront without viewerAddressHeader',
        allowed: 'a limit by an address that the viewer cannot choose, as the first one of X-Forwarded-For can be',
        fix,
      });
    }
    warn(scope, 'FrontendWebAcl.noRateLimit', 'the rate of requests is not limited: behind CloudFront the load balancer does not see who'
      + ` asks. To have it limited, ${fix}.`);
    return [];
  }
  return [{
    name: 'RateLimit',
    action: { block: {} },
    statement: {
      rateBasedStatement: {
        limit: rateLimit ?? 2000,
        evaluationWindowSec: 300,
        aggregateKeyType: viewerAddressHeader === undefined ? 'IP' : 'FORWARDED_IP',
        forwardedIpConfig: viewerAddressHeader === undefined ? undefined : { headerName: viewerAddressHeader, fallbackBehavior: 'MATCH' },
      },
    },
    visibilityConfig: visibility('RateLimit'),
  }];
}

function visibility(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
