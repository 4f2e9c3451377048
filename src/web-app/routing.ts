import type { Construct } from 'constructs';
import type { WebAppRoutingOptions } from './web-app-options';
import type { FrontendTargetOptions } from '../frontend/alb-frontend';
import { fail } from '../private/errors';

/** The path that the load balancer asks: the prop of its own, or that of the routing's health check. Throws where the two differ. */
export function resolveHealthCheckPath(scope: Construct, props: { healthCheckPath?: string; routing?: WebAppRoutingOptions }): string {
  const fromRouting = props.routing?.healthCheck?.path;
  const path = props.healthCheckPath ?? fromRouting ?? '/health';
  if (fromRouting !== undefined && fromRouting !== path) {
    fail(scope, {
      got: `healthCheckPath is '${path}' and routing.healthCheck.path is '${fromRouting}'`,
      allowed: 'one path',
      fix: 'leave routing.healthCheck.path out',
    });
  }
  return path;
}

/** Which requests reach an application, in the words of a frontend's target. */
export function targetRouting(routing: WebAppRoutingOptions): Partial<FrontendTargetOptions> {
  return {
    hostHeaders: routing.hostHeaders,
    pathPatterns: routing.pathPatterns,
    priority: routing.priority,
    deregistrationDelay: routing.deregistrationDelay,
    slowStart: routing.slowStart,
    stickinessCookieDuration: routing.stickiness,
  };
}
