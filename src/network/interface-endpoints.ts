import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';
import { HTTPS_PORT } from '../private/aws/engine-ports';
import { fail } from '../private/errors';
import { closedSecurityGroup } from '../private/security-group';

/**
 * What an ECS task and its host need of AWS where there is no other way out: image, logs, secrets, ECS Exec and the ECS agent.
 *
 * A function, because the table of all endpoint services is the slowest module of the CDK to load, and few networks need it.
 */
export function ecsEndpoints(): ec2.InterfaceVpcEndpointAwsService[] {
  const service = ec2.InterfaceVpcEndpointAwsService;
  return [
    service.ECR,
    service.ECR_DOCKER,
    service.CLOUDWATCH_LOGS,
    service.SECRETS_MANAGER,
    service.SSM_MESSAGES,
    service.ECS,
    service.ECS_AGENT,
    service.ECS_TELEMETRY,
  ];
}

/**
 * Defines interface endpoints in the private subnets, open to HTTPS from the VPC. Their names resolve to them all over the VPC,
 * so that no workload needs to know of them.
 */
export function defineInterfaceEndpoints(
  scope: Construct, vpc: ec2.Vpc, services: ec2.InterfaceVpcEndpointAwsService[], subnets: ec2.SubnetSelection,
): ec2.SecurityGroup {
  const ids = services.map(endpointId);
  const twice = services.find((_service, index) => ids.indexOf(ids[index]) !== index);
  if (twice !== undefined) {
    fail(scope, { got: `interfaceEndpoints has ${twice.shortName} twice`, allowed: 'each service once', fix: 'leave one of the two out' });
  }
  const securityGroup = closedSecurityGroup(scope, 'EndpointSecurityGroup', vpc, 'Interface endpoints of AWS services');
  securityGroup.addIngressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(HTTPS_PORT), 'HTTPS from the VPC');
  acknowledge(securityGroup, 'AwsSolutions-EC23', 'The range is that of the VPC itself; it is a reference, which the rule cannot read.');
  for (const service of services) {
    vpc.addInterfaceEndpoint(endpointId(service), {
      service,
      subnets: { ...subnets, onePerAz: true },
      securityGroups: [securityGroup],
      privateDnsEnabled: true,
      open: false,
    });
  }
  return securityGroup;
}

function endpointId(service: ec2.InterfaceVpcEndpointAwsService): string {
  return service.shortName.split(/[^A-Za-z0-9]+/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('') + 'Endpoint';
}
