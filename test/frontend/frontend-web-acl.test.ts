import { Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { frontendIn, only } from './helpers';
import { FrontendAccess } from '../../src/frontend/frontend-access';
import { FrontendWebAcl } from '../../src/frontend/frontend-web-acl';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

const ARN = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/mine/0000';

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  describe('managed', () => {
    let template: Template;
    let rules: Record<string, any>[];
    beforeAll(() => {
      const stack = testStack(context);
      frontendIn(stack, { webAcl: FrontendWebAcl.managed({ extraRuleGroups: ['AWSManagedRulesPHPRuleSet'] }) });
      template = Template.fromStack(stack);
      rules = only(template, 'AWS::WAFv2::WebACL').Rules;
    });

    test('has the preset in order, each rule with its metric', () => {
      expect(rules.map((rule) => [rule.Priority, rule.Name])).toEqual([
        [0, 'AWSManagedRulesAmazonIpReputationList'],
        [1, 'AWSManagedRulesCommonRuleSet'],
        [2, 'AWSManagedRulesKnownBadInputsRuleSet'],
        [3, 'AWSManagedRulesSQLiRuleSet'],
        [4, 'AWSManagedRulesPHPRuleSet'],
        [5, 'RateLimit'],
      ]);
      expect(rules.map((rule) => rule.VisibilityConfig.MetricName)).toEqual(rules.map((rule) => rule.Name));
    });

    test('counts large bodies instead of blocking uploads', () => {
      expect(rules[1].Statement.ManagedRuleGroupStatement.RuleActionOverrides).toEqual([{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]);
    });

    test('limits the rate per address', () => {
      expect(rules[5]).toMatchObject({
        Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 2000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } },
      });
    });

    test('stands in front of the load balancer, and fails closed', () => {
      expect(only(template, 'AWS::WAFv2::WebACL').Scope).toBe('REGIONAL');
      expect(only(template, 'AWS::WAFv2::WebACLAssociation').ResourceArn).toEqual({ Ref: expect.stringMatching(/LoadBalancer/) });
      expect(only(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').LoadBalancerAttributes)
        .toContainEqual({ Key: 'waf.fail_open.enabled', Value: 'false' });
    });
  });

  test('behind CloudFront the rate counts the forwarded address', () => {
    const stack = testStack(context);
    frontendIn(stack, {
      access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }), webAcl: FrontendWebAcl.managed({ rateLimit: 500, blockLargeBodies: true }),
    });
    const rules = only(Template.fromStack(stack), 'AWS::WAFv2::WebACL').Rules;
    expect(rules[4].Statement.RateBasedStatement).toEqual({
      Limit: 500,
      EvaluationWindowSec: 300,
      AggregateKeyType: 'FORWARDED_IP',
      ForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH' },
    });
    expect(rules[1].Statement.ManagedRuleGroupStatement.RuleActionOverrides).toBeUndefined();
  });

  test('arn associates a web ACL that exists', () => {
    const stack = testStack(context);
    frontendIn(stack, { webAcl: FrontendWebAcl.arn(ARN) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    expect(only(template, 'AWS::WAFv2::WebACLAssociation').WebACLArn).toBe(ARN);
  });
});

describe('bad input', () => {
  test.each([9, 2_000_000_001, 10.5])('fails for a rate limit of %d', (rateLimit) => {
    expect(() => FrontendWebAcl.managed({ rateLimit })).toThrow(/^FrontendWebAcl\.managed: rateLimit is .*10 to 2000000000/);
  });

  test('fails for a web ACL of CloudFront', () => {
    expect(() => FrontendWebAcl.arn(ARN.replace('regional', 'global'))).toThrow(/:global\/webacl\/.*a CloudFront web ACL goes onto the distribution/);
  });

  test('fails for what is no web ACL', () => {
    expect(() => FrontendWebAcl.arn('mine')).toThrow(/webAclArn is 'mine'.*copy the ARN of a REGIONAL web ACL/);
  });

  test('fails for a web ACL of another region', () => {
    expect(() => frontendIn(testStack(), { webAcl: FrontendWebAcl.arn(ARN.replace('eu-west-1', 'us-east-1')) }))
      .toThrow(/the web ACL is in us-east-1 while the load balancer is in eu-west-1/);
  });

  test('tokens pass', () => {
    const webAcl = FrontendWebAcl.arn(Token.asString({ Ref: 'Arn' }));
    expect(() => frontendIn(testStack(), { webAcl })).not.toThrow();
    expect(() => FrontendWebAcl.managed({ rateLimit: Token.asNumber({ Ref: 'Limit' }) })).not.toThrow();
  });
});
