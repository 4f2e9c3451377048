import {
  CERTIFICATE, allow, anybody, att, balancer, fargateService, fargateTask, forward, group, join, of, ref, resource, role, subnetGroup,
  targetGroup, tcp, vpc,
} from './bricks';
import type { Resources } from '../rules/resources';

const EVERYTHING_OUT = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }];
const statement = (Principal: unknown, Action: unknown, Resource: unknown, rest: object = {}) =>
  ({ Effect: 'Allow', Principal, Action, Resource, ...rest });
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const cluster = (properties: Record<string, unknown> = {}): Resources => ({ Cluster: resource('AWS::ECS::Cluster', properties) });

/** A ticket shop: one load balancer, two hosts by header, names, certificate, scaling. */
function tickets(): Resources {
  return {
    ...vpc('Net', '10.20.0.0/16'),
    ...cluster(),
    ...balancer('Edge', 'Net', 'WebGroup'),
    Zone: resource('AWS::Route53::HostedZone', { Name: 'tickets.example.' }),
    Certificate: resource('AWS::CertificateManager::Certificate', {
      DomainName: 'www.tickets.example',
      SubjectAlternativeNames: ['*.api.tickets.example'],
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: 'www.tickets.example', HostedZoneId: ref('Zone') }],
    }),
    EdgeHttps: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Edge'),
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: ref('Certificate') }],
      DefaultActions: [forward('WebGroup')],
    }),
    ApiRule: resource('AWS::ElasticLoadBalancingV2::ListenerRule', {
      ListenerArn: ref('EdgeHttps'),
      Priority: 10,
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['v1.api.tickets.example'] } }],
      Actions: [forward('ApiGroup')],
    }),
    Record: resource('AWS::Route53::RecordSet', {
      HostedZoneId: ref('Zone'),
      Name: 'www.tickets.example.',
      Type: 'A',
      AliasTarget: { DNSName: att('Edge', 'DNSName'), HostedZoneId: att('Edge', 'CanonicalHostedZoneID') },
    }),
    WebGroup: targetGroup('Net', 3000),
    ApiGroup: targetGroup('Net', 8080),
    TasksGroup: group('Net', [tcp(of('EdgeGroup'), 3000), tcp(of('EdgeGroup'), 8080)]),
    ...fargateTask('Web',
      {
        port: 3000,
        env: { PORT: '3000' },
        container: { HealthCheck: { Command: ['CMD-SHELL', 'curl -f http://localhost:3000/healthz || exit 1'], StartPeriod: 10 } },
      }),
    ...fargateTask('Api', { port: 8080 }),
    ...fargateService('Web', 'Net', 'TasksGroup',
      { LoadBalancers: [{ ContainerName: 'web', ContainerPort: 3000, TargetGroupArn: ref('WebGroup') }], HealthCheckGracePeriodSeconds: 60 },
      ['EdgeHttps']),
    ...fargateService('Api', 'Net', 'TasksGroup',
      { LoadBalancers: [{ ContainerName: 'api', ContainerPort: 8080, TargetGroupArn: ref('ApiGroup') }], HealthCheckGracePeriodSeconds: 60 },
      ['ApiRule']),
    WebBounds: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 8,
      ResourceId: { 'Fn::Sub': 'service/${Cluster}/${Web.Name}' },
      ScalableDimension: 'ecs:service:DesiredCount',
      ServiceNamespace: 'ecs',
    }),
    WebScaling: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyName: 'requests',
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: ref('WebBounds'),
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 200,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: join(att('Edge', 'LoadBalancerFullName'), '/', att('WebGroup', 'TargetGroupFullName')),
        },
      },
    }),
    Errors: resource('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Dimensions: [{ Name: 'LoadBalancer', Value: att('Edge', 'LoadBalancerFullName') }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 20,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [ref('Pager')],
    }),
    Pager: resource('AWS::SNS::Topic', { Subscription: [{ Protocol: 'email', Endpoint: 'pager@tickets.example' }] }),
  };
}

/** Sensors send over TCP and UDP through a network load balancer to tasks in bridge mode. */
function telemetry(): Resources {
  return {
    ...vpc('Net', '10.30.0.0/16'),
    ...cluster(),
    Front: resource('AWS::ElasticLoadBalancingV2::LoadBalancer',
      { Type: 'network', Scheme: 'internet-facing', Subnets: [ref('NetPublicA'), ref('NetPublicB')] }),
    Ingest: resource('AWS::ElasticLoadBalancingV2::TargetGroup', { VpcId: ref('Net'), Port: 8883, Protocol: 'TCP', TargetType: 'instance' }),
    Beats: resource('AWS::ElasticLoadBalancingV2::TargetGroup',
      { VpcId: ref('Net'), Port: 5140, Protocol: 'UDP', TargetType: 'instance', HealthCheckProtocol: 'TCP', HealthCheckPort: '9100' }),
    IngestIn: resource('AWS::ElasticLoadBalancingV2::Listener',
      { LoadBalancerArn: ref('Front'), Port: 8883, Protocol: 'TCP', DefaultActions: [forward('Ingest')] }),
    BeatsIn: resource('AWS::ElasticLoadBalancingV2::Listener',
      { LoadBalancerArn: ref('Front'), Port: 5140, Protocol: 'UDP', DefaultActions: [forward('Beats')] }),
    HostGroup: group('Net', [tcp(anybody, 32768, 60999), tcp(anybody, 9100), { IpProtocol: 'udp', FromPort: 5140, ToPort: 5140, ...anybody }]),
    HostRole: role('ec2.amazonaws.com', [], ['service-role/AmazonEC2ContainerServiceforEC2Role']),
    HostProfile: resource('AWS::IAM::InstanceProfile', { Roles: [ref('HostRole')] }),
    Host: resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        InstanceType: 'm5.large',
        ImageId: '{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id}}',
        IamInstanceProfile: { Arn: att('HostProfile') },
        SecurityGroupIds: [att('HostGroup', 'GroupId')],
        UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/bash\necho ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config\necho \'ECS_INSTANCE_ATTRIBUTES={"role":"ingest"}\' >> /etc/ecs/ecs.config\n' } },
      },
    }),
    Hosts: resource('AWS::AutoScaling::AutoScalingGroup', {
      MinSize: '3',
      MaxSize: '6',
      VPCZoneIdentifier: [ref('NetPrivateA'), ref('NetPrivateB')],
      LaunchTemplate: { LaunchTemplateId: ref('Host'), Version: att('Host', 'LatestVersionNumber') },
    }),
    Seats: resource('AWS::ECS::CapacityProvider',
      { AutoScalingGroupProvider: { AutoScalingGroupArn: ref('Hosts'), ManagedScaling: { Status: 'ENABLED', TargetCapacity: 90 } } }),
    SeatsOf: resource('AWS::ECS::ClusterCapacityProviderAssociations',
      { Cluster: ref('Cluster'), CapacityProviders: [ref('Seats')], DefaultCapacityProviderStrategy: [] }),
    IngestRole: role('ecs-tasks.amazonaws.com'),
    IngestTask: resource('AWS::ECS::TaskDefinition', {
      Family: 'ingest',
      RequiresCompatibilities: ['EC2'],
      NetworkMode: 'bridge',
      TaskRoleArn: att('IngestRole'),
      ContainerDefinitions: [{
        Name: 'mqtt',
        Image: 'public.ecr.aws/acme/mqtt:2.0',
        Essential: true,
        Cpu: 256,
        Memory: 512,
        PortMappings: [{ ContainerPort: 8883 }],
      }],
    }),
    Ingesting: resource('AWS::ECS::Service', {
      Cluster: ref('Cluster'),
      TaskDefinition: ref('IngestTask'),
      DesiredCount: 2,
      CapacityProviderStrategy: [{ CapacityProvider: ref('Seats'), Weight: 1 }],
      PlacementConstraints: [{ Type: 'memberOf', Expression: 'attribute:role == ingest' }],
      PlacementStrategies: [{ Type: 'spread', Field: 'attribute:ecs.availability-zone' }, { Type: 'binpack', Field: 'memory' }],
      LoadBalancers: [{ ContainerName: 'mqtt', ContainerPort: 8883, TargetGroupArn: ref('Ingest') }],
    }, { DependsOn: ['IngestIn', 'SeatsOf', 'IngestRole'] }),
    BeatsTask: resource('AWS::ECS::TaskDefinition', {
      Family: 'beats',
      RequiresCompatibilities: ['EC2'],
      NetworkMode: 'bridge',
      ContainerDefinitions: [{
        Name: 'syslog',
        Image: 'public.ecr.aws/acme/syslog:1.4',
        Essential: true,
        Cpu: 128,
        Memory: 256,
        PortMappings: [{ ContainerPort: 5140, HostPort: 5140, Protocol: 'udp' }, { ContainerPort: 9100, HostPort: 9100, Protocol: 'tcp' }],
      }],
    }),
    Beating: resource('AWS::ECS::Service', {
      Cluster: ref('Cluster'),
      TaskDefinition: ref('BeatsTask'),
      DesiredCount: 2,
      CapacityProviderStrategy: [{ CapacityProvider: ref('Seats'), Weight: 1 }],
      LoadBalancers: [{ ContainerName: 'syslog', ContainerPort: 5140, TargetGroupArn: ref('Beats') }],
    }, { DependsOn: ['BeatsIn', 'SeatsOf'] }),
  };
}

/** Three services that know each other by Service Connect. */
function mesh(): Resources {
  const connect = (server?: { port: string; name: string; asked: number }) => ({
    Enabled: true,
    Namespace: att('Names'),
    Services: server === undefined ? undefined
      : [{ PortName: server.port, DiscoveryName: server.name, ClientAliases: [{ Port: server.asked, DnsName: server.name }] }],
  });
  return {
    ...vpc('Net', '10.40.0.0/16'),
    ...cluster(),
    Names: resource('AWS::ServiceDiscovery::HttpNamespace', { Name: 'internal' }),
    InnerGroup: group('Net',
      [tcp({ SourceSecurityGroupId: att('GateGroup', 'GroupId') }, 8080), tcp({ SourceSecurityGroupId: att('GateGroup', 'GroupId') }, 9090)]),
    GateGroup: group('Net', [tcp(of('EdgeGroup'), 3000)]),
    ...balancer('Edge', 'Net', 'GateTargets'),
    GateTargets: targetGroup('Net', 3000),
    ...fargateTask('Orders', { port: 8080, portName: 'http' }),
    ...fargateTask('Stock', { port: 9090, portName: 'grpc' }),
    ...fargateTask('Gate', { port: 3000, portName: 'web', env: { ORDERS_URL: 'http://orders:80', STOCK_ADDR: 'stock:9090' } }),
    ...fargateService('Orders', 'Net', 'InnerGroup', { ServiceConnectConfiguration: connect({ port: 'http', name: 'orders', asked: 80 }) }),
    ...fargateService('Stock', 'Net', 'InnerGroup', { ServiceConnectConfiguration: connect({ port: 'grpc', name: 'stock', asked: 9090 }) }),
    ...fargateService('Gate', 'Net', 'GateGroup', {
      ServiceConnectConfiguration: connect(),
      LoadBalancers: [{ ContainerName: 'gate', ContainerPort: 3000, TargetGroupArn: ref('GateTargets') }],
      HealthCheckGracePeriodSeconds: 60,
    }, ['EdgeHttps', 'Orders', 'Stock']),
  };
}

/** A service that CodeDeploy moves between two target groups, at the end of a pipeline that starts with an image. */
function colours(): Resources {
  return {
    ...vpc('Net', '10.50.0.0/16'),
    ...cluster(),
    ...balancer('Edge', 'Net', 'Blue'),
    Trial: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Edge'),
      Port: 8443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: CERTIFICATE }],
      DefaultActions: [forward('Green')],
    }),
    Blue: targetGroup('Net', 8000),
    Green: targetGroup('Net', 8000),
    ShopGroup: group('Net', [tcp(of('EdgeGroup'), 8000)]),
    Images: resource('AWS::ECR::Repository', {
      LifecyclePolicy: { LifecyclePolicyText: '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":14},"action":{"type":"expire"}}]}' },
    }),
    ...fargateTask('Shop', { port: 8000, image: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Images}:1.0' } }),
    ...fargateService('Shop', 'Net', 'ShopGroup', {
      DeploymentController: { Type: 'CODE_DEPLOY' },
      LoadBalancers: [{ ContainerName: 'shop', ContainerPort: 8000, TargetGroupArn: ref('Blue') }],
      HealthCheckGracePeriodSeconds: 60,
    }, ['EdgeHttps', 'Trial']),
    Mover: role('codedeploy.amazonaws.com', [], ['AWSCodeDeployRoleForECS']),
    Moves: resource('AWS::CodeDeploy::Application', { ComputePlatform: 'ECS' }),
    Move: resource('AWS::CodeDeploy::DeploymentGroup', {
      ApplicationName: ref('Moves'),
      ServiceRoleArn: att('Mover'),
      DeploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
      ECSServices: [{ ClusterName: ref('Cluster'), ServiceName: att('Shop', 'Name') }],
      LoadBalancerInfo: {
        TargetGroupPairInfoList: [{
          TargetGroups: [{ Name: att('Blue', 'TargetGroupName') }, { Name: att('Green', 'TargetGroupName') }],
          ProdTrafficRoute: { ListenerArns: [ref('EdgeHttps')] },
          TestTrafficRoute: { ListenerArns: [ref('Trial')] },
        }],
      },
    }),
    Crates: resource('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            KMSMasterKeyID: att('CrateKey'),
          },
        }],
      },
    }, { DeletionPolicy: 'Retain' }),
    CrateKey: resource('AWS::KMS::Key',
      { KeyPolicy: policy(statement({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, 'kms:*', '*')) }, { DeletionPolicy: 'Retain' }),
    Carrier: role('codepipeline.amazonaws.com', [
      allow(['codebuild:*', 'ecr:DescribeImages', 'codedeploy:*', 'ecs:*']), allow('iam:PassRole', [att('ShopRole'), att('ShopAgent')]),
      allow('s3:*', [att('Crates'), join(att('Crates'), '/*')]), allow('kms:*', att('CrateKey')),
    ]),
    BuilderRole: role('codebuild.amazonaws.com',
      [allow(['logs:*', 'ecr:*']), allow('s3:*', [att('Crates'), join(att('Crates'), '/*')]), allow('kms:*', att('CrateKey'))]),
    Builder: resource('AWS::CodeBuild::Project', {
      ServiceRole: att('BuilderRole'),
      Environment: { Type: 'LINUX_CONTAINER', PrivilegedMode: false },
      Source: { Type: 'CODEPIPELINE', BuildSpec: 'version: 0.2\nphases:\n  build:\n    commands:\n      - ./render.sh\n' },
    }),
    Belt: resource('AWS::CodePipeline::Pipeline', {
      RoleArn: att('Carrier'),
      ArtifactStore: { Type: 'S3', Location: ref('Crates'), EncryptionKey: { Type: 'KMS', Id: att('CrateKey') } },
      Stages: [
        {
          Name: 'Source',
          Actions: [{
            Name: 'Image',
            ActionTypeId: { Provider: 'ECR', Category: 'Source', Owner: 'AWS', Version: '1' },
            Configuration: { RepositoryName: ref('Images'), ImageTag: '1.0' },
            OutputArtifacts: [{ Name: 'image' }],
          }],
        },
        {
          Name: 'Render',
          Actions: [{
            Name: 'Files',
            ActionTypeId: { Provider: 'CodeBuild', Category: 'Build', Owner: 'AWS', Version: '1' },
            Configuration: { ProjectName: ref('Builder') },
            InputArtifacts: [{ Name: 'image' }],
            OutputArtifacts: [{ Name: 'files' }],
          }],
        },
        {
          Name: 'Deploy',
          Actions: [{
            Name: 'Move',
            ActionTypeId: { Provider: 'CodeDeployToECS', Category: 'Deploy', Owner: 'AWS', Version: '1' },
            InputArtifacts: [{ Name: 'files' }, { Name: 'image' }],
            Configuration: {
              ApplicationName: ref('Moves'),
              DeploymentGroupName: ref('Move'),
              TaskDefinitionTemplateArtifact: 'files',
              AppSpecTemplateArtifact: 'files',
              Image1ArtifactName: 'image',
              Image1ContainerName: 'IMAGE',
            },
          }],
        },
      ],
    }),
    Starter: role('events.amazonaws.com', [allow('codepipeline:StartPipelineExecution')]),
    Pushed: resource('AWS::Events::Rule', {
      EventPattern: { 'source': ['aws.ecr'], 'detail-type': ['ECR Image Action'], 'detail': { 'action-type': ['PUSH'], 'result': ['SUCCESS'] } },
      Targets: [{ Id: 'belt', Arn: { 'Fn::Sub': 'arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Belt}' }, RoleArn: att('Starter') }],
    }),
  };
}

/** Bookkeeping on Aurora PostgreSQL, behind a proxy, with a password that rotates. */
function ledger(): Resources {
  return {
    ...vpc('Net', '10.60.0.0/16'),
    ...cluster(),
    BooksGroup: group('Net', []),
    ProxyGroup: group('Net', [tcp(of('BooksGroup'), 5432)]),
    StoreGroup: group('Net', [tcp(of('ProxyGroup'), 5432), tcp(of('RotatorGroup'), 5432)]),
    RotatorGroup: group('Net', []),
    Rows: subnetGroup('AWS::RDS::DBSubnetGroup', 'Net'),
    StoreKey: resource('AWS::KMS::Key',
      { KeyPolicy: policy(statement({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, 'kms:*', '*')) }, { DeletionPolicy: 'Retain' }),
    Login: resource('AWS::SecretsManager::Secret',
      { GenerateSecretString: { SecretStringTemplate: '{"username":"books"}', GenerateStringKey: 'password' }, KmsKeyId: att('StoreKey') }),
    LoginOf: resource('AWS::SecretsManager::SecretTargetAttachment',
      { SecretId: ref('Login'), TargetId: ref('Store'), TargetType: 'AWS::RDS::DBCluster' }),
    Other: resource('AWS::SecretsManager::Secret',
      { GenerateSecretString: { SecretStringTemplate: '{"username":"reports"}', GenerateStringKey: 'password' } }),
    Store: resource('AWS::RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      EngineVersion: '16.4',
      DatabaseName: 'books',
      DBSubnetGroupName: ref('Rows'),
      VpcSecurityGroupIds: [att('StoreGroup', 'GroupId')],
      StorageEncrypted: true,
      KmsKeyId: att('StoreKey'),
      BackupRetentionPeriod: 14,
      DeletionProtection: true,
      EnableIAMDatabaseAuthentication: true,
      MasterUsername: join('{{resolve:secretsmanager:', ref('Login'), ':SecretString:username}}'),
      MasterUserPassword: join('{{resolve:secretsmanager:', ref('Login'), ':SecretString:password}}'),
    }, { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' }),
    Writer: resource('AWS::RDS::DBInstance',
      { Engine: 'aurora-postgresql', DBInstanceClass: 'db.r6g.large', DBClusterIdentifier: ref('Store'), PubliclyAccessible: false }),
    Reader: resource('AWS::RDS::DBInstance',
      { Engine: 'aurora-postgresql', DBInstanceClass: 'db.r6g.large', DBClusterIdentifier: ref('Store'), PubliclyAccessible: false }),
    ProxyRole: role('rds.amazonaws.com', [allow('secretsmanager:GetSecretValue', ref('Login')), allow('kms:Decrypt', att('StoreKey'))]),
    Proxy: resource('AWS::RDS::DBProxy', {
      DBProxyName: 'books',
      EngineFamily: 'POSTGRESQL',
      RequireTLS: true,
      RoleArn: att('ProxyRole'),
      Auth: [{ AuthScheme: 'SECRETS', SecretArn: ref('Login'), IAMAuth: 'DISABLED' }],
      VpcSubnetIds: [ref('NetPrivateA'), ref('NetPrivateB')],
      VpcSecurityGroupIds: [att('ProxyGroup', 'GroupId')],
    }),
    ProxyTargets: resource('AWS::RDS::DBProxyTargetGroup',
      { DBProxyName: ref('Proxy'), TargetGroupName: 'default', DBClusterIdentifiers: [ref('Store')] }, { DependsOn: ['Writer', 'Reader'] }),
    ...fargateTask('Books', {
      env: {
        DATABASE_HOST: att('Proxy', 'Endpoint'),
        DATABASE_PORT: '5432',
        DATABASE_NAME: 'books',
        REPORT_URL: join('postgresql://', att('Proxy', 'Endpoint'), ':5432/books?sslmode=require'),
      },
      may: [allow('rds-db:connect', { 'Fn::Sub': 'arn:aws:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${Store.DBClusterResourceId}/auditor' }),
        allow('secretsmanager:GetSecretValue', ref('Login')), allow('kms:Decrypt', att('StoreKey'))],

    }),
    ...fargateService('Books', 'Net', 'BooksGroup', {}, ['ProxyTargets']),
    RotatorRole: role('lambda.amazonaws.com', [allow('secretsmanager:*', ref('Login')), allow('kms:*', att('StoreKey'))],
      ['service-role/AWSLambdaVPCAccessExecutionRole']),
    Rotator: resource('AWS::Lambda::Function', {
      Runtime: 'python3.13',
      Handler: 'rotate.handler',
      Code: { ZipFile: 'def handler(event, context): pass' },
      Role: att('RotatorRole'),
      VpcConfig: { SubnetIds: [ref('NetPrivateA'), ref('NetPrivateB')], SecurityGroupIds: [att('RotatorGroup', 'GroupId')] },
    }),
    RotatorCalled: resource('AWS::Lambda::Permission',
      { Action: 'lambda:InvokeFunction', FunctionName: att('Rotator'), Principal: 'secretsmanager.amazonaws.com' }),
    Rotation: resource('AWS::SecretsManager::RotationSchedule',
      { SecretId: ref('LoginOf'), RotationLambdaARN: att('Rotator'), RotationRules: { AutomaticallyAfterDays: 30 } }),
  };
}

/** A picture catalogue on DocumentDB with a cache. */
function catalogue(): Resources {
  return {
    ...vpc('Net', '10.70.0.0/16'),
    ...cluster(),
    AppGroup: group('Net', []),
    DocsGroup: group('Net', [tcp(of('AppGroup'), 27017)]),
    CacheGroup: group('Net', [tcp(of('AppGroup'), 6379)]),
    DocSubnets: subnetGroup('AWS::DocDB::DBSubnetGroup', 'Net'),
    CacheSubnets: subnetGroup('AWS::ElastiCache::SubnetGroup', 'Net', 'Description'),
    DocLogin: resource('AWS::SecretsManager::Secret',
      { GenerateSecretString: { SecretStringTemplate: '{"username":"docs"}', GenerateStringKey: 'password' } }),
    Docs: resource('AWS::DocDB::DBCluster', {
      DBSubnetGroupName: ref('DocSubnets'),
      VpcSecurityGroupIds: [att('DocsGroup', 'GroupId')],
      StorageEncrypted: true,
      DeletionProtection: true,
      BackupRetentionPeriod: 7,
      MasterUsername: 'docs',
      MasterUserPassword: join('{{resolve:secretsmanager:', ref('DocLogin'), ':SecretString:password}}'),
    }, { DeletionPolicy: 'Retain' }),
    DocA: resource('AWS::DocDB::DBInstance', { DBClusterIdentifier: ref('Docs'), DBInstanceClass: 'db.r6g.large' }),
    DocB: resource('AWS::DocDB::DBInstance', { DBClusterIdentifier: ref('Docs'), DBInstanceClass: 'db.r6g.large' }),
    Cache: resource('AWS::ElastiCache::ReplicationGroup', {
      ReplicationGroupDescription: 'sessions',
      Engine: 'redis',
      CacheNodeType: 'cache.t4g.small',
      NumCacheClusters: 2,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      AtRestEncryptionEnabled: true,
      TransitEncryptionEnabled: true,
      CacheSubnetGroupName: ref('CacheSubnets'),
      SecurityGroupIds: [att('CacheGroup', 'GroupId')],
    }),
    ...fargateTask('Pictures', {
      env: {
        MONGO_URL: join('mongodb://', att('Docs', 'Endpoint'), ':27017/?tls=true&replicaSet=rs0&retryWrites=false'),
        REDIS_URL: join('rediss://', att('Cache', 'PrimaryEndPoint.Address'), ':6379'),
        BUCKET: ref('Originals'),
      },
      secrets: { MONGO_PASSWORD: join(ref('DocLogin'), ':password::') },
      agentMay: [allow('secretsmanager:GetSecretValue', ref('DocLogin'))],
      may: [allow(['s3:GetObject', 's3:PutObject'], join(att('Originals'), '/*'))],
    }),
    Originals: resource('AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }),
    ...fargateService('Pictures', 'Net', 'AppGroup', {}, ['DocA', 'CacheSubnets']),
  };
}

/** Night work: a rule and a schedule run tasks, workers take from a queue. */
function reports(): Resources {
  const network = {
    AwsVpcConfiguration: {
      Subnets: [ref('NetPrivateA'), ref('NetPrivateB')],
      SecurityGroups: [att('JobGroup', 'GroupId')],
      AssignPublicIp: 'DISABLED',
    },
  };
  const running = (service: string) =>
    role(service, [allow('ecs:RunTask', ref('NightTask')), allow('iam:PassRole', [att('NightRole'), att('NightAgent')])]);
  return {
    ...vpc('Net', '10.80.0.0/16'),
    ...cluster(),
    JobGroup: group('Net', []),
    ...fargateTask('Night', { env: { OUT_BUCKET: ref('Papers') }, may: [allow('s3:PutObject', join(att('Papers'), '/*'))] }),
    Papers: resource('AWS::S3::Bucket', { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
      { DeletionPolicy: 'Retain' }),
    RuleRole: running('events.amazonaws.com'),
    Nightly: resource('AWS::Events::Rule', {
      ScheduleExpression: 'cron(0 2 * * ? *)',
      Targets: [{
        Id: 'night',
        Arn: att('Cluster'),
        RoleArn: att('RuleRole'),
        DeadLetterConfig: { Arn: att('Lost') },
        EcsParameters: { TaskDefinitionArn: ref('NightTask'), LaunchType: 'FARGATE', TaskCount: 1, NetworkConfiguration: network },
      }],
    }),
    ClockRole: running('scheduler.amazonaws.com'),
    Weekly: resource('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(7 days)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: att('Cluster'),
        RoleArn: att('ClockRole'),
        EcsParameters: {
          TaskDefinitionArn: ref('NightTask'),
          LaunchType: 'FARGATE',
          NetworkConfiguration: { AwsvpcConfiguration: network.AwsVpcConfiguration },
        },
      },
    }),
    PokeRole: role('scheduler.amazonaws.com', [allow('sqs:SendMessage', att('Jobs'))]),
    Poke: resource('AWS::Scheduler::Schedule',
      {
        ScheduleExpression: 'rate(1 hour)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: att('Jobs'), RoleArn: att('PokeRole'), Input: '{}' },
      }),
    Arrived: resource('AWS::Events::Rule', {
      EventPattern: { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [ref('Papers')] } } },
      Targets: [{ Id: 'jobs', Arn: att('Jobs') }],
    }),
    Stopped: resource('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        'detail': { clusterArn: [att('Cluster')], lastStatus: ['STOPPED'] },
      },
      Targets: [{ Id: 'pager', Arn: ref('Pager') }],
    }),
    Pager: resource('AWS::SNS::Topic', { Subscription: [{ Protocol: 'email', Endpoint: 'pager@reports.example' }] }),
    PagerPolicy: resource('AWS::SNS::TopicPolicy',
      {
        Topics: [ref('Pager')],
        PolicyDocument: policy(statement({ Service: 'events.amazonaws.com' }, 'sns:Publish', ref('Pager')),
          statement({ Service: 'cloudwatch.amazonaws.com' }, 'sns:Publish', ref('Pager'))),
      }),
    Jobs: resource('AWS::SQS::Queue', { VisibilityTimeout: 300, RedrivePolicy: { deadLetterTargetArn: att('Lost'), maxReceiveCount: 5 } }),
    Lost: resource('AWS::SQS::Queue', { MessageRetentionPeriod: 1209600 }),
    QueuePolicy: resource('AWS::SQS::QueuePolicy',
      { Queues: [ref('Jobs'), ref('Lost')], PolicyDocument: policy(statement({ Service: 'events.amazonaws.com' }, 'sqs:SendMessage', '*')) }),
    ...fargateTask('Worker', { env: { QUEUE_URL: ref('Jobs') }, may: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], att('Jobs'))] }),
    ...fargateService('Worker', 'Net', 'JobGroup'),
    WorkerBounds: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 20,
      ResourceId: { 'Fn::Sub': 'service/${Cluster}/${Worker.Name}' },
      ScalableDimension: 'ecs:service:DesiredCount',
      ServiceNamespace: 'ecs',
    }),
    MoreWorkers: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyName: 'more',
      PolicyType: 'StepScaling',
      ScalingTargetId: ref('WorkerBounds'),
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 2 }],
      },
    }),
    LongQueue: resource('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: att('Jobs', 'QueueName') }],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 100,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [ref('MoreWorkers')],
    }),
    Backlog: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyName: 'backlog',
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: ref('WorkerBounds'),
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 50,
        CustomizedMetricSpecification: {
          Namespace: 'AWS/SQS',
          MetricName: 'ApproximateNumberOfMessagesVisible',
          Statistic: 'Average',
          Dimensions: [{ Name: 'QueueName', Value: att('Jobs', 'QueueName') }],
        },
      },
    }),
  };
}

/** A shop window: CloudFront before a load balancer and a bucket, a firewall, a second site that takes over. */
function window(): Resources {
  return {
    ...vpc('Net', '10.90.0.0/16'),
    ...cluster(),
    ...balancer('Edge', 'Net', 'Pages'),
    Pages: targetGroup('Net', 3000),
    PagesGroup: group('Net', [tcp(of('EdgeGroup'), 3000)]),
    ...fargateTask('Site', { port: 3000 }),
    ...fargateService('Site', 'Net', 'PagesGroup',
      { LoadBalancers: [{ ContainerName: 'site', ContainerPort: 3000, TargetGroupArn: ref('Pages') }], HealthCheckGracePeriodSeconds: 60 },
      ['EdgeHttps']),
    Zone: resource('AWS::Route53::HostedZone', { Name: 'window.example.' }),
    OriginName: resource('AWS::Route53::RecordSet',
      {
        HostedZoneId: ref('Zone'),
        Name: 'origin.window.example',
        Type: 'A',
        AliasTarget: { DNSName: att('Edge', 'DNSName'), HostedZoneId: att('Edge', 'CanonicalHostedZoneID') },
      }),
    Media: resource('AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }),
    MediaAccess: resource('AWS::CloudFront::OriginAccessControl',
      { OriginAccessControlConfig: { Name: 'media', OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4' } }),
    MediaPolicy: resource('AWS::S3::BucketPolicy', {
      Bucket: ref('Media'),
      PolicyDocument: policy(statement({ Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', join(att('Media'), '/*'),
        { Condition: { StringEquals: { 'AWS:SourceArn': { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Window}' } } } })),
    }),
    Window: resource('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Enabled: true,
        Aliases: ['www.window.example'],
        ViewerCertificate: {
          AcmCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/2',
          SslSupportMethod: 'sni-only',
          MinimumProtocolVersion: 'TLSv1.2_2021',
        },
        Origins: [
          {
            Id: 'pages',
            DomainName: att('Edge', 'DNSName'),
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
          },
          { Id: 'media', DomainName: att('Media', 'RegionalDomainName'), S3OriginConfig: {}, OriginAccessControlId: att('MediaAccess', 'Id') },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'pages',
          ViewerProtocolPolicy: 'redirect-to-https',
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3',
        },
        CacheBehaviors: [{
          PathPattern: '/media/*',
          TargetOriginId: 'media',
          ViewerProtocolPolicy: 'redirect-to-https',
          CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        }],
      },
    }),
    Www: resource('AWS::Route53::RecordSet',
      {
        HostedZoneId: ref('Zone'),
        Name: 'www.window.example',
        Type: 'A',
        AliasTarget: { DNSName: att('Window', 'DomainName'), HostedZoneId: 'Z2FDTNDATAQYW2' },
      }),
    Alive: resource('AWS::Route53::HealthCheck',
      { HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'first.window.example', ResourcePath: '/healthz' } }),
    First: resource('AWS::Route53::RecordSet',
      {
        HostedZoneId: ref('Zone'),
        Name: 'api.window.example',
        Type: 'CNAME',
        TTL: '60',
        SetIdentifier: 'first',
        Failover: 'PRIMARY',
        HealthCheckId: ref('Alive'),
        ResourceRecords: ['first.window.example'],
      }),
    Second: resource('AWS::Route53::RecordSet',
      {
        HostedZoneId: ref('Zone'),
        Name: 'api.window.example',
        Type: 'CNAME',
        TTL: '60',
        SetIdentifier: 'second',
        Failover: 'SECONDARY',
        ResourceRecords: ['second.window.example'],
      }),
  };
}

/** A program in a network without any way out: only endpoints. */
function vault(): Resources {
  const endpoint = (name: string) => resource('AWS::EC2::VPCEndpoint', {
    VpcId: ref('Net'),
    VpcEndpointType: 'Interface',
    ServiceName: { 'Fn::Sub': `com.amazonaws.\${AWS::Region}.${name}` },
    PrivateDnsEnabled: true,
    SubnetIds: [ref('NetPrivateA'), ref('NetPrivateB')],
    SecurityGroupIds: [att('DoorsGroup', 'GroupId')],
  });
  return {
    ...vpc('Net', '10.100.0.0/16', 'closed'),
    ...cluster(),
    DoorsGroup: group('Net', [tcp(of('VaultGroup'), 443)]),
    VaultGroup: group('Net', [tcp({ CidrIp: '10.100.0.0/16' }, 8080)], EVERYTHING_OUT),
    Api: endpoint('ecr.api'),
    Dkr: endpoint('ecr.dkr'),
    Logs: endpoint('logs'),
    Queues: endpoint('sqs'),
    Shells: endpoint('ssmmessages'),
    Files: resource('AWS::EC2::VPCEndpoint',
      {
        VpcId: ref('Net'),
        VpcEndpointType: 'Gateway',
        ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
        RouteTableIds: [ref('NetTableA'), ref('NetTableB')],
      }),
    Images: resource('AWS::ECR::Repository'),
    Unread: resource('AWS::SQS::Queue', { MessageRetentionPeriod: 1_209_600 }),
    Orders: resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: att('Unread', 'Arn'), maxReceiveCount: 5 } }),
    ...fargateTask('Vault', {
      port: 8080,
      image: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Images}:2' },
      env: { ORDERS_QUEUE_URL: ref('Orders') },
      may: [allow('sqs:*', att('Orders')),
        allow(['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel',
          'ssmmessages:OpenDataChannel'])],
    }),
    ...fargateService('Vault', 'Net', 'VaultGroup', { EnableExecuteCommand: true, ServiceRegistries: [{ RegistryArn: att('Entry') }] }),
    Space: resource('AWS::ServiceDiscovery::PrivateDnsNamespace', { Name: 'vault.internal', Vpc: ref('Net') }),
    Entry: resource('AWS::ServiceDiscovery::Service',
      { Name: 'api', NamespaceId: ref('Space'), DnsConfig: { DnsRecords: [{ Type: 'SRV', TTL: 10 }] } }),
    LinkGroup: group('Net', []),
    Link: resource('AWS::ApiGatewayV2::VpcLink',
      { Name: 'vault', SubnetIds: [ref('NetPrivateA'), ref('NetPrivateB')], SecurityGroupIds: [att('LinkGroup', 'GroupId')] }),
    PublicApi: resource('AWS::ApiGatewayV2::Api', { Name: 'vault', ProtocolType: 'HTTP' }),
    PublicStage: resource('AWS::ApiGatewayV2::Stage', { ApiId: ref('PublicApi'), StageName: '$default', AutoDeploy: true }),
    Calls: resource('AWS::ApiGatewayV2::Integration',
      {
        ApiId: ref('PublicApi'),
        ConnectionType: 'VPC_LINK',
        ConnectionId: ref('Link'),
        IntegrationType: 'HTTP_PROXY',
        IntegrationUri: att('Entry'),
      }),
  };
}

/** What is left when the worst happens: backups, keys, tags, alarms on them. */
function rescue(): Resources {
  return {
    ...vpc('Net', '10.110.0.0/16'),
    DataGroup: group('Net', []),
    Rows: subnetGroup('AWS::RDS::DBSubnetGroup', 'Net'),
    DataKey: resource('AWS::KMS::Key',
      { KeyPolicy: policy(statement({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, 'kms:*', '*')) }, { DeletionPolicy: 'Retain' }),
    Data: resource('AWS::RDS::DBInstance', {
      Engine: 'mysql',
      DBInstanceClass: 'db.m6g.large',
      AllocatedStorage: '100',
      MultiAZ: true,
      StorageEncrypted: true,
      KmsKeyId: att('DataKey'),
      BackupRetentionPeriod: 7,
      ManageMasterUserPassword: true,
      MasterUsername: 'root1',
      DBSubnetGroupName: ref('Rows'),
      VPCSecurityGroups: [att('DataGroup', 'GroupId')],
      PubliclyAccessible: false,
      Tags: [{ Key: 'backup', Value: 'daily' }],
    }, { DeletionPolicy: 'Retain' }),
    Safe: resource('AWS::Backup::BackupVault',
      { BackupVaultName: 'safe', Notifications: { BackupVaultEvents: ['BACKUP_JOB_FAILED'], SNSTopicArn: ref('Alerts') } }),
    Plan: resource('AWS::Backup::BackupPlan',
      {
        BackupPlan: {
          BackupPlanName: 'daily',
          BackupPlanRule: [{
            RuleName: 'daily',
            TargetBackupVault: ref('Safe'),
            ScheduleExpression: 'cron(0 3 * * ? *)',
            Lifecycle: { DeleteAfterDays: 35 },
          }],
        },
      }),
    Keeper: role('backup.amazonaws.com', [], ['service-role/AWSBackupServiceRolePolicyForBackup']),
    Chosen: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: ref('Plan'),
      BackupSelection: {
        SelectionName: 'tagged',
        IamRoleArn: att('Keeper'),
        ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'daily' }],
      },
    }),
    Alerts: resource('AWS::SNS::Topic', { Subscription: [{ Protocol: 'email', Endpoint: 'alerts@rescue.example' }] }),
    AlertsPolicy: resource('AWS::SNS::TopicPolicy', {
      Topics: [ref('Alerts')],
      PolicyDocument: policy(statement({ Service: ['backup.amazonaws.com', 'cloudwatch.amazonaws.com', 'events.amazonaws.com'] }, 'sns:Publish',
        ref('Alerts'))),
    }),
    Failed: resource('AWS::Events::Rule',
      {
        EventPattern: { 'source': ['aws.backup'], 'detail-type': ['Backup Job State Change'], 'detail': { state: ['FAILED', 'ABORTED'] } },
        Targets: [{ Id: 'alerts', Arn: ref('Alerts') }],
      }),
    Full: resource('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/RDS',
      MetricName: 'FreeStorageSpace',
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: ref('Data') }],
      Statistic: 'Minimum',
      Period: 300,
      EvaluationPeriods: 3,
      Threshold: 10737418240,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      AlarmActions: [ref('Alerts')],
    }),
    Slow: resource('AWS::CloudWatch::Alarm', {
      Metrics: [
        {
          Id: 'reads',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/RDS',
              MetricName: 'ReadLatency',
              Dimensions: [{ Name: 'DBInstanceIdentifier', Value: ref('Data') }],
            },
            Period: 60,
            Stat: 'Average',
          },
          ReturnData: false,
        },
        {
          Id: 'writes',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/RDS',
              MetricName: 'WriteLatency',
              Dimensions: [{ Name: 'DBInstanceIdentifier', Value: ref('Data') }],
            },
            Period: 60,
            Stat: 'Average',
          },
          ReturnData: false,
        },
        { Id: 'both', Expression: '(reads + writes) * 1000', ReturnData: true },
      ],
      EvaluationPeriods: 3,
      Threshold: 50,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [ref('Alerts')],
    }),
  };
}

/** Two networks: an office with programs, and a house with the database, joined by peering. */
function hub(): Resources {
  const peer = (table: string, block: string) =>
    resource('AWS::EC2::Route', { RouteTableId: ref(table), DestinationCidrBlock: block, VpcPeeringConnectionId: ref('Bridge') });
  return {
    ...vpc('Office', '10.120.0.0/16'),
    ...vpc('House', '10.121.0.0/16', 'closed'),
    ...cluster(),
    Bridge: resource('AWS::EC2::VPCPeeringConnection', { VpcId: ref('Office'), PeerVpcId: ref('House') }),
    ThereA: peer('OfficeTableA', '10.121.0.0/16'),
    ThereB: peer('OfficeTableB', '10.121.0.0/16'),
    BackA: peer('HouseTableA', '10.120.0.0/16'),
    BackB: peer('HouseTableB', '10.120.0.0/16'),
    ClerkGroup: group('Office', []),
    ArchiveGroup: group('House', [tcp(of('ClerkGroup'), 3306)]),
    Rows: subnetGroup('AWS::RDS::DBSubnetGroup', 'House'),
    Archive: resource('AWS::RDS::DBInstance', {
      Engine: 'mysql',
      DBInstanceClass: 'db.m6g.large',
      AllocatedStorage: '100',
      MultiAZ: true,
      StorageEncrypted: true,
      BackupRetentionPeriod: 7,
      ManageMasterUserPassword: true,
      MasterUsername: 'clerk',
      DBSubnetGroupName: ref('Rows'),
      VPCSecurityGroups: [att('ArchiveGroup', 'GroupId')],
      PubliclyAccessible: false,
    }, { DeletionPolicy: 'Retain' }),
    ...fargateTask('Clerk', { env: { DB_HOST: att('Archive', 'Endpoint.Address'), DB_PORT: att('Archive', 'Endpoint.Port') } }),
    ...fargateService('Clerk', 'Office', 'ClerkGroup'),
  };
}

/** What a department deploys into the network of the company, of which it knows only ids. */
function tenant(): Resources {
  const subnets = ['subnet-0aaaaaaaaaaaaaaa1', 'subnet-0aaaaaaaaaaaaaaa2'];
  return {
    ...cluster(),
    Front: resource('AWS::ElasticLoadBalancingV2::LoadBalancer',
      { Type: 'application', Scheme: 'internal', Subnets: subnets, SecurityGroups: ['sg-0aaaaaaaaaaaaaaa1'] }),
    FrontIn: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Front'),
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: CERTIFICATE }],
      DefaultActions: [forward('Desk')],
    }),
    Desk: resource('AWS::ElasticLoadBalancingV2::TargetGroup', { VpcId: 'vpc-0aaaaaaaaaaaaaaa1', Port: 3000, Protocol: 'HTTP', TargetType: 'ip' }),
    ...fargateTask('Intranet', { port: 3000 }),
    Intranet: resource('AWS::ECS::Service', {
      Cluster: ref('Cluster'),
      TaskDefinition: ref('IntranetTask'),
      LaunchType: 'FARGATE',
      DesiredCount: 2,
      HealthCheckGracePeriodSeconds: 60,
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets, SecurityGroups: ['sg-0aaaaaaaaaaaaaaa2'] } },
      LoadBalancers: [{ ContainerName: 'intranet', ContainerPort: 3000, TargetGroupArn: ref('Desk') }],
    }, { DependsOn: ['FrontIn', 'IntranetRole', 'IntranetAgent'] }),
    Records: resource('AWS::RDS::DBInstance', {
      Engine: 'postgres',
      DBInstanceClass: 'db.m6g.large',
      AllocatedStorage: '50',
      MultiAZ: true,
      StorageEncrypted: true,
      BackupRetentionPeriod: 7,
      ManageMasterUserPassword: true,
      MasterUsername: 'desk',
      DBSubnetGroupName: 'company-private',
      VPCSecurityGroups: ['sg-0aaaaaaaaaaaaaaa3'],
      PubliclyAccessible: false,
    }, { DeletionPolicy: 'Retain' }),
  };
}

/** Apps that work, and look nothing like this library's. */
export const APPS = {
  tickets,
  telemetry,
  mesh,
  colours,
  ledger,
  catalogue,
  reports,
  window,
  vault,
  rescue,
  hub,
  tenant,
} satisfies Record<string, () => Resources>;
