import {
  CfnParameter, aws_apigatewayv2 as apigateway, aws_autoscaling as autoscaling, aws_certificatemanager as acm, aws_ec2 as ec2, aws_ecs as ecs,
  aws_ecs_patterns as patterns, aws_elasticloadbalancingv2 as elbv2, aws_elasticloadbalancingv2_targets as targets, aws_lambda as lambda,
} from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { ANYBODY, INSIDE, closedGroup, nlb } from './program';
import type { StackProgram } from './program';
import { ec2Cluster, ec2Task, fargateService, fargateTask, image, loadBalancer, network } from '../rules/plain';

const certificate = (stack: Stack) => acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:123456789012:certificate/1');

function web(stack: Stack, vpc = network(stack), props: Partial<ecs.FargateServiceProps> = {}): ecs.FargateService {
  return fargateService(stack, vpc, fargateTask(stack), props);
}

function bridgeService(stack: Stack, hostPort?: number) {
  const { vpc, cluster, group, strategies } = ec2Cluster(stack, { max: 8 });
  const taskDefinition = ec2Task(stack, {}, { portMappings: [{ containerPort: 80, hostPort }] });
  const service = new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition, desiredCount: 2, capacityProviderStrategies: strategies });
  return { vpc, group, service };
}

/** Services behind load balancers of every kind. */
export const BALANCED: Record<string, StackProgram> = {
  'an application load balancer before Fargate': (stack) => {
    const vpc = network(stack);
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [web(stack, vpc)] });
  },
  'health checks on a port of their own': (stack) => {
    const vpc = network(stack);
    const listener = loadBalancer(stack, vpc);
    const service = web(stack, vpc);
    listener.addTargets('Target', { port: 80, targets: [service], healthCheck: { port: '9000' } });
    service.connections.allowFrom(listener.loadBalancer, ec2.Port.tcp(9000));
  },
  'HTTPS with a redirect from HTTP': (stack) => {
    const vpc = network(stack);
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
    balancer.addRedirect();
    balancer.addListener('Https', { port: 443, certificates: [certificate(stack)] }).addTargets('Target', { port: 80, targets: [web(stack, vpc)] });
  },
  'an internal application load balancer': (stack) => {
    const vpc = network(stack);
    new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc }).addListener('Http', { port: 80, open: false }).addTargets('Target', { port: 80, targets: [web(stack, vpc)] });
  },
  'a load balancer whose group lets out only to its targets': (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'Edge', { vpc, allowAllOutbound: false });
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true, securityGroup: group });
    balancer.addListener('Http', { port: 80 }).addTargets('Target', { port: 80, targets: [web(stack, vpc)] });
  },
  'two services behind one listener, by path': (stack) => {
    const vpc = network(stack);
    const listener = loadBalancer(stack, vpc);
    listener.addTargets('Web', { port: 80, targets: [web(stack, vpc)] });
    const api = fargateService(stack, vpc, fargateTask(stack, { portMappings: [{ containerPort: 8080 }] }, {}, 'ApiTask'), {}, 'Api');
    listener.addTargets('ApiTarget', { port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, priority: 10, conditions: [elbv2.ListenerCondition.pathPatterns(['/api/*'])], targets: [api] });
  },
  'a load balancer of addresses in both families': (stack) => {
    const vpc = network(stack, { ipProtocol: ec2.IpProtocol.DUAL_STACK });
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true, ipAddressType: elbv2.IpAddressType.DUAL_STACK });
    balancer.addListener('Http', { port: 80 }).addTargets('Target', { port: 80, targets: [web(stack, vpc)] });
  },
  'a load balancer before a function': (stack) => {
    const handler = new lambda.Function(stack, 'Function', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') });
    loadBalancer(stack, network(stack)).addTargets('Target', { targets: [new targets.LambdaTarget(handler)] });
  },
  'a load balancer before instances': (stack) => {
    const vpc = network(stack);
    const group = new autoscaling.AutoScalingGroup(stack, 'Asg', {
      vpc, instanceType: new ec2.InstanceType('t3.small'), machineImage: ec2.MachineImage.latestAmazonLinux2023(), minCapacity: 2, maxCapacity: 4,
    });
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [group] });
  },
  'a load balancer before an address of another network': (stack) => {
    loadBalancer(stack, network(stack)).addTargets('Target', { port: 80, targets: [new targets.IpTarget('172.16.0.10', 8080, 'all')] });
  },
  'a pattern of the CDK with several target groups': (stack) => {
    const pattern = new patterns.ApplicationMultipleTargetGroupsFargateService(stack, 'Service', {
      vpc: network(stack),
      taskImageOptions: { image: image('web:1'), containerPorts: [80, 90] },
      targetGroups: [{ containerPort: 80 }, { containerPort: 90, pathPattern: 'a/b/c', priority: 10 }],
    });
    void pattern;
  },
  'a container port that is a parameter, named alike by the rule': (stack) => {
    const vpc = network(stack);
    const port = new CfnParameter(stack, 'Port', { type: 'Number' }).valueAsNumber;
    const service = fargateService(stack, vpc, fargateTask(stack, { portMappings: [{ containerPort: port }] }));
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [service] });
  },
  'a network load balancer with a group': (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'Edge', { vpc });
    group.addIngressRule(ANYBODY, ec2.Port.tcp(80));
    const service = web(stack, vpc);
    service.connections.allowFrom(group, ec2.Port.tcp(80));
    nlb(stack, vpc, { securityGroups: [group] }).addListener('Tcp', { port: 80 }).addTargets('Target', { port: 80, targets: [service] });
  },
  'a network load balancer with a group, that keeps the clients\' addresses': (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'Edge', { vpc });
    group.addIngressRule(ANYBODY, ec2.Port.tcp(80));
    const service = web(stack, vpc);
    service.connections.allowFrom(group, ec2.Port.tcp(80));
    nlb(stack, vpc, { securityGroups: [group] }).addListener('Tcp', { port: 80 }).addTargets('Target', { port: 80, targets: [service], preserveClientIp: true });
  },
  'a network load balancer without a group, before tasks that let the VPC in': (stack) => {
    const vpc = network(stack);
    const service = web(stack, vpc);
    service.connections.allowFrom(INSIDE, ec2.Port.tcp(80));
    nlb(stack, vpc).addListener('Tcp', { port: 80 }).addTargets('Target', { port: 80, targets: [service] });
  },
  'a network load balancer without a group, before instances that let anybody in': (stack) => {
    const { vpc, group, service } = bridgeService(stack);
    group.connections.allowFrom(ANYBODY, ec2.Port.tcpRange(32768, 60999));
    nlb(stack, vpc).addListener('Tcp', { port: 80 }).addTargets('Target', { port: 80, targets: [service] });
  },
  'a network load balancer for known clients, with health checks from the VPC': (stack) => {
    const { vpc, group, service } = bridgeService(stack, 8080);
    [ec2.Peer.ipv4('203.0.113.0/24'), INSIDE].forEach((peer) => group.connections.allowFrom(peer, ec2.Port.tcp(8080)));
    nlb(stack, vpc).addListener('Tcp', { port: 80 }).addTargets('Target', { port: 80, targets: [service] });
  },
  'an internal network load balancer whose clients come by a private line': (stack) => {
    const { vpc, group, service } = bridgeService(stack, 8080);
    group.connections.allowFrom(ec2.Peer.ipv4('172.16.0.0/12'), ec2.Port.tcp(8080));
    group.connections.allowFrom(INSIDE, ec2.Port.tcp(9000));
    nlb(stack, vpc, { internetFacing: false }).addListener('Tcp', { port: 80 }).addTargets('Target', { port: 80, targets: [service], healthCheck: { port: '9000' } });
  },
  'a network load balancer for UDP, with health checks over TCP': (stack) => {
    const vpc = network(stack);
    const task = fargateTask(stack, { portMappings: [{ containerPort: 53, protocol: ecs.Protocol.UDP }, { containerPort: 8080 }] });
    const service = fargateService(stack, vpc, task);
    service.connections.allowFrom(ANYBODY, ec2.Port.udp(53));
    service.connections.allowFrom(INSIDE, ec2.Port.tcp(8080));
    nlb(stack, vpc).addListener('Udp', { port: 53, protocol: elbv2.Protocol.UDP }).addTargets('Target', {
      port: 53, protocol: elbv2.Protocol.UDP, healthCheck: { port: '8080' }, targets: [service.loadBalancerTarget({ containerName: 'web', containerPort: 53, protocol: ecs.Protocol.UDP })],
    });
  },
  'a network load balancer that ends TLS': (stack) => {
    const vpc = network(stack);
    const service = web(stack, vpc);
    service.connections.allowFrom(INSIDE, ec2.Port.tcp(80));
    nlb(stack, vpc).addListener('Tls', { port: 443, certificates: [certificate(stack)] }).addTargets('Target', { port: 80, protocol: elbv2.Protocol.TCP, targets: [service] });
  },
  'an application load balancer behind a network load balancer': (stack) => {
    const vpc = network(stack);
    const listener = loadBalancer(stack, vpc);
    listener.addTargets('Web', { port: 80, targets: [web(stack, vpc)] });
    nlb(stack, vpc).addListener('Tcp', { port: 80 }).addTargets('Alb', { port: 80, targets: [new targets.AlbListenerTarget(listener)], healthCheck: { protocol: elbv2.Protocol.HTTP } });
  },
  'an HTTP API that reaches a service by a VPC link': (stack) => {
    const vpc = network(stack);
    const group = closedGroup(stack, vpc, 'LinkGroup');
    const listener = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc }).addListener('Http', { port: 80, open: false });
    listener.addTargets('Target', { port: 80, targets: [web(stack, vpc)] });
    listener.connections.allowDefaultPortFrom(group);
    new apigateway.VpcLink(stack, 'Link', { vpc, securityGroups: [group] });
  },
  'a gateway load balancer before appliances': (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
    group.addIngressRule(INSIDE, ec2.Port.udp(6081));
    group.addIngressRule(INSIDE, ec2.Port.tcp(8080));
    const appliance = new ec2.Instance(stack, 'Appliance', { vpc, securityGroup: group, instanceType: new ec2.InstanceType('c5n.large'), machineImage: ec2.MachineImage.latestAmazonLinux2023() });
    const balancer = new elbv2.CfnLoadBalancer(stack, 'Gwlb', { type: 'gateway', subnets: vpc.privateSubnets.map(({ subnetId }) => subnetId) });
    const target = new elbv2.CfnTargetGroup(stack, 'Target', {
      vpcId: vpc.vpcId, port: 6081, protocol: 'GENEVE', healthCheckPort: '8080', healthCheckProtocol: 'TCP', targets: [{ id: appliance.instanceId }],
    });
    new elbv2.CfnListener(stack, 'Listener', { loadBalancerArn: balancer.ref, defaultActions: [{ type: 'forward', targetGroupArn: target.ref }] });
  },
  'a classic load balancer before instances': (stack) => {
    const { vpc, group } = bridgeService(stack, 80);
    new ec2.CfnSecurityGroupIngress(stack, 'FromClassic', { groupId: group.connections.securityGroups[0].securityGroupId, ipProtocol: 'tcp', fromPort: 80, toPort: 80, cidrIp: vpc.vpcCidrBlock });
  },
};
