import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IMAGE } from './world';
import type { IHaEcsCluster } from '../../../src/cluster/cluster-interface';
import type { IAlbFrontend } from '../../../src/frontend/alb-frontend';
import type { IEcsWebApp } from '../../../src/web-app/ecs/ecs-web-app';

/** A web application as somebody writes it who uses none of our classes for it. */
export class OwnWebApp extends Construct implements IEcsWebApp {
  public readonly service: ecs.BaseService;
  public readonly taskDefinition: ecs.TaskDefinition;
  public readonly container: ecs.ContainerDefinition;
  public readonly targetGroup: elbv2.ApplicationTargetGroup;

  public constructor(scope: Construct, id: string, cluster: IHaEcsCluster, frontend: IAlbFrontend, pathPatterns?: string[], image = IMAGE) {
    super(scope, id);
    this.taskDefinition = new ecs.FargateTaskDefinition(this, 'Task');
    this.container = this.taskDefinition.addContainer('web', { image, portMappings: [{ containerPort: 80 }] });
    const service = new ecs.FargateService(this, 'Service', {
      cluster: cluster.cluster, taskDefinition: this.taskDefinition, desiredCount: 3, minHealthyPercent: 100,
    });
    this.service = service;
    this.targetGroup = frontend.addTarget(this, 'Target', { vpc: cluster.vpc, port: 80, targets: [service], pathPatterns }).targetGroup;
  }
}
