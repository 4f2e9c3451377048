import { CfnCondition, CfnParameter, Fn, NestedStack, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import type { StackProgram } from './program';
import { closedGroup } from './program';
import { fargateService, fargateTask, loadBalancer, mysql, network } from '../rules/plain';

const ISOLATED: ec2.VpcProps = { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] };
const IN_ISOLATED = { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } };

/** Tasks in subnets with no way out but these routes. */
const routed = (...routes: Array<Partial<ec2.CfnRouteProps>>): StackProgram => (stack) => {
  const vpc = network(stack, ISOLATED);
  vpc.isolatedSubnets.forEach((subnet, zone) => routes.forEach((route, index) => (
    new ec2.CfnRoute(stack, `Route${zone}${index}`, { routeTableId: subnet.routeTable.routeTableId, ...route })
  )));
  fargateService(stack, vpc, fargateTask(stack), IN_ISOLATED);
};

type Open = (service: ecs.FargateService, database: ReturnType<typeof mysql>, vpc: ec2.Vpc, stack: Stack) => void;

/** A service and a database, with what `open` does to join them. */
const joined = (open: Open): StackProgram => (stack) => {
  const vpc = network(stack);
  const database = mysql(stack, vpc);
  const service = fargateService(stack, vpc, fargateTask(stack, { environment: { DB_HOST: database.dbInstanceEndpointAddress } }));
  open(service, database, vpc, stack);
};

const groupOf = ({ connections }: ec2.IConnectable) => connections.securityGroups[0].securityGroupId;
const RULE = { ipProtocol: 'tcp', fromPort: 3306, toPort: 3306 };

/** VPCs, routes and rules of every kind. */
export const NETWORKS: Record<string, StackProgram> = {
  'a transit gateway': routed({ destinationCidrBlock: '0.0.0.0/0', transitGatewayId: 'tgw-1' }),
  'a transit gateway by two halves of the internet': routed({ destinationCidrBlock: '0.0.0.0/1', transitGatewayId: 'tgw-1' }, { destinationCidrBlock: '128.0.0.0/1', transitGatewayId: 'tgw-1' }),
  'a prefix list of routes to a transit gateway': routed({ destinationPrefixListId: 'pl-1', transitGatewayId: 'tgw-1' }),
  'a firewall as the way out': routed({ destinationCidrBlock: '0.0.0.0/0', vpcEndpointId: 'vpce-1' }),
  'an instance that translates addresses': (stack) => {
    const vpc = network(stack, { natGatewayProvider: ec2.NatProvider.instanceV2({ instanceType: new ec2.InstanceType('t3.nano') }) });
    fargateService(stack, vpc, fargateTask(stack));
  },
  'one NAT gateway for all zones': (stack) => fargateService(stack, network(stack, { natGateways: 1 }), fargateTask(stack)),
  'a VPC of three zones': (stack) => {
    const vpc = network(stack, { maxAzs: 3 });
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [fargateService(stack, vpc, fargateTask(stack), { desiredCount: 3 })] });
  },
  'a VPC of another app': (stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], publicSubnetIds: ['subnet-1', 'subnet-2'], privateSubnetIds: ['subnet-3', 'subnet-4'],
    });
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [fargateService(stack, vpc, fargateTask(stack))] });
  },
  'a VPC whose ids are parameters': (stack) => {
    const subnets = new CfnParameter(stack, 'Subnets', { type: 'List<AWS::EC2::Subnet::Id>' }).valueAsList;
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'] }) });
    new ecs.CfnService(stack, 'Service', {
      cluster: cluster.clusterArn,
      taskDefinition: fargateTask(stack).taskDefinitionArn,
      launchType: 'FARGATE',
      desiredCount: 2,
      networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: [new CfnParameter(stack, 'Group').valueAsString] } },
    });
  },
  'a rule of its own resource': joined((service, database, _vpc, stack) => {
    new ec2.CfnSecurityGroupIngress(stack, 'Rule', { ...RULE, groupId: groupOf(database), sourceSecurityGroupId: groupOf(service) });
  }),
  'a rule for the addresses of the VPC': joined((_service, database, vpc) => database.connections.allowFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(3306))),
  'a rule for the addresses of each subnet': joined((_service, database, vpc) => vpc.privateSubnets.forEach((subnet) => (
    database.connections.allowFrom(ec2.Peer.ipv4(subnet.ipv4CidrBlock), ec2.Port.tcp(3306))
  ))),
  'a rule for a prefix list': joined((_service, database) => database.connections.allowFrom(ec2.Peer.prefixList('pl-1'), ec2.Port.tcp(3306))),
  'a rule that hangs on a condition': joined((service, database, _vpc, stack) => {
    const rule = new ec2.CfnSecurityGroupIngress(stack, 'Rule', { ...RULE, groupId: groupOf(database), sourceSecurityGroupId: groupOf(service) });
    rule.cfnOptions.condition = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(new CfnParameter(stack, 'Stage').valueAsString, 'prod') });
  }),
  'a rule for every protocol': joined((service, database) => database.connections.allowFrom(service, ec2.Port.allTraffic())),
  'a rule for a span of ports': joined((service, database) => database.connections.allowFrom(service, ec2.Port.tcpRange(3300, 3310))),
  'a rule by number of the protocol': joined((service, database, _vpc, stack) => {
    new ec2.CfnSecurityGroupIngress(stack, 'Rule', { ...RULE, ipProtocol: '6', groupId: groupOf(database), sourceSecurityGroupId: groupOf(service) });
  }),
  'a network ACL that lets everything through': (stack) => {
    const vpc = network(stack);
    const acl = new ec2.NetworkAcl(stack, 'Acl', { vpc, subnetSelection: { subnets: vpc.privateSubnets } });
    [ec2.TrafficDirection.INGRESS, ec2.TrafficDirection.EGRESS].forEach((direction) => acl.addEntry(`All${direction}`, { cidr: ec2.AclCidr.anyIpv4(), ruleNumber: 100, traffic: ec2.AclTraffic.allTraffic(), direction }));
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [fargateService(stack, vpc, fargateTask(stack))] });
  },
  'a closed group and a database, each with its rule': (stack) => {
    const vpc = network(stack);
    const service = fargateService(stack, vpc, fargateTask(stack), { securityGroups: [closedGroup(stack, vpc)] });
    service.connections.allowToDefaultPort(mysql(stack, vpc));
  },
  'a database in a peered VPC': (stack) => {
    const vpc = network(stack);
    const other = new ec2.Vpc(stack, 'Other', { maxAzs: 2, natGateways: 0, ipAddresses: ec2.IpAddresses.cidr('10.1.0.0/16') });
    const peering = new ec2.CfnVPCPeeringConnection(stack, 'Peering', { vpcId: vpc.vpcId, peerVpcId: other.vpcId });
    vpc.privateSubnets.forEach(({ routeTable }, index) => new ec2.CfnRoute(stack, `There${index}`, { routeTableId: routeTable.routeTableId, destinationCidrBlock: '10.1.0.0/16', vpcPeeringConnectionId: peering.ref }));
    const database = mysql(stack, other, { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    database.connections.allowFrom(ec2.Peer.ipv4('10.0.0.0/16'), ec2.Port.tcp(3306));
    fargateService(stack, vpc, fargateTask(stack, { environment: { DB_HOST: database.dbInstanceEndpointAddress } }));
  },
  'a network in a nested stack': (stack) => {
    const vpc = network(new NestedStack(stack, 'Network') as unknown as Stack);
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [fargateService(stack, vpc, fargateTask(stack))] });
  },
  'a database open to a workbench inside of the VPC only': (stack) => {
    const vpc = network(stack);
    const host = new ec2.BastionHostLinux(stack, 'Workbench', { vpc });
    mysql(stack, vpc).connections.allowDefaultPortFrom(host);
  },
};
