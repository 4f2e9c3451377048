import { Stack } from 'aws-cdk-lib';
import type { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stableText } from './stable-text';
import type { FrontendTarget } from '../../frontend/alb-frontend';
import { hash } from '../../private/hash';
import { docsUrl } from '../../private/links';
import { warnLate } from '../../private/warnings';

/**
 * Watches over the rules between whose target groups ECS shifts traffic.
 *
 * CloudFormation leaves a rule alone whose template text stays the same, and with it the weights that ECS has set. It writes the whole rule
 * when any part of its text changes, also the weights, which point to the first group whichever has the tasks (aws-cdk#36649). What the text
 * was at the last deployment is unknown here, unless the user pins it.
 */
export function guardListenerRules(scope: Construct, target: FrontendTarget, pin: string | undefined): void {
  scope.node.addValidation({
    validate: () => {
      const { pin: found, asBefore } = pinsOf(target);
      if (pin === undefined) {
        warnLate(scope, 'HaEcsWebApp.unpinnedListenerRule',
          `a change of the listener rule ${target.rule.node.path} in the template would reset the weights that ECS has set, and might send all `
          + 'requests '
          + `to a target group without tasks (aws-cdk#36649). Set listenerRulePin to '${found}', so that such a change is refused at synthesis`);
        return [];
      }
      return pin === found || pin === asBefore ? [] : [
        `listenerRulePin is '${pin}' and the listener rules are now '${found}', but must be what was deployed, because CloudFormation would `
        + 'reset the '
        + 'weights that ECS has set: undo the change of host names, paths, priority, listener, port or network of the application, or make it as '
        + `${docsUrl('deployments.md#changing-a-rule')} says, and set listenerRulePin to '${found}'`,
      ];
    },
  });
}

/**
 * A short text that changes with whatever makes CloudFormation write the rules, or replace a group that they name. `asBefore` is the one that
 * earlier versions told: it changes with the way on which a value comes from another stack, too.
 */
function pinsOf({ rule, testRule, targetGroup, alternateTargetGroup }: FrontendTarget): { readonly pin: string; readonly asBefore: string } {
  const rules = [rule, testRule].flatMap((each) => (each ? [each.node.defaultChild as elbv2.CfnListenerRule] : []));
  const groups = [targetGroup, alternateTargetGroup].flatMap((each) => (each ? [each.node.defaultChild as elbv2.CfnTargetGroup] : []));
  const text = [
    rules.map(({ listenerArn, priority, conditions, actions }) => ({ listenerArn, priority, conditions, actions })),
    groups.map(({ name, port, protocol, protocolVersion, targetType, vpcId, ipAddressType }) => (
      { name, port, protocol, protocolVersion, targetType, vpcId, ipAddressType })),
  ];
  const short = (whole: string) => hash(whole).toString(36);
  return { pin: short(stableText(rule, text)), asBefore: short(JSON.stringify(Stack.of(rule).resolve(text))) };
}
