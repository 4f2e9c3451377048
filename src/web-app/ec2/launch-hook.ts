import { Aws, Fn, Tags, aws_iam as iam } from 'aws-cdk-lib';
import type { Duration, aws_autoscaling as autoscaling } from 'aws-cdk-lib';
import { LAUNCH_HOOK } from './boot-script';

/** What the props allow, for a time that only the deployment knows. */
const LONGEST_START_SECONDS = 3600;

const GROUP_TAG = 'cdk-ha-ecs:instances-of';

/**
 * Keeps a new instance out of service until its boot script says that the application runs, and ends it when that says otherwise, or nothing.
 *
 * The hook is part of the group: one beside it would come after the first instances, for whose signals the group waits. The role must not name the
 * group, which waits for the role with its policies: it knows the group by a tag.
 */
export function waitForApplication(group: autoscaling.AutoScalingGroup, role: iam.IRole, startTimeout: Duration): void {
  const resource = group.node.defaultChild as autoscaling.CfnAutoScalingGroup;
  resource.lifecycleHookSpecificationList = [{
    lifecycleHookName: LAUNCH_HOOK,
    lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
    heartbeatTimeout: startTimeout.isUnresolved() ? LONGEST_START_SECONDS : startTimeout.toSeconds(),
    defaultResult: 'ABANDON',
  }];
  const identity = Fn.join('/', [Fn.select(2, Fn.split('/', Aws.STACK_ID)), group.node.addr]);
  Tags.of(resource).add(GROUP_TAG, identity, { applyToLaunchedInstances: false });
  role.addToPrincipalPolicy(new iam.PolicyStatement({
    actions: ['autoscaling:CompleteLifecycleAction'],
    resources: ['*'],
    conditions: { StringEquals: { [`autoscaling:ResourceTag/${GROUP_TAG}`]: identity } },
  }));
  // An action that knows no resource.
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['autoscaling:DescribeAutoScalingInstances'], resources: ['*'] }));
}
