import { allow, att, ref, resource, role } from './resources';
import type { Resources } from './resources';

const subnet = (zone: string, block: string) => resource('AWS::EC2::Subnet', { VpcId: ref('Net'), AvailabilityZone: `eu-west-1${zone}`, CidrBlock: block });
const routed = (name: string, table: string) => resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref(name), RouteTableId: ref(table) });
const route = (table: string, target: Record<string, unknown>) => resource('AWS::EC2::Route', { RouteTableId: ref(table), DestinationCidrBlock: '0.0.0.0/0', ...target });
const group = (ingress: unknown[]) => resource('AWS::EC2::SecurityGroup', { VpcId: ref('Net'), GroupDescription: 'hand-made', SecurityGroupIngress: ingress });
const from = (source: Record<string, unknown>, port: number) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...source });

/** A library's catalogue on Fargate, as somebody writes it who writes templates by hand: nothing in it is wrong as far as the rules see. */
export function libraryShop(): Resources {
  return {
    Net: resource('AWS::EC2::VPC', { CidrBlock: '10.9.0.0/16', EnableDnsSupport: true, EnableDnsHostnames: true }),
    Gate: resource('AWS::EC2::InternetGateway'),
    GateAttached: resource('AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Net'), InternetGatewayId: ref('Gate') }),
    OpenA: subnet('a', '10.9.0.0/24'),
    OpenB: subnet('b', '10.9.1.0/24'),
    InnerA: subnet('a', '10.9.2.0/24'),
    InnerB: subnet('b', '10.9.3.0/24'),
    OpenTable: resource('AWS::EC2::RouteTable', { VpcId: ref('Net') }),
    InnerTable: resource('AWS::EC2::RouteTable', { VpcId: ref('Net') }),
    OpenARoute: routed('OpenA', 'OpenTable'),
    OpenBRoute: routed('OpenB', 'OpenTable'),
    InnerARoute: routed('InnerA', 'InnerTable'),
    InnerBRoute: routed('InnerB', 'InnerTable'),
    Address: resource('AWS::EC2::EIP', { Domain: 'vpc' }),
    Nat: resource('AWS::EC2::NatGateway', { SubnetId: ref('OpenA'), AllocationId: att('Address', 'AllocationId') }),
    OpenOut: route('OpenTable', { GatewayId: ref('Gate') }),
    InnerOut: route('InnerTable', { NatGatewayId: ref('Nat') }),
    DoorGroup: group([from({ CidrIp: '0.0.0.0/0' }, 443), from({ CidrIp: '0.0.0.0/0' }, 80)]),
    ReadersGroup: group([from({ SourceSecurityGroupId: att('DoorGroup', 'GroupId') }, 3000)]),
    Door: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Type: 'application', Scheme: 'internet-facing', Subnets: [ref('OpenA'), ref('OpenB')], SecurityGroups: [att('DoorGroup', 'GroupId')],
    }),
    Readers: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      VpcId: ref('Net'), Port: 3000, Protocol: 'HTTP', TargetType: 'ip', HealthCheckPath: '/alive', HealthCheckIntervalSeconds: 15, HealthCheckTimeoutSeconds: 5, UnhealthyThresholdCount: 4,
    }),
    Secure: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Door'),
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1' }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Readers') }],
    }),
    Plain: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Door'), Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }],
    }),
    Hall: resource('AWS::ECS::Cluster', { CapacityProviders: ['FARGATE', 'FARGATE_SPOT'] }),
    Journal: resource('AWS::Logs::LogGroup', { RetentionInDays: 30, LogGroupName: '/library/catalogue' }),
    Login: resource('AWS::SecretsManager::Secret', { GenerateSecretString: { SecretStringTemplate: '{"username":"reader"}', GenerateStringKey: 'password' } }),
    Agent: role('ecs-tasks.amazonaws.com', [allow('secretsmanager:GetSecretValue', ref('Login'))], ['service-role/AmazonECSTaskExecutionRolePolicy']),
    Librarian: role('ecs-tasks.amazonaws.com', [allow('ssmmessages:*')]),
    Images: resource('AWS::ECR::Repository'),
    Catalogue: resource('AWS::ECS::TaskDefinition', {
      Family: 'catalogue',
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      Cpu: '512',
      Memory: '1024',
      ExecutionRoleArn: att('Agent'),
      TaskRoleArn: att('Librarian'),
      ContainerDefinitions: [{
        Name: 'catalogue',
        Image: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Images}:4.2' },
        Essential: true,
        PortMappings: [{ ContainerPort: 3000 }],
        Environment: [{ Name: 'LANGUAGE', Value: 'de' }],
        Secrets: [{ Name: 'LOGIN', ValueFrom: { 'Fn::Join': ['', [ref('Login'), ':password::']] } }],
        LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': ref('Journal'), 'awslogs-region': ref('AWS::Region'), 'awslogs-stream-prefix': 'web' } },
      }],
    }),
    Desk: resource('AWS::ECS::Service', {
      Cluster: ref('Hall'),
      TaskDefinition: ref('Catalogue'),
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Weight: 1 }],
      DesiredCount: 2,
      EnableExecuteCommand: true,
      DeploymentConfiguration: { MinimumHealthyPercent: 100, MaximumPercent: 200 },
      LoadBalancers: [{ ContainerName: 'catalogue', ContainerPort: 3000, TargetGroupArn: ref('Readers') }],
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('InnerA'), ref('InnerB')], SecurityGroups: [att('ReadersGroup', 'GroupId')] } },
    }, { DependsOn: ['Secure', 'Agent', 'Librarian', 'InnerOut', 'InnerARoute', 'InnerBRoute'] }),
  };
}

/** The first container of the catalogue. */
export const container = (app: Resources) => app.Catalogue.Properties.ContainerDefinitions[0];

/** The same catalogue on two instances. */
export function onInstances(app: Resources): void {
  app.HostRole = role('ec2.amazonaws.com', [], ['service-role/AmazonEC2ContainerServiceforEC2Role']);
  app.HostProfile = resource('AWS::IAM::InstanceProfile', { Roles: [ref('HostRole')] });
  app.Host = resource('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: {
      InstanceType: 'm5.large',
      ImageId: '{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id}}',
      IamInstanceProfile: { Arn: att('HostProfile') },
      SecurityGroupIds: [att('ReadersGroup', 'GroupId')],
      UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\necho ECS_CLUSTER=${Hall} >> /etc/ecs/ecs.config\n' } },
    },
  });
  app.Hosts = resource('AWS::AutoScaling::AutoScalingGroup', {
    MinSize: '2', MaxSize: '4', VPCZoneIdentifier: [ref('InnerA'), ref('InnerB')], LaunchTemplate: { LaunchTemplateId: ref('Host'), Version: '1' },
  });
  app.Seats = resource('AWS::ECS::CapacityProvider', { AutoScalingGroupProvider: { AutoScalingGroupArn: ref('Hosts'), ManagedScaling: { Status: 'ENABLED' } } });
  app.Hall.Properties.CapacityProviders = undefined;
  app.SeatsOfHall = resource('AWS::ECS::ClusterCapacityProviderAssociations', { Cluster: ref('Hall'), CapacityProviders: [ref('Seats')], DefaultCapacityProviderStrategy: [] });
  app.Catalogue.Properties.RequiresCompatibilities = ['EC2'];
  app.Desk.Properties.CapacityProviderStrategy = [{ CapacityProvider: ref('Seats'), Weight: 1 }];
  app.Desk.DependsOn = [...app.Desk.DependsOn as string[], 'SeatsOfHall'];
}

/** A file system for the catalogue's covers. */
export function withCovers(app: Resources): void {
  app.FilesGroup = group([from({ SourceSecurityGroupId: att('ReadersGroup', 'GroupId') }, 2049)]);
  app.Covers = resource('AWS::EFS::FileSystem', { Encrypted: true, BackupPolicy: { Status: 'ENABLED' } }, { DeletionPolicy: 'Retain' });
  for (const zone of ['A', 'B']) {
    app[`Covers${zone}`] = resource('AWS::EFS::MountTarget', { FileSystemId: ref('Covers'), SubnetId: ref(`Inner${zone}`), SecurityGroups: [att('FilesGroup', 'GroupId')] });
  }
  app.CoversPoint = resource('AWS::EFS::AccessPoint', {
    FileSystemId: ref('Covers'),
    PosixUser: { Uid: '1000', Gid: '1000' },
    RootDirectory: { Path: '/covers', CreationInfo: { OwnerUid: '1000', OwnerGid: '1000', Permissions: '750' } },
  });
  app.Catalogue.Properties.Volumes = [{
    Name: 'covers',
    EFSVolumeConfiguration: { FilesystemId: ref('Covers'), TransitEncryption: 'ENABLED', AuthorizationConfig: { IAM: 'ENABLED', AccessPointId: ref('CoversPoint') } },
  }];
  container(app).MountPoints = [{ SourceVolume: 'covers', ContainerPath: '/covers', ReadOnly: false }];
  app.Librarian.Properties.Policies[0].PolicyDocument.Statement.push(allow(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'], att('Covers')));
  app.Covers.Properties.FileSystemPolicy = { Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] };
  app.Desk.DependsOn = [...app.Desk.DependsOn as string[], 'CoversA', 'CoversB'];
}
