import { aws_ec2 as ec2 } from 'aws-cdk-lib';

/**
 * One NAT gateway for the whole VPC that AWS spreads over the zones by itself. The CDK's own providers, as of 2.263, know zonal
 * gateways only.
 */
export class RegionalNatProvider extends ec2.NatProvider {
  private gateway?: ec2.CfnNatGateway;
  private zones: string[] = [];

  public get configuredGateways(): ec2.GatewayConfig[] {
    return this.gateway === undefined ? [] : this.zones.map((az) => ({ az, gatewayId: this.gateway!.ref }));
  }

  public configureNat(options: ec2.ConfigureNatOptions): void {
    this.zones = options.vpc.availabilityZones;
    this.gateway = new ec2.CfnNatGateway(options.vpc, 'RegionalNatGateway', {
      availabilityMode: 'regional',
      connectivityType: 'public',
      vpcId: options.vpc.vpcId,
    });
    // The VPC's own dependable names the internet gateway but not its attachment; a public subnet's default route waits for both.
    this.gateway.node.addDependency(...options.natSubnets.map((subnet) => subnet.internetConnectivityEstablished));
    options.privateSubnets.forEach((subnet) => this.configureSubnet(subnet));
  }

  public configureSubnet(subnet: ec2.PrivateSubnet): void {
    subnet.addRoute('DefaultRoute', {
      routerType: ec2.RouterType.NAT_GATEWAY,
      routerId: this.gateway!.ref,
      enablesInternetConnectivity: true,
    });
  }
}
