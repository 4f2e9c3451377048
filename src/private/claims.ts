import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Where claims are kept: on the app, so that constructs of all its stacks see each other's. */
const CLAIMS = Symbol.for('cdk-ha-ecs.claims');

/** What the constructs of one app have claimed so far under `key`, such as directories of one file system. Add to it to claim. */
export function claimsUnder<T>(scope: IConstruct, key: string): T[] {
  const root = scope.node.root as unknown as { [CLAIMS]?: Map<string, unknown[]> };
  const claims = (root[CLAIMS] ??= new Map<string, unknown[]>());
  if (!claims.has(key)) claims.set(key, []);
  return claims.get(key) as T[];
}

/** The same text for every construct that stands for one resource. An id that is a token is the same only within its stack. */
export function identityOf(resource: IConstruct, physicalId: string): string {
  if (!Token.isUnresolved(physicalId)) return physicalId;
  const stack = Stack.of(resource);
  return `${stack.node.path} ${JSON.stringify(stack.resolve(physicalId))}`;
}
