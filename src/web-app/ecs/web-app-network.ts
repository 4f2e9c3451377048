import { aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RunningApp } from './app-task';
import type { WebAppSettings } from './web-app-settings';
import type { FrontendTarget } from '../../frontend/alb-frontend';
import { hasOwnInterface, portsOnInterface, targetTypeOf } from '../../private/aws/ecs-network-modes';
import { declarePath } from '../../private/declared-paths';
import { openHttpsOut } from '../../private/open-paths';
import { closedSecurityGroup } from '../../private/security-group';
import { defineAlternateTarget } from '../deployment/alternate-target';
import { targetRouting } from '../routing';

/** Defines the group of tasks in `awsvpc` mode, which lets them out to HTTPS addresses alone; bridged ones have that of their instance. */
export function appSecurityGroup(scope: Construct, { cluster, networkMode }: WebAppSettings): ec2.SecurityGroup | undefined {
  if (networkMode !== ecs.NetworkMode.AWS_VPC) return undefined;
  const why = 'AWS APIs and HTTPS calls of the application';
  const securityGroup = closedSecurityGroup(scope, 'SecurityGroup', cluster.vpc, 'Tasks of a web application');
  openHttpsOut(scope, securityGroup, why);
  return securityGroup;
}

/** The groups of the tasks, with the ports on which `receiver` takes requests; ECS picks one of an instance for a bridged task. */
export function requestConnections(service: ecs.BaseService, receiver: ecs.ContainerDefinition): ec2.Connections {
  const { from, to } = portsOnInterface(receiver.taskDefinition.networkMode, receiver.containerPort, undefined);
  return new ec2.Connections({
    securityGroups: service.connections.securityGroups,
    defaultPort: from === to ? ec2.Port.tcp(from) : ec2.Port.tcpRange(from, to),
  });
}

/** Sends the requests of the frontend, where there is one, to a container of the service. */
export function receiveRequests(
  app: Construct & RunningApp, receiver: ecs.ContainerDefinition, settings: WebAppSettings,
): FrontendTarget | undefined {
  const { cluster, frontend, routing, networkMode, healthCheck, deployment: { shift } } = settings;
  if (frontend === undefined) return undefined;
  const containerPort = receiver.containerPort;
  const target = frontend.addTarget(app, 'Target', {
    vpc: cluster.vpc,
    port: containerPort,
    targets: [],
    targetKind: targetTypeOf(networkMode) === 'instance' ? elbv2.TargetType.INSTANCE : elbv2.TargetType.IP,
    ...targetRouting(routing),
    healthCheck,
    alternateTargetGroup: shift !== undefined,
    testListener: shift?.testListener,
  });
  const alternateTarget = shift && defineAlternateTarget(app, target, shift);
  target.targetGroup.addTarget(app.service.loadBalancerTarget({ containerName: receiver.containerName, containerPort, alternateTarget }));
  // From another stack the instances' groups are imported, under names that are not in any template: the cluster names them.
  const ports = portsOnInterface(networkMode, containerPort, undefined);
  declarePath(app, frontend, hasOwnInterface(networkMode) ? app : cluster, {
    fromPort: ports.from,
    toPort: ports.to,
    why: 'Requests and health checks from the load balancer',
  });
  return target;
}
