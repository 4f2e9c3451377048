import { Stack, Token } from 'aws-cdk-lib';
import type { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { ListenerPriorities } from './listener-priorities';

/** Where priorities are kept: on the app, for a listener and every import of it share their numbers. */
const PRIORITIES = Symbol.for('cdk-ha-ecs.listener-priorities');

/** The priorities of one listener, told by its ARN. An ARN that is a token is the same only within its stack. */
export function prioritiesOf(listener: elbv2.IApplicationListener): ListenerPriorities {
  const root = listener.node.root as unknown as { [PRIORITIES]?: Map<string, ListenerPriorities> };
  const known = (root[PRIORITIES] ??= new Map<string, ListenerPriorities>());
  const key = keyOf(listener);
  const priorities = known.get(key) ?? new ListenerPriorities();
  known.set(key, priorities);
  return priorities;
}

function keyOf(listener: elbv2.IApplicationListener): string {
  if (!Token.isUnresolved(listener.listenerArn)) {
    return listener.listenerArn;
  }
  const stack = Stack.of(listener);
  return `${stack.node.path} ${JSON.stringify(stack.resolve(listener.listenerArn))}`;
}
