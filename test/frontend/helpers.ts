import { App, Stack, aws_autoscaling as autoscaling, aws_certificatemanager as acm, aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2, aws_route53 as route53 } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { FrontendDomain } from '../../src/frontend/frontend-domain';
import { SecureAlbFrontend } from '../../src/frontend/secure-alb-frontend';
import type { SecureAlbFrontendProps } from '../../src/frontend/secure-alb-frontend-props';
import { testStack } from '../fixtures';

export const CERTIFICATE_ARN = 'arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000';

export function network(scope: Stack, maxAzs = 2): ec2.Vpc {
  return new ec2.Vpc(scope, 'Vpc', { maxAzs, natGateways: 1, restrictDefaultSecurityGroup: false });
}

export function zoneIn(scope: Stack): route53.PublicHostedZone {
  return new route53.PublicHostedZone(scope, 'Zone', { zoneName: 'example.com' });
}

export function certificateIn(scope: Stack): acm.ICertificate {
  return acm.Certificate.fromCertificateArn(scope, 'Certificate', CERTIFICATE_ARN);
}

/** A frontend under app.example.com, unless the props say another domain. */
export function frontendIn(stack: Stack, props: Partial<SecureAlbFrontendProps> = {}): SecureAlbFrontend {
  const vpc = props.vpc ?? network(stack);
  return new SecureAlbFrontend(stack, 'Frontend', { domain: props.domain ?? FrontendDomain.hostedZone(zoneIn(stack), 'app'), ...props, vpc });
}

/** A target with a security group of its own, of which nothing else is known. */
export class FakeTarget implements elbv2.IApplicationLoadBalancerTarget, ec2.IConnectable {
  public readonly connections: ec2.Connections;

  public constructor(scope: Stack, vpc: ec2.IVpc, id = 'TargetGroup', private readonly targetType = elbv2.TargetType.IP) {
    const group = new ec2.SecurityGroup(scope, `${id}Security`, { vpc, allowAllOutbound: false });
    this.connections = new ec2.Connections({ securityGroups: [group] });
  }

  public attachToApplicationTargetGroup(targetGroup: elbv2.IApplicationTargetGroup): elbv2.LoadBalancerTargetProps {
    targetGroup.registerConnectable(this);
    return { targetType: this.targetType };
  }
}

export function autoScalingGroup(scope: Stack, vpc: ec2.IVpc): autoscaling.AutoScalingGroup {
  return new autoscaling.AutoScalingGroup(scope, 'Group', {
    vpc,
    securityGroup: new ec2.SecurityGroup(scope, 'GroupSecurity', { vpc, allowAllOutbound: false }),
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
  });
}

/** Two stacks of one app in one region: what is shared, and an application. */
export function twoStacks(context: Record<string, unknown>): { shared: Stack; app: Stack } {
  const root = new App({ context });
  return { shared: new Stack(root, 'Shared', { env: { region: 'eu-west-1' } }), app: new Stack(root, 'App', { env: { region: 'eu-west-1' } }) };
}

export function stackOf(context: Record<string, unknown> = {}): Stack {
  return testStack(context);
}

/** The properties of the only resource of a type. */
export function only(template: Template, type: string): Record<string, any> {
  const found = Object.values(template.findResources(type));
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

export function all(template: Template, type: string): Record<string, any>[] {
  return Object.values(template.findResources(type)).map((resource) => resource.Properties);
}
