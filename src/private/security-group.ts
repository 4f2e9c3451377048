import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Defines a security group that lets nothing in and nothing out until a rule says so (SG-1).
 *
 * The description is fixed text of ours: AWS refuses accents, `>` and more in it (LIB-9), and changing it replaces the group.
 */
export function closedSecurityGroup(scope: Construct, id: string, vpc: ec2.IVpc, description: string): ec2.SecurityGroup {
  return new ec2.SecurityGroup(scope, id, {
    vpc,
    description,
    allowAllOutbound: false,
    allowAllIpv6Outbound: false,
    disableInlineRules: false,
  });
}

/** Opens egress to HTTPS anywhere over IPv4: AWS APIs, image registries and the app's own calls leave by NAT or endpoints. */
export function allowHttpsOut(connectable: ec2.IConnectable, why: string): void {
  connectable.connections.allowTo(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), why);
}
