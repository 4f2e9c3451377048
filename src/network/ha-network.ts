import { aws_ec2 as ec2, Token } from 'aws-cdk-lib';
import type { aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { warnOfFarImages } from './far-images';
import { defineInterfaceEndpoints, ecsEndpoints } from './interface-endpoints';
import { NatMode } from './nat-mode';
import { RegionalNatProvider } from './regional-nat-provider';
import { RoomForZones } from './room-for-zones';
import { checkSubnets } from './subnet-checks';
import { fail, isKnown } from '../private/errors';
import { requireInput } from '../private/input/require-input';
import { boundedLogGroup } from '../private/log-group';
import { requireWhole } from '../private/numbers';
import { privateSubnets, requireTwoZones } from '../private/private-subnets';
import { warn } from '../private/warnings';

/** More than three zones are rare, and each halves what is left for a subnet. */
const ZONES_WITH_ROOM = 4;

/** No region has more, by far. */
const MOST_ZONES = 16;

/**
 * Properties of a `HaNetwork`.
 */
export interface HaNetworkProps {
  /**
   * How private subnets reach the internet.
   *
   * @default NatMode.PER_AZ
   */
  readonly natMode?: NatMode;

  /**
   * The number of zones, 2 or more. In a stack without a known account and region the CDK knows of two zones only: name them in
   * `availabilityZones` to have more. Not together with `availabilityZones`.
   *
   * @default 2
   */
  readonly maxAzs?: number;

  /**
   * The zones by name, for example `eu-west-1a`; 2 or more. Add a new one at the end: the order decides the addresses.
   *
   * @default - the first `maxAzs` zones of the region
   */
  readonly availabilityZones?: string[];

  /**
   * How many zones beyond those in use addresses are kept free for. A zone that is added takes one of them, and no subnet moves; where the number
   * was written down, lower it by the zones that were added. In a network that is deployed already any other sum moves all subnets, which
   * CloudFormation refuses half way: leave it as it is.
   *
   * @default - as many as make four zones in all; 0 with a `subnetConfiguration` of your own, whose sizes it would move
   */
  readonly reservedAzs?: number;

  /**
   * The addresses of the VPC.
   *
   * @default ec2.IpAddresses.cidr('10.0.0.0/16')
   */
  readonly ipAddresses?: ec2.IIpAddresses;

  /**
   * The groups of subnets, one subnet of each group in each zone. A group with `reserved: true` takes addresses but is not made.
   *
   * @default - a public and a private group that share the addresses equally
   */
  readonly subnetConfiguration?: ec2.SubnetConfiguration[];

  /**
   * Interface endpoints, through which AWS services are reached without NAT; each is billed by zone and hour.
   *
   * @default - none; with `NatMode.NONE` those an ECS task and its host cannot do without: ECR, CloudWatch Logs, Secrets Manager,
   * Session Manager messages and ECS. A `HaEc2WebApp` needs those of `autoscaling` and `cloudformation` as well
   */
  readonly interfaceEndpoints?: ec2.InterfaceVpcEndpointAwsService[];

  /**
   * Where flow logs go.
   *
   * @default - a new log group
   */
  readonly flowLogDestination?: ec2.FlowLogDestination;

  /**
   * How long flow logs are kept. Not together with `flowLogDestination`.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly flowLogRetention?: logs.RetentionDays;

  /**
   * What happens to the log group of the flow logs when the stack is deleted. Not together with `flowLogDestination`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Defines a VPC over two or more zones: public subnets for load balancers, private ones for everything else, flow logs, and a
 * gateway endpoint for S3, from which container images come without passing a NAT gateway.
 *
 * By default it survives the loss of any one zone. Optional: every construct here takes any other VPC too.
 *
 * @example
 * const network = new HaNetwork(this, 'Network', { natMode: NatMode.PER_AZ });
 * new HaEcsCluster(this, 'Cluster', { vpc: network.vpc });
 */
export class HaNetwork extends Construct {
  /** The VPC. */
  public readonly vpc: ec2.Vpc;

  public constructor(scope: Construct, id: string, props: HaNetworkProps = {}) {
    super(scope, id);
    requireInput(this, 'HaNetworkProps', props);

    const natMode = props.natMode ?? NatMode.PER_AZ;
    this.checkProps(props, natMode);

    this.vpc = this.defineVpc(props, natMode);
    requireTwoZones(this, 'the VPC', this.vpc.availabilityZones);
    this.defineFlowLogs(props);
    this.vpc.addGatewayEndpoint('S3Endpoint', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    const endpoints = props.interfaceEndpoints ?? (natMode === NatMode.NONE ? ecsEndpoints() : []);
    if (endpoints.length > 0) defineInterfaceEndpoints(this, this.vpc, endpoints, privateSubnets(this, this.vpc));

    this.warnAboutZones(props, natMode);
    if (natMode === NatMode.NONE) this.node.addValidation({ validate: () => warnOfFarImages(this, this.vpc) });
  }

  private defineVpc(props: HaNetworkProps, natMode: NatMode): ec2.Vpc {
    return new ec2.Vpc(this, 'Vpc', {
      ipAddresses: new RoomForZones(props.ipAddresses ?? ec2.IpAddresses.cidr('10.0.0.0/16'), reservedZones(props)),
      ...(props.availabilityZones ? { availabilityZones: props.availabilityZones } : { maxAzs: props.maxAzs ?? 2 }),
      subnetConfiguration: (props.subnetConfiguration ?? defaultSubnets(natMode)).map(withoutPublicAddresses),
      ...natSettings(natMode),
      enableDnsHostnames: true,
      enableDnsSupport: true,
      // True would add a custom resource with a Lambda function; nothing here uses the default group.
      restrictDefaultSecurityGroup: false,
    });
  }

  private defineFlowLogs(props: HaNetworkProps): void {
    this.vpc.addFlowLog('FlowLog', {
      trafficType: ec2.FlowLogTrafficType.ALL,
      destination: props.flowLogDestination ?? ec2.FlowLogDestination.toCloudWatchLogs(boundedLogGroup(this, 'FlowLogs', {
        retention: props.flowLogRetention,
        removalPolicy: props.removalPolicy,
      })),
    });
  }

  private checkProps(props: HaNetworkProps, natMode: NatMode): void {
    const later = (['maxAzs', 'availabilityZones', 'reservedAzs'] as const).find((name) => Token.isUnresolved(props[name]));
    if (later !== undefined) {
      fail(this, {
        got: `${later} is only known at deployment`,
        allowed: 'known now, for each zone has subnets of its own in the template',
        fix: 'write the number, or an array of zones; single zones may be tokens, such as Fn.select(0, Fn.getAzs())',
      });
    }
    if (props.availabilityZones !== undefined) {
      if (props.maxAzs !== undefined) {
        fail(this, { got: 'maxAzs and availabilityZones are both set', allowed: 'one of the two', fix: 'leave maxAzs out: the list says how many' });
      }
      requireTwoZones(this, 'availabilityZones', props.availabilityZones);
    }
    const zones = { ceiling: MOST_ZONES, fix: 'set maxAzs to 2 or more, so that one zone can be lost' };
    requireWhole(this, { name: 'maxAzs', value: props.maxAzs, min: 2, ...zones });
    requireWhole(this, { name: 'reservedAzs', value: props.reservedAzs, min: 0, ...zones, fix: 'set it to the number of zones that may be added' });
    const foreign = (['flowLogRetention', 'removalPolicy'] as const).find((name) => props[name] !== undefined);
    if (props.flowLogDestination !== undefined && foreign !== undefined) {
      fail(this, {
        got: `${foreign} is set together with flowLogDestination`,
        allowed: 'one of the two',
        fix: `set it on the destination, and leave ${foreign} out`,
      });
    }
    if (props.subnetConfiguration !== undefined) checkSubnets(this, props.subnetConfiguration, natMode);
  }

  private warnAboutZones(props: HaNetworkProps, natMode: NatMode): void {
    const zones = this.vpc.availabilityZones.length;
    if (isKnown(props.maxAzs) && zones < props.maxAzs) {
      warn(this, 'HaNetwork.fewerZones',
        `maxAzs is ${props.maxAzs}, but the CDK knows of ${zones} zones only as long as account and region are open; name the zones in `
        + 'availabilityZones');
    }
    if (natMode === NatMode.SINGLE) {
      warn(this, 'HaNetwork.singleNatGateway',
        `one NAT gateway serves all ${zones} zones: losing its zone cuts every private subnet off; use NatMode.PER_AZ or NatMode.REGIONAL `
        + 'outside of labs');
    }
  }
}

function reservedZones({ reservedAzs, subnetConfiguration }: HaNetworkProps): (zones: number) => number {
  if (reservedAzs !== undefined) return () => reservedAzs;
  return (zones) => (subnetConfiguration === undefined ? Math.max(0, ZONES_WITH_ROOM - zones) : 0);
}

function natSettings(natMode: NatMode): ec2.VpcProps {
  switch (natMode) {
    case NatMode.PER_AZ: return {};
    case NatMode.SINGLE: return { natGateways: 1 };
    case NatMode.REGIONAL: return { natGateways: 1, natGatewayProvider: new RegionalNatProvider() };
    case NatMode.NONE: return { natGateways: 0 };
  }
}

function defaultSubnets(natMode: NatMode): ec2.SubnetConfiguration[] {
  return [
    { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
    { name: 'Private', subnetType: natMode === NatMode.NONE ? ec2.SubnetType.PRIVATE_ISOLATED : ec2.SubnetType.PRIVATE_WITH_EGRESS },
  ];
}

/** Load balancers and NAT gateways get public addresses by themselves; nothing else in a public subnet should by accident. */
function withoutPublicAddresses(group: ec2.SubnetConfiguration): ec2.SubnetConfiguration {
  return group.subnetType === ec2.SubnetType.PUBLIC ? { mapPublicIpOnLaunch: false, ...group } : group;
}
