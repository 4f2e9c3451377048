import { ArnFormat, Fn, Names, Stack, aws_iam as iam, aws_logs as logs, aws_wafv2 as wafv2 } from 'aws-cdk-lib';
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { boundedLogGroup } from '../private/log-group';

/** What the logs of a web ACL depend on. */
export interface WebAclLogSettings {
  readonly secretHeader?: string;
  readonly removalPolicy?: RemovalPolicy;
  readonly retention?: logs.RetentionDays;
}

/**
 * Logs what a web ACL blocked or counted.
 *
 * AWS takes no log group whose name begins otherwise. The name holds a part of the stack's id: kept by RETAIN, the group of a stack that was
 * deleted would be in the way of the next one of the same name.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export function logWebAcl(scope: Construct, webAcl: wafv2.CfnWebACL, settings: WebAclLogSettings): void {
  const stack = Stack.of(scope);
  const partOfStackId = Fn.select(4, Fn.split('-', Fn.select(2, Fn.split('/', stack.stackId))));
  const logGroupName = `aws-waf-logs-${Names.uniqueResourceName(scope, { maxLength: 100, separator: '-' })}-${partOfStackId}`;
  const logGroup = boundedLogGroup(scope, 'WebAclLogs', {
    logGroupName,
    retention: settings.retention ?? logs.RetentionDays.THREE_MONTHS,
    removalPolicy: settings.removalPolicy,
  });
  // The policy of the group itself: of the others, `AWS::Logs::ResourcePolicy`, an account may have ten in a region. It cannot refer to the group.
  (logGroup.node.defaultChild as logs.CfnLogGroup).resourcePolicyDocument = new iam.PolicyDocument({
    statements: [new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${arnOf(stack, logGroupName)}:*`],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    })],
  });
  const hidden = ['authorization', 'cookie', ...settings.secretHeader === undefined ? [] : [settings.secretHeader.toLowerCase()]];
  new wafv2.CfnLoggingConfiguration(scope, 'WebAclLogging', {
    resourceArn: webAcl.attrArn,
    // Without the star that ends the ARN of a log group where streams are meant.
    logDestinationConfigs: [arnOf(stack, logGroup.logGroupName)],
    redactedFields: hidden.map((Name) => ({ singleHeader: { Name } })),
    loggingFilter: {
      DefaultBehavior: 'DROP',
      Filters: [{
        Behavior: 'KEEP',
        Requirement: 'MEETS_ANY',
        Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } })),
      }],
    },
  });
}

function arnOf(stack: Stack, logGroupName: string): string {
  return stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
