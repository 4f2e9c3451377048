import type { aws_cloudwatch as cloudwatch, aws_elasticloadbalancingv2 as elbv2, aws_iam as iam } from 'aws-cdk-lib';
import type { TrafficShiftProps } from '../../ecs/define-service';

/** What a deployment must know of the service it belongs to. */
export interface DeploymentFacts {
  /** Whether no two tasks may share an instance. */
  readonly distinctInstances: boolean;
}

/** What a deployment asks of the service. */
export interface DeploymentBinding {
  readonly minHealthyPercent: number;
  readonly maxHealthyPercent: number;
  /** Whether to define alarms on the target groups that roll a deployment back. */
  readonly targetAlarms: boolean;
  readonly extraAlarms: cloudwatch.IAlarm[];
  readonly failureThreshold?: number;
  /** Present where ECS shifts traffic from one target group to another. */
  readonly shift?: TrafficShift;
}

/** How ECS shifts traffic, and what it needs for that. */
export interface TrafficShift {
  /** The call that the user typed. */
  readonly subject: string;
  readonly service: TrafficShiftProps;
  readonly testListener?: elbv2.IApplicationListener;
  readonly infrastructureRole?: iam.IRole;
  readonly listenerRulePin?: string;
}
