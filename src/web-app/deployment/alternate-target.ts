import { aws_ecs as ecs, aws_iam as iam } from 'aws-cdk-lib';
import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { TrafficShift } from './deployment-binding';
import { guardListenerRules } from './listener-rule-pin';
import type { FrontendTarget } from '../../frontend/alb-frontend';
import { acknowledgeManagedPolicy } from '../../private/acknowledge-policy';
import { fail } from '../../private/errors';

const MANAGED_POLICY = 'AmazonECSInfrastructureRolePolicyForLoadBalancers';

/** What a service must know to have its traffic shifted between the two groups of `target`. */
export function defineAlternateTarget(app: Construct & ec2.IConnectable, target: FrontendTarget, shift: TrafficShift): ecs.AlternateTarget {
  const { alternateTargetGroup } = target;
  if (alternateTargetGroup === undefined) {
    fail(app, {
      got: `${shift.subject}() with a frontend whose addTarget defines no alternateTargetGroup`,
      allowed: 'a frontend that defines a second target group when it is asked for one, as SecureAlbFrontend does',
      fix: 'use SecureAlbFrontend or SecureAlbFrontend.fromListenerAttributes(), or WebAppDeployment.rolling()',
    });
  }
  // ECS registers the tasks in either group: both open the way to them.
  alternateTargetGroup.registerConnectable(app, app.connections.defaultPort);
  guardListenerRules(app, target, shift.listenerRulePin);
  return new ecs.AlternateTarget('Alternate', {
    alternateTargetGroup,
    productionListener: ecs.ListenerRuleConfiguration.applicationListenerRule(target.rule),
    testListener: target.testRule && ecs.ListenerRuleConfiguration.applicationListenerRule(target.testRule),
    role: shift.infrastructureRole ?? infrastructureRole(app),
  });
}

function infrastructureRole(scope: Construct): iam.Role {
  const role = new iam.Role(scope, 'InfrastructureRole', {
    description: 'ECS shifts traffic between the target groups of a web application',
    assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(MANAGED_POLICY)],
  });
  acknowledgeManagedPolicy(role, MANAGED_POLICY, 'AWS keeps in it what ECS needs to shift traffic, for the service ECS alone (IAM4).');
  return role;
}
