import { CfnParameter, CfnRule, Fn, Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';

/**
 * As long as settings hold placeholders, CloudFormation refuses every stack with a sentence, before it creates or changes anything.
 * Synthesis works all the same.
 */
export function refusePlaceholders(app: App, names: string[]): void {
  if (names.length === 0) return;
  for (const stack of app.node.children.filter(Stack.isStack)) {
    const left = new CfnParameter(stack, 'Placeholders', { default: names.join(', '), description: 'Settings that hold no value of your own yet' });
    new CfnRule(stack, 'OwnSettings', {
      assertions: [{
        assert: Fn.conditionEquals(left.valueAsString, ''),
        assertDescription: `${names.join(', ')}: still a placeholder. Write your own value into the context of cdk.json, and deploy again.`,
      }],
    });
  }
}
