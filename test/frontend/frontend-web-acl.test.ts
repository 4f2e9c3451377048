import { Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
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

  describe('logs of the managed web ACL', () => {
    let template: Template;
    beforeAll(() => {
      const stack = testStack(context);
      frontendIn(stack, {
        access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }),
        webAcl: FrontendWebAcl.managed({ rateLimit: 500, blockLargeBodies: true, viewerAddressHeader: 'True-Client-IP' }),
      });
      template = Template.fromStack(stack);
    });

    test('go to a group with the name that AWS asks for, of its own for each stack', () => {
      const group = only(template, 'AWS::Logs::LogGroup');
      expect(group.RetentionInDays).toBe(90);
      expect(group.LogGroupName['Fn::Join'][1][0]).toMatch(/^aws-waf-logs-[A-Za-z0-9-]+-$/);
      expect(JSON.stringify(group.LogGroupName)).toContain('AWS::StackId');
    });

    test('are in a group that stays, unless its first deployment fails', () => {
      template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    });

    test('may be written by the delivery of AWS for this account, as the policy of the group says', () => {
      const group = only(template, 'AWS::Logs::LogGroup');
      const [statement] = group.ResourcePolicyDocument.Statement;
      expect(statement).toMatchObject({
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      });
      expect(JSON.stringify(statement.Resource)).toMatch(/:log-group:aws-waf-logs-.*:\*/);
    });

    test('take none of the ten policies that a region has for all log groups together', () => {
      template.resourceCountIs('AWS::Logs::ResourcePolicy', 0);
    });

    test('have a policy that does not refer to its own group, which CloudFormation would call a circle', () => {
      const [[id, group]] = Object.entries(template.findResources('AWS::Logs::LogGroup'));
      expect(JSON.stringify(group)).not.toContain(`"${id}"`);
    });

    test('hold no credentials, cookies or the secret of CloudFront', () => {
      expect(only(template, 'AWS::WAFv2::LoggingConfiguration').RedactedFields)
        .toEqual(['authorization', 'cookie', 'x-origin-verify'].map((Name) => ({ SingleHeader: { Name } })));
    });

    test('hold what was blocked or counted, and nothing else', () => {
      expect(only(template, 'AWS::WAFv2::LoggingConfiguration').LoggingFilter).toEqual({
        DefaultBehavior: 'DROP',
        Filters: [{
          Behavior: 'KEEP',
          Requirement: 'MEETS_ANY',
          Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } })),
        }],
      });
    });

    test('the destination has no star at its end', () => {
      expect(JSON.stringify(only(template, 'AWS::WAFv2::LoggingConfiguration').LogDestinationConfigs)).not.toContain(':*');
    });
  });

  test('behind CloudFront the rate counts the header that the distribution writes', () => {
    const stack = testStack(context);
    frontendIn(stack, {
      access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }),
      webAcl: FrontendWebAcl.managed({ rateLimit: 500, blockLargeBodies: true, viewerAddressHeader: 'True-Client-IP' }),
    });
    const rules = only(Template.fromStack(stack), 'AWS::WAFv2::WebACL').Rules;
    expect(rules[4].Statement.RateBasedStatement).toEqual({
      Limit: 500,
      EvaluationWindowSec: 300,
      AggregateKeyType: 'FORWARDED_IP',
      ForwardedIPConfig: { HeaderName: 'True-Client-IP', FallbackBehavior: 'MATCH' },
    });
    expect(rules[1].Statement.ManagedRuleGroupStatement.RuleActionOverrides).toBeUndefined();
  });

  test('behind CloudFront without such a header no rate is limited, which is said', () => {
    const stack = testStack(context);
    frontendIn(stack, { access: FrontendAccess.cloudFrontVpcOrigin({ prefixListId: 'pl-1' }), webAcl: FrontendWebAcl.managed() });
    const rules: any[] = only(Template.fromStack(stack), 'AWS::WAFv2::WebACL').Rules;
    expect(rules.map(({ Name }) => Name)).not.toContain('RateLimit');
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('the rate of requests is not limited.*viewerAddressHeader.*noRateLimit'));
  });

  test('without logging there is no log group', () => {
    const stack = testStack(context);
    frontendIn(stack, { webAcl: FrontendWebAcl.managed({ logging: false }) });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::WAFv2::LoggingConfiguration', 0);
    template.resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  test('an attribute of the user wins over that of the web ACL', () => {
    const stack = testStack(context);
    frontendIn(stack, { webAcl: FrontendWebAcl.arn(ARN), loadBalancerAttributes: { 'waf.fail_open.enabled': 'true' } });
    expect(only(Template.fromStack(stack), 'AWS::ElasticLoadBalancingV2::LoadBalancer').LoadBalancerAttributes)
      .toContainEqual({ Key: 'waf.fail_open.enabled', Value: 'true' });
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

  test.each(['X-Forwarded-For', 'x-forwarded-for', 'Client IP'])('fails for the viewer address in the header %p', (viewerAddressHeader) => {
    expect(() => FrontendWebAcl.managed({ viewerAddressHeader })).toThrow(/^FrontendWebAcl\.managed: viewerAddressHeader is .*only the distribution writes/);
  });

  test('fails for a rate limit behind CloudFront by an address that viewers choose', () => {
    const webAcl = FrontendWebAcl.managed({ rateLimit: 500 });
    expect(() => frontendIn(testStack(), { access: FrontendAccess.cloudFront({ prefixListId: 'pl-1' }), webAcl }))
      .toThrow(/rateLimit is set behind CloudFront without viewerAddressHeader.*in a web ACL of the distribution/);
  });

  test('fails for the header of a distribution that is not there', () => {
    expect(() => frontendIn(testStack(), { webAcl: FrontendWebAcl.managed({ viewerAddressHeader: 'True-Client-IP' }) }))
      .toThrow(/viewerAddressHeader is set without an access of CloudFront.*drop it/);
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
