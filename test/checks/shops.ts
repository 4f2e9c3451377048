import { contentOf, stackTemplate } from './apps';

/** So many shops in one template: each with a load balancer, a service and a database, their groups chained by rules of their own. */
export function shops(amount: number) {
  const resources: Record<string, unknown> = {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true } },
    SubnetA: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/20', AvailabilityZone: 'a' } },
    SubnetB: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.16.0/20', AvailabilityZone: 'b' } },
  };
  for (let index = 0; index < amount; index++) {
    Object.assign(resources, shop(index));
  }
  return contentOf([stackTemplate('Shops', { Resources: resources })]);
}

function shop(index: number): Record<string, unknown> {
  const name = (what: string) => `${what}${index}`;
  const ref = (what: string) => ({ Ref: name(what) });
  const groupId = (what: string) => ({ 'Fn::GetAtt': [name(what), 'GroupId'] });
  const subnets = [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }];
  const group = { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }] } };
  const rules = (source: string, target: string, port: number) => ({
    [name(`Out${source}`)]: {
      Type: 'AWS::EC2::SecurityGroupEgress',
      Properties: { GroupId: groupId(source), DestinationSecurityGroupId: groupId(target), IpProtocol: 'tcp', FromPort: port, ToPort: port },
    },
    [name(`In${target}`)]: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: groupId(target), SourceSecurityGroupId: groupId(source), IpProtocol: 'tcp', FromPort: port, ToPort: port },
    },
  });
  return {
    [name('GroupLb')]: { ...group, Properties: { ...group.Properties, SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }] } },
    [name('GroupWeb')]: group,
    [name('GroupDb')]: group,
    ...rules('GroupLb', 'GroupWeb', 80),
    ...rules('GroupWeb', 'GroupDb', 3306),
    [name('Alb')]: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: subnets, SecurityGroups: [groupId('GroupLb')] } },
    [name('Target')]: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 80, TargetType: 'ip' } },
    [name('Listener')]: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: ref('Alb'), Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Target') }] },
    },
    [name('Task')]: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        TaskRoleArn: ref('Role'),
        NetworkMode: 'awsvpc',
        RequiresCompatibilities: ['FARGATE'],
        Cpu: '256',
        Memory: '512',
        ContainerDefinitions: [{
          Name: 'web', Image: 'web:1', PortMappings: [{ ContainerPort: 80 }], Environment: [{ Name: 'DB_HOST', Value: { 'Fn::GetAtt': [name('Database'), 'Endpoint.Address'] } }],
        }],
      },
    },
    [name('Role')]: { Type: 'AWS::IAM::Role', Properties: {} },
    [name('Policy')]: { Type: 'AWS::IAM::Policy', Properties: { Roles: [ref('Role')] } },
    [name('Scaling')]: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      Properties: { MinCapacity: 2, MaxCapacity: 4, ResourceId: { 'Fn::Join': ['/', ['service', 'cluster', { 'Fn::GetAtt': [name('Service'), 'Name'] }]] } },
    },
    [name('Files')]: { Type: 'AWS::EFS::FileSystem', Properties: {} },
    [name('Mount')]: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: ref('Files'), SubnetId: { Ref: 'SubnetA' }, SecurityGroups: [groupId('GroupDb')] } },
    [name('Service')]: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: ref('Task'),
        LaunchType: 'FARGATE',
        DesiredCount: 2,
        LoadBalancers: [{ TargetGroupArn: ref('Target'), ContainerName: 'web', ContainerPort: 80 }],
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets, SecurityGroups: [groupId('GroupWeb')] } },
      },
    },
    [name('Database')]: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'mysql', MultiAZ: true, VPCSecurityGroups: [groupId('GroupDb')] } },
  };
}
