import { aws_ec2 as ec2, aws_ecs as ecs, aws_logs as logs, aws_s3 as s3, CfnParameter, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import type { HaNetworkProps } from '../../src/network/ha-network';
import { HaNetwork } from '../../src/network/ha-network';
import { NatMode } from '../../src/network/nat-mode';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';

const LAB_SUBNETS: ec2.SubnetConfiguration[] = [
  { name: 'Reserved', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 25, reserved: true },
  { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24 },
  { name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 24 },
];

function synthesize(props: HaNetworkProps = {}, context: Record<string, unknown> = {}): Template {
  const stack = testStack(context);
  new HaNetwork(stack, 'Network', props);
  expect(dependencyCycle(resourcesOf(stack))).toBeUndefined();
  return Template.fromStack(stack);
}

/** The targets of the private subnets' ways out, by NAT gateway. */
function privateRoutes(template: Template): string[] {
  return Object.values(template.findResources('AWS::EC2::Route')).map((route) => route.Properties.NatGatewayId?.Ref).filter(Boolean);
}

describe.each(FLAG_CONTEXTS)('%s', (_name, context) => {
  const template = synthesize({}, context);

  test('a public and a private subnet in each of two zones, none of which gives out public addresses', () => {
    const subnets = Object.values(template.findResources('AWS::EC2::Subnet'));
    expect(subnets).toHaveLength(4);
    for (const subnet of subnets) expect(subnet.Properties.MapPublicIpOnLaunch).toBe(false);
    expect(new Set(subnets.map((subnet) => JSON.stringify(subnet.Properties.AvailabilityZone))).size).toBe(2);
  });

  test('DNS support and DNS names are on', () => {
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true });
  });

  test('one NAT gateway in each zone, each with the routes of its own zone', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 2);
    expect(new Set(privateRoutes(template)).size).toBe(2);
  });

  test('flow logs of all traffic, kept for a month', () => {
    const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 } }));
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', ResourceType: 'VPC', LogGroupName: { Ref: logGroup } });
  });

  test('S3 is reached through a gateway endpoint of every route table, other services through none', () => {
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
    const [endpoint] = Object.values(template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Gateway' } }));
    expect(JSON.stringify(endpoint.Properties.ServiceName)).toContain('.s3');
    expect(endpoint.Properties.RouteTableIds).toHaveLength(4);
  });

  test('no custom resource and no Lambda function', () => {
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.resourceCountIs('Custom::VpcRestrictDefaultSG', 0);
  });

  test('the lab has exactly its four subnets', () => {
    const lab = synthesize({ subnetConfiguration: LAB_SUBNETS, ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16') }, context);
    const cidrs = (kind: string) => Object.entries(lab.findResources('AWS::EC2::Subnet'))
      .filter(([id]) => id.includes(`${kind}Subnet`)).map(([, subnet]) => subnet.Properties.CidrBlock);
    expect(cidrs('Public')).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
    expect(cidrs('Private')).toEqual(['10.0.3.0/24', '10.0.4.0/24']);
  });

  test('a regional NAT gateway lies in no subnet and takes all private routes', () => {
    const regional = synthesize({ natMode: NatMode.REGIONAL }, context);
    const [[id, gateway], ...others] = Object.entries(regional.findResources('AWS::EC2::NatGateway'));
    expect(others).toEqual([]);
    expect(gateway.Properties).toMatchObject({ AvailabilityMode: 'regional', ConnectivityType: 'public', VpcId: { Ref: expect.stringContaining('Vpc') } });
    expect(gateway.Properties).not.toHaveProperty('SubnetId');
    expect(gateway.Properties).not.toHaveProperty('AllocationId');
    expect(gateway.DependsOn).toEqual(expect.arrayContaining([expect.stringContaining('PublicSubnet1DefaultRoute')]));
    expect(privateRoutes(regional)).toEqual([id, id]);
    regional.resourceCountIs('AWS::EC2::EIP', 0);
  });

  test('without NAT private subnets are isolated, and what ECS needs is reached through endpoints', () => {
    const isolated = synthesize({ natMode: NatMode.NONE }, context);
    isolated.resourceCountIs('AWS::EC2::NatGateway', 0);
    const endpoints = Object.values(isolated.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } }));
    const services = endpoints.map((each) => JSON.stringify(each.Properties.ServiceName).match(/eu-west-1\.([a-z.-]+)/)![1]);
    expect(services.sort()).toEqual(['ecr.api', 'ecr.dkr', 'ecs', 'ecs-agent', 'ecs-telemetry', 'logs', 'secretsmanager', 'ssmmessages']);
    for (const endpoint of endpoints) {
      expect(endpoint.Properties).toMatchObject({ PrivateDnsEnabled: true });
      expect(endpoint.Properties.SubnetIds).toHaveLength(2);
    }
    isolated.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Interface endpoints of AWS services',
      SecurityGroupIngress: [Match.objectLike({ CidrIp: { 'Fn::GetAtt': [Match.anyValue(), 'CidrBlock'] }, FromPort: 443, ToPort: 443 })],
    });
  });
});

describe('a zone that is added later', () => {
  const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'eu-west-1d', 'eu-west-1e'];
  const subnetsOf = (zones: number, props: HaNetworkProps = {}) => Object.fromEntries(
    Object.entries(synthesize({ ...props, availabilityZones: ZONES.slice(0, zones) }).findResources('AWS::EC2::Subnet'))
      .map(([id, { Properties }]) => [id, [Properties.CidrBlock, Properties.AvailabilityZone]]));

  test.each([[2, 3], [3, 4], [2, 4]])('moves no subnet from %d zones to %d', (before, after) => {
    expect(subnetsOf(after)).toMatchObject(subnetsOf(before));
    expect(Object.keys(subnetsOf(after))).toHaveLength(2 * after);
  });

  test('moves none where the network has other addresses, or no way out', () => {
    // Addresses of the CDK remember what they gave.
    const elsewhere = () => ({ ipAddresses: ec2.IpAddresses.cidr('10.7.0.0/20'), natMode: NatMode.NONE });
    expect(subnetsOf(3, elsewhere())).toMatchObject(subnetsOf(2, elsewhere()));
  });

  test('has room for as many as were reserved', () => {
    expect(subnetsOf(3, { reservedAzs: 2 })).toMatchObject(subnetsOf(2, { reservedAzs: 3 }));
    expect(Object.values(subnetsOf(2, { reservedAzs: 0 })).map(([cidr]) => cidr)).toEqual(['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.0.192.0/18']);
  });

  test('moves none of subnets of your own, once room was reserved for it', () => {
    const own = { subnetConfiguration: LAB_SUBNETS };
    expect(subnetsOf(3, { ...own, reservedAzs: 1 })).toMatchObject(subnetsOf(2, { ...own, reservedAzs: 2 }));
  });

  test('is no zone of the VPC before it is added', () => {
    const { vpc } = new HaNetwork(testStack(), 'Network', { availabilityZones: ZONES.slice(0, 2) });
    expect(vpc.availabilityZones).toEqual(ZONES.slice(0, 2));
  });

  test('finds room where the addresses come from a pool', () => {
    const stack = testStack();
    const ipAddresses = ec2.IpAddresses.awsIpamAllocation({ ipv4IpamPoolId: 'ipam-pool-1', ipv4NetmaskLength: 16, defaultSubnetIpv4NetmaskLength: 20 });
    new HaNetwork(stack, 'Network', { ipAddresses });
    const cidrs = Object.values(Template.fromStack(stack).findResources('AWS::EC2::Subnet')).map(({ Properties }) => Properties.CidrBlock['Fn::Select'][0]);
    expect(cidrs).toEqual([0, 1, 4, 5]);
  });
});

test('a single NAT gateway is made with a warning', () => {
  const stack = testStack();
  new HaNetwork(stack, 'Network', { natMode: NatMode.SINGLE });
  Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', 1);
  Annotations.fromStack(stack).hasWarning('/Test/Network', Match.stringLikeRegexp('one NAT gateway serves all 2 zones.*cdk-ha-ecs::HaNetwork.singleNatGateway'));
});

test('three zones by name', () => {
  const template = synthesize({ availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] });
  template.resourceCountIs('AWS::EC2::Subnet', 6);
  template.resourceCountIs('AWS::EC2::NatGateway', 3);
});

test('more zones than the CDK knows of are warned about', () => {
  const stack = testStack();
  new HaNetwork(stack, 'Network', { maxAzs: 3 });
  Annotations.fromStack(stack).hasWarning('/Test/Network', Match.stringLikeRegexp('maxAzs is 3, but the CDK knows of 2 zones.*cdk-ha-ecs::HaNetwork.fewerZones'));
});

test('interface endpoints can be chosen beside NAT, and left out without', () => {
  const chosen = synthesize({ interfaceEndpoints: [ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER] });
  chosen.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
  chosen.resourceCountIs('AWS::EC2::NatGateway', 2);
  synthesize({ natMode: NatMode.NONE, interfaceEndpoints: [] }).resourceCountIs('AWS::EC2::VPCEndpoint', 1);
});

test('flow logs can be kept longer, deleted with the stack, or sent elsewhere', () => {
  const template = synthesize({ flowLogRetention: logs.RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.DESTROY });
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 365 }, DeletionPolicy: 'Delete' });

  const stack = testStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'flow-logs');
  new HaNetwork(stack, 'Network', { flowLogDestination: ec2.FlowLogDestination.toS3(bucket) });
  const elsewhere = Template.fromStack(stack);
  elsewhere.resourceCountIs('AWS::Logs::LogGroup', 0);
  elsewhere.resourceCountIs('AWS::IAM::Role', 0);
  elsewhere.hasResourceProperties('AWS::EC2::FlowLog', { LogDestinationType: 's3' });
});

test('zones that are only known at deployment pass untouched', () => {
  const stack = testStack();
  const zones = [1, 2].map((each) => new CfnParameter(stack, `Zone${each}`).valueAsString);
  expect(() => new HaNetwork(stack, 'Network', { availabilityZones: zones })).not.toThrow();
});

test.each<[string, HaNetworkProps, RegExp]>([
  ['one zone', { maxAzs: 1 }, /Test\/Network: maxAzs is 1, but must be a whole number of at least 2: set maxAzs to 2 or more/],
  ['one zone by name', { availabilityZones: ['eu-west-1a'] }, /availabilityZones spans 1 availability zone\(s\) \(eu-west-1a\), but must be two or more zones/],
  ['the same zone twice', { availabilityZones: ['eu-west-1a', 'eu-west-1a'] }, /spans 1 availability zone/],
  ['a part of a zone', { reservedAzs: 1.5 }, /reservedAzs is 1\.5, but must be a whole number of at least 0/],
  ['two ways to say the zones', { maxAzs: 2, availabilityZones: ['eu-west-1a', 'eu-west-1b'] }, /maxAzs and availabilityZones are both set.*leave maxAzs out/],
  ['subnets with egress but no NAT', { natMode: NatMode.NONE, subnetConfiguration: LAB_SUBNETS }, /PRIVATE_WITH_EGRESS group with NatMode\.NONE.*make the group PRIVATE_ISOLATED/],
  ['NAT without public subnets', { subnetConfiguration: [LAB_SUBNETS[2]] }, /no PUBLIC group with NatMode\.PER_AZ.*add a PUBLIC group/],
  ['public subnets only', { subnetConfiguration: [LAB_SUBNETS[1]] }, /no private group.*do not belong in public subnets/],
  ['a retention for logs that go elsewhere', {
    flowLogRetention: logs.RetentionDays.ONE_DAY, flowLogDestination: ec2.FlowLogDestination.toCloudWatchLogs(),
  }, /flowLogRetention is set together with flowLogDestination.*leave flowLogRetention out/],
])('fails for %s', (_title, props, message) => {
  expect(() => new HaNetwork(testStack(), 'Network', props)).toThrow(message);
});

test.each(['maxAzs', 'availabilityZones'] as const)('fails for %s that only the deployment knows, since each zone has subnets in the template', (name) => {
  const stack = testStack();
  const props = name === 'maxAzs'
    ? { maxAzs: new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber }
    : { availabilityZones: Fn.getAzs() };
  expect(() => new HaNetwork(stack, 'Network', props)).toThrow(new RegExp(`^Test/Network: ${name} is only known at deployment.*Fn\\.select\\(0, Fn\\.getAzs\\(\\)\\)`));
});

test('single zones may be known at deployment only', () => {
  expect(() => synthesize({ availabilityZones: [0, 1].map((index) => Fn.select(index, Fn.getAzs())) })).not.toThrow();
});

describe('without a way out', () => {
  function warningsFor(image: string, natMode: NatMode): Annotations {
    const stack = testStack();
    const { vpc } = new HaNetwork(stack, 'Network', { natMode });
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('web', { image: ecs.ContainerImage.fromRegistry(image) });
    new ecs.FargateService(stack, 'Service', { cluster: new ecs.Cluster(stack, 'Cluster', { vpc }), taskDefinition, minHealthyPercent: 100 });
    return Annotations.fromStack(stack);
  }

  test('images of registries that no endpoint serves are named', () => {
    warningsFor('public.ecr.aws/docker/library/mysql:8.4.6', NatMode.NONE)
      .hasWarning('/Test/Network', Match.stringLikeRegexp('public\\.ecr\\.aws/docker/library/mysql:8\\.4\\.6.*copy these images to ECR.*HaNetwork\\.imageOutOfReach'));
  });

  test('the image of a task that runs now and then is told, too', () => {
    const stack = testStack();
    const { vpc } = new HaNetwork(stack, 'Network', { natMode: NatMode.NONE });
    const run = new Construct(stack, 'Run');
    new ecs.Cluster(run, 'Cluster', { vpc });
    new ecs.FargateTaskDefinition(run, 'Task').addContainer('job', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/example/job:1') });
    Annotations.fromStack(stack).hasWarning('/Test/Network', Match.stringLikeRegexp('public\\.ecr\\.aws/example/job:1.*HaNetwork\\.imageOutOfReach'));
  });

  test('images of ECR are in reach', () => {
    warningsFor('111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1', NatMode.NONE).hasNoWarning('/Test/Network', Match.stringLikeRegexp('imageOutOfReach'));
  });

  test('with NAT all images are', () => {
    warningsFor('nginx:1', NatMode.PER_AZ).hasNoWarning('/Test/Network', Match.stringLikeRegexp('imageOutOfReach'));
  });
});
