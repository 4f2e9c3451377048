import { Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isKnown } from '../private/errors';

/**
 * A name for a capacity provider where CloudFormation's own would be refused, else undefined.
 *
 * ECS refuses names that begin with aws, ecs or fargate in any case, and CloudFormation begins its names with that of the stack;
 * the CDK sees the lower-case ones only (aws-cdk pull request 36584).
 */
export function safeProviderName(scope: Construct): string | undefined {
  const { stackName } = outermost(Stack.of(scope));
  if (!isKnown(stackName) || !/^(aws|ecs|fargate)/i.test(stackName)) return undefined;
  return `cp-${Names.uniqueResourceName(scope, { maxLength: 200, separator: '-' })}`;
}

/** The name of a nested stack begins with that of its parent. */
function outermost(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
}
