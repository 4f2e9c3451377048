import type { aws_ecs as ecs } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Hooks as the service takes them, and what must exist before it. */
export interface BoundHooks {
  readonly targets: ecs.IDeploymentLifecycleHookTarget[];
  readonly scope: Construct;
}

/**
 * Binds hooks now and once. The L2 would bind them whenever it renders the template, when roles and permissions come too late for a service
 * to wait for them.
 */
export function bindHooks(app: Construct, hooks: ecs.IDeploymentLifecycleHookTarget[] = []): BoundHooks | undefined {
  if (hooks.length === 0) return undefined;
  const scope = new Construct(app, 'LifecycleHooks');
  return { scope, targets: hooks.map((hook) => hook.bind(scope)).map((config) => ({ bind: () => config })) };
}
