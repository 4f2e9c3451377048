import { aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { App, Stack } from 'aws-cdk-lib';

export type StackProgram = (stack: Stack) => void;

export type AppProgram = (app: App) => void;

export const ENV = { env: { region: 'eu-west-1' } };

/** All addresses of the VPCs in these programs. */
export const INSIDE = ec2.Peer.ipv4('10.0.0.0/16');

export const ANYBODY = ec2.Peer.anyIpv4();

export function nlb(stack: Stack, vpc: ec2.IVpc, props: Partial<elbv2.NetworkLoadBalancerProps> = {}): elbv2.NetworkLoadBalancer {
  return new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc, internetFacing: true, disableSecurityGroups: props.securityGroups === undefined, ...props });
}

/** A group that lets nothing out but HTTPS. */
export function closedGroup(stack: Stack, vpc: ec2.IVpc, id = 'Group'): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(stack, id, { vpc, allowAllOutbound: false });
  group.addEgressRule(ANYBODY, ec2.Port.tcp(443));
  return group;
}
