import { Stack, aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { HaNetwork } from '../../src/network/ha-network';
import { NatMode } from '../../src/network/nat-mode';
import { missingEndpoints } from '../../src/private/missing-endpoints';
import { HaEc2WebApp } from '../../src/web-app/ec2/ha-ec2-web-app';
import { testStack } from '../fixtures';

const { AUTOSCALING, CLOUDFORMATION } = ec2.InterfaceVpcEndpointAwsService;
const PRIVATE = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const WARNING = Match.stringLikeRegexp('instances call autoscaling, cloudformation when they start.*vpc\\.addInterfaceEndpoint.*HaEc2WebApp\\.serviceOutOfReach');

function appIn(natMode: NatMode, define: (vpc: ec2.Vpc) => void = () => undefined): Annotations {
  const stack = testStack();
  const { vpc } = new HaNetwork(stack, 'Network', { natMode });
  define(vpc);
  new HaEc2WebApp(stack, 'App', { vpc, composeText: 'services: { app: { image: "example/shop:1" } }' });
  return Annotations.fromStack(stack);
}

test('instances in subnets without a way out are told which endpoints they need', () => {
  appIn(NatMode.NONE).hasWarning('/Test/App', WARNING);
});

test('with these endpoints nothing is said', () => {
  appIn(NatMode.NONE, (vpc) => [AUTOSCALING, CLOUDFORMATION].forEach((service, index) => vpc.addInterfaceEndpoint(`More${index}`, { service })))
    .hasNoWarning('/Test/App', Match.stringLikeRegexp('serviceOutOfReach'));
});

test('with a NAT gateway nothing is said', () => {
  appIn(NatMode.SINGLE).hasNoWarning('/Test/App', Match.stringLikeRegexp('serviceOutOfReach'));
});

test('of isolated subnets with a route of their own to anywhere, nothing is missing', () => {
  const stack = testStack();
  const { vpc } = new HaNetwork(stack, 'Network', { natMode: NatMode.NONE });
  expect(missingEndpoints(vpc, PRIVATE, ['autoscaling'])).toEqual(['autoscaling']);
  vpc.isolatedSubnets.forEach((subnet, index) => (subnet as ec2.Subnet).addRoute(`Out${index}`, {
    routerType: ec2.RouterType.TRANSIT_GATEWAY, routerId: 'tgw-0123456789abcdef0',
  }));
  expect(missingEndpoints(vpc, PRIVATE, ['autoscaling'])).toEqual([]);
});

test('of a network that is only known by its ids, nothing is missing', () => {
  const vpc = ec2.Vpc.fromVpcAttributes(new Stack(), 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['subnet-1', 'subnet-2'] });
  expect(missingEndpoints(vpc, PRIVATE, ['autoscaling'])).toEqual([]);
});
