import { aws_ec2 as ec2 } from 'aws-cdk-lib';

/**
 * Those of some services of AWS, by the last words of their endpoints, to which no way leads from subnets without a way out. Nothing is missing where
 * it is not known: of a network from elsewhere, and of subnets that have a route to anywhere.
 */
export function missingEndpoints(vpc: ec2.IVpc, subnets: ec2.SubnetSelection, services: readonly string[]): string[] {
  if (!(vpc instanceof ec2.Vpc)) return [];
  const isolated = new Set(vpc.isolatedSubnets);
  const chosen = vpc.selectSubnets(subnets).subnets;
  if (chosen.length === 0 || !chosen.every((subnet) => isolated.has(subnet) && !hasRouteOut(subnet))) return [];
  const present = vpc.node.root.node.findAll()
    .filter((node): node is ec2.CfnVPCEndpoint => node instanceof ec2.CfnVPCEndpoint && node.vpcId === vpc.vpcId)
    .map((endpoint) => JSON.stringify(endpoint.stack.resolve(endpoint.serviceName) ?? ''));
  return services.filter((service) => !present.some((name) => name.includes(`.${service}"`)));
}

/** By a transit gateway, or a firewall, whatever the CDK calls the subnet. */
function hasRouteOut(subnet: ec2.ISubnet): boolean {
  return subnet.node.findAll().some((node) => node instanceof ec2.CfnRoute && (node.destinationCidrBlock === '0.0.0.0/0'
    || node.destinationPrefixListId !== undefined));
}
