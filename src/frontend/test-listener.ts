import type { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AccessContext, FrontendAccess } from './frontend-access';
import type { ListenerSettings } from './listeners';
import { defineTestListener, listenerPorts } from './listeners';
import { admit } from './load-balancer-network';
import { fail, isKnown } from '../private/errors';
import { isWhole } from '../private/numbers';

/**
 * Settings of `SecureAlbFrontend.addTestListener`.
 */
export interface FrontendTestListenerOptions {
  /**
   * The TCP port, other than those of the frontend itself.
   *
   * @default - 8443; 8080 with `FrontendDomain.httpOnly()`
   */
  readonly port?: number;

  /**
   * Who may reach it: `FrontendAccess.cidrs()`, `vpcOnly()` or `internet()`. Addresses inside the VPC count on an internal load
   * balancer only; one that faces the internet sees callers from the VPC under the addresses of their NAT gateways.
   *
   * @default - nobody, until you allow somebody on the frontend's `connections`
   */
  readonly access?: FrontendAccess;
}

/** The load balancer that a test listener is added to. */
export interface TestListenerTarget extends AccessContext {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly listeners: ListenerSettings;
}

/** Adds the listener, and lets in whom the options name. */
export function addTestListener(scope: Construct, target: TestListenerTarget, options: FrontendTestListenerOptions): elbv2.ApplicationListener {
  if (target.loadBalancer.node.tryFindChild('Test')) {
    fail(scope, {
      got: 'a second addTestListener',
      allowed: 'one test listener, which all applications share',
      fix: 'keep what the first call returned, and give it to each application',
    });
  }
  const port = options.port ?? (target.listeners.certificate ? 8443 : 8080);
  requireFreePort(scope, port, listenerPorts(scope, target.listeners));
  const access = options.access?._bind(scope, target);
  if (access?.behindCloudFront) {
    fail(scope, {
      got: 'addTestListener with an access of CloudFront',
      allowed: 'cidrs(), vpcOnly() or internet(): test traffic does not come through the distribution',
      fix: 'name the address ranges of the testers with FrontendAccess.cidrs([...])',
    });
  }
  if (access) admit(scope, target.securityGroup, access, [port]);
  return defineTestListener(scope, target.loadBalancer, target.listeners, port);
}

function requireFreePort(scope: Construct, port: number, taken: number[]): void {
  if (!isKnown(port) || (isWhole(port, 1, 65535) && !taken.includes(port))) return;
  fail(scope, {
    got: `the port of the test listener is ${port}`,
    allowed: `a whole number from 1 to 65535 other than ${taken.join(' and ')}, which the frontend itself answers on`,
    fix: 'leave port out, or choose another one',
  });
}
