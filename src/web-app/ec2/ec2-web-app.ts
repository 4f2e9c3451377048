import type { aws_autoscaling as autoscaling, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * What `WebAppMonitoring` needs of a web application on instances of its own, whoever defined it.
 *
 * `HaEc2WebApp` implements it, and so may a class of your own.
 */
export interface IEc2WebApp extends IConstruct {
  /** The group of the instances. */
  readonly autoScalingGroup: autoscaling.AutoScalingGroup;

  /**
   * The target group.
   *
   * @default - none, no load balancer sends requests to it
   */
  readonly targetGroup?: elbv2.ApplicationTargetGroup;
}
