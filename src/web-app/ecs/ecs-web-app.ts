import type { aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * What others need of a web application that runs as a service of ECS, whoever defined it: `WebAppPipeline` deploys to it, and
 * `WebAppMonitoring` watches it.
 *
 * `HaEcsWebApp` and `SingleTaskWebApp` implement it, and so may a class of your own.
 */
export interface IEcsWebApp extends IConstruct {
  /** The ECS service. */
  readonly service: ecs.BaseService;

  /** The task definition. */
  readonly taskDefinition: ecs.TaskDefinition;

  /** The application's own container. */
  readonly container: ecs.ContainerDefinition;

  /**
   * The target group.
   *
   * @default - none, no load balancer sends requests to it
   */
  readonly targetGroup?: elbv2.ApplicationTargetGroup;

  /**
   * The second target group, where deployments shift traffic between two. Either of the two may have the traffic.
   *
   * @default - none, all traffic is that of `targetGroup`
   */
  readonly alternateTargetGroup?: elbv2.ApplicationTargetGroup;
}
