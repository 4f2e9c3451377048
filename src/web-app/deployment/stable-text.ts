import { DefaultTokenResolver, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type { IFragmentConcatenator, IResolvable, IResolveContext, IPostProcessor } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A value as the template of the stack has it, save that what belongs to another stack is named by that stack and its logical id there. In the
 * template it is an import, an output or a parameter, as flags of the CDK and the place of stacks decide, and the value is the same.
 */
export function stableText(scope: Construct, value: unknown): string {
  return JSON.stringify(Tokenization.resolve(value, { scope, resolver: new StableResolver(Stack.of(scope)), preparing: false }));
}

class StableResolver extends DefaultTokenResolver {
  public constructor(private readonly stack: Stack) {
    super(new JoinedFragments());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token) && Stack.of(token.target) !== this.stack) {
      const { target, displayName } = token;
      const home = Stack.of(target);
      const element = target as { readonly logicalId?: string };
      return { of: [home.node.path, element.logicalId === undefined ? target.node.path : home.resolve(element.logicalId), displayName] };
    }
    return super.resolveToken(token, context, postProcessor);
  }
}

/** As CloudFormation has texts that are joined of several parts. */
class JoinedFragments implements IFragmentConcatenator {
  public join(left: unknown, right: unknown): unknown {
    if (left === undefined) return right;
    const parts = [...partsOf(left), ...partsOf(right)].reduce<unknown[]>((done, part) => {
      const last = done.at(-1);
      return typeof part === 'string' && typeof last === 'string' ? [...done.slice(0, -1), last + part] : [...done, part];
    }, []);
    return parts.length === 1 ? parts[0] : { 'Fn::Join': ['', parts] };
  }
}

function partsOf(value: unknown): unknown[] {
  const join = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['Fn::Join'] : undefined;
  return Array.isArray(join) && join[0] === '' && Array.isArray(join[1]) ? join[1] : [value];
}
