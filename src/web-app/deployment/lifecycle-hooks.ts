import type { aws_ecs as ecs } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Hooks as the service takes them, and what must exist before it. */
export interface BoundHooks {
  readonly targets: ecs.IDeploymentLifecycleHookTarget[];
  readonly home: Construct;
}

/**
 * Binds hooks now and once. The L2 would bind them whenever it renders the template, when roles and permissions come too late for a service
 * to wait for them.
 */
export function bindHooks(scope: Construct, hooks: ecs.IDeploymentLifecycleHookTarget[] = []): BoundHooks | undefined {
  if (hooks.length === 0) return undefined;
  const home = new Construct(scope, 'LifecycleHooks');
  return { home, targets: hooks.map((hook) => hook.bind(home)).map((config) => ({ bind: () => config })) };
}
