import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isFloatingImage } from '../private/aws/image-reference';
import { fail, isKnown } from '../private/errors';

const PARAMETER_NAME = /^(\/[A-Za-z0-9_.-]+){1,15}$/;

/** Throws for an image that could be another one at the next deployment. */
export function requireBootstrapImage(scope: IConstruct, image?: string): void {
  if (!isKnown(image) || !isFloatingImage(image)) return;
  fail(scope, {
    got: `bootstrapImage is '${image}'`,
    allowed: 'an image with a version tag or a digest, never latest',
    fix: 'pin the version, for example public.ecr.aws/docker/library/mysql:8.4.10',
  });
}

export function requireHealthCheckPath(scope: IConstruct, path?: string): void {
  if (!isKnown(path) || /^\/[^\s?#]*$/.test(path)) return;
  fail(
    scope,
    {
      got: `healthCheckPath is '${path}'`,
      allowed: 'a path that starts with /',
      fix: "write it as the load balancer asks for it, for example '/health'",
    },
  );
}

/** CloudFormation takes the name of such a parameter as a literal only. */
export function requireParameterName(scope: IConstruct, name: string): void {
  if (isKnown(name) && PARAMETER_NAME.test(name) && !/^\/(aws|ssm)/i.test(name)) return;
  fail(scope, {
    got: isKnown(name) ? `parameterName is '${name}'` : 'parameterName is not known at synthesis',
    allowed: 'a name that starts with / and has letters, digits and _ . - in up to 15 parts, not beginning with aws or ssm',
    fix: "write it out, for example '/shop/web/image'",
  });
}

/** The name of the stack and the path below it: no other deployment of the same program has both. */
export function parameterNameFor(scope: IConstruct): string {
  const stack = Stack.of(scope);
  if (!isKnown(stack.stackName)) {
    return fail(scope, {
      got: 'the name of the (nested) stack is not known at synthesis',
      allowed: 'a parameter name that is',
      fix: "set parameterName, for example to '/shop/web/image'",
    });
  }
  const path = scope.node.scopes.slice(stack.node.scopes.length).map((part) => part.node.id);
  const name = [stack.stackName, ...path].map((part) => `/${part.replace(/[^A-Za-z0-9_.-]/g, '-')}`).join('');
  requireParameterName(scope, name);
  return name;
}
