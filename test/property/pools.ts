import {
  CfnParameter, Duration, RemovalPolicy, Size, Token, aws_certificatemanager as acm, aws_cloudwatch as cloudwatch, aws_ec2 as ec2, aws_ecr as ecr,
  aws_ecs as ecs, aws_efs as efs, aws_iam as iam, aws_kms as kms, aws_logs as logs, aws_rds as rds, aws_route53 as route53, aws_s3 as s3,
  aws_scheduler as scheduler, aws_secretsmanager as secretsmanager, aws_sns as sns,
} from 'aws-cdk-lib';
import type { Recipe } from './recipes';
import type { World } from './world';
import {
  AlarmRouting, ComposeProxy, DatabaseDumps, DatabaseEnvironment, EcsCapacity, EfsBackedMysqlService, FrontendAccess, FrontendDomain, FrontendWebAcl,
  HaEcsCluster, MysqlDatabase, MysqlEngine, PipelineImage, RdsMysqlDatabase, SharedFileSystem, WebAppDeployment,
} from '../../src';

type Made = (world: World) => unknown;

const of = (text: string, make: Made): Recipe => ({ text, make });
const plain = (...values: unknown[]): Recipe[] => values.map((value) => of(JSON.stringify(value), () => value));
const texts = (...values: string[]): Recipe[] => plain(...values);
const tokenText = of('a parameter', (world) => world.one('TextParameter', (scope, name) => new CfnParameter(scope, name)).valueAsString);
const tokenNumber = of('a number parameter', (world) => world.one('NumberParameter', (scope, name) => new CfnParameter(scope, name, { type: 'Number' })).valueAsNumber);
const group = (world: World) => world.one('Group', (scope, name) => new ec2.SecurityGroup(scope, name, { vpc: world.vpc }));
const secret = (world: World) => world.one('Secret', (scope, name) => new secretsmanager.Secret(scope, name));
const listener = (world: World) => world.frontend.listener;

/** Values that fit a type, or the prop `name:type`: as people write them, at the bounds, and known at deployment only. */
export const POOLS: Readonly<Record<string, readonly Recipe[]>> = {
  'number': [...plain(0, 1, 2, 3, 5, 10, 50, 70, 80, 100, 128, 150, 200, 256, 443, 512, 1024, 2048, 3306, 4096, 8080, 65535), tokenNumber],
  'boolean': plain(true, false),
  'string': [...texts('shop', 'app', '/health', 'shop.example.com', 'A reason'), tokenText],
  'Duration': [
    ...[0, 1, 30, 60, 120, 300, 600, 3600, 86_400, 604_800].map((seconds) => of(`${seconds} s`, () => Duration.seconds(seconds))),
    of('1.5 s', () => Duration.millis(1500)),
    of('some seconds', () => Duration.seconds(Token.asNumber({ Ref: 'AWS::NoValue' }))),
  ],
  'Size': [
    ...[1, 20, 30, 100, 20_000].map((gibibytes) => of(`${gibibytes} GiB`, () => Size.gibibytes(gibibytes))),
    of('1500 MiB', () => Size.mebibytes(1500)),
  ],
  'RemovalPolicy': plain(RemovalPolicy.RETAIN, RemovalPolicy.DESTROY, RemovalPolicy.SNAPSHOT, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
  'minTasks:number': plain(2, 3, 4),
  'maxTasks:number': plain(2, 4, 10, 5000),
  'minInstances:number': plain(2, 3),
  'maxInstances:number': plain(4, 6, 15),
  'containerPort:number': plain(80, 8080, 5000),
  'port:number': plain(80, 443, 3306, 8080),
  'cpu:number': plain(256, 512, 1024, 2048),
  'memoryMiB:number': plain(512, 1024, 2048, 4096),
  'readers:number': plain(0, 1, 2, 15),
  'maxAzs:number': plain(2, 3),
  'reservedAzs:number': plain(0, 1, 2),
  'priority:number': plain(1, 7, 999),
  'databaseName:string': texts('shop', 'wordpress'),
  'applicationUser:string': texts('app', 'shop'),
  'healthCheckPath:string': texts('/', '/health'),
  'path:string': texts('/', '/health', '/files'),
  'serviceName:string': texts('mysql', 'db-2'),
  'namespaceName:string': texts('shop.internal', 'Shop'),
  'identifier:string': texts('shop', 'shop-2'),
  'clientImage:string': texts('mysql:8.4.10'),
  'image:string': texts('mysql:8.4.10', 'nginx:1.28', 'nginx'),
  'containerPath:string': texts('/files', '/var/www/uploads'),
  'composeText:string': texts('services: { app: { image: "shop:1.0" } }', 'services: { web: { image: "shop:1.0", ports: ["80:80"] } }'),
  'composeFile:string': [of('undefined', () => undefined)],
  'service:string': texts('app', 'web'),
  'sharedFilesDirectory:string': texts('/mnt/shared'),
  'rootDeviceName:string': texts('/dev/xvda'),
  'configuration:string': texts('server { listen 80; }'),
  'user:string': texts('1000', '999:999'),
  'version:string': texts('5.0.1', '2.30.0'),
  'sha256Arm:string': texts('a'.repeat(64)),
  'sha256X86:string': texts('b'.repeat(64)),
  'healthyHttpCodes:string': texts('200', '200-299'),
  'hostHeaders:string': texts('shop.example.com', '*.example.com'),
  'pathPatterns:string': texts('/api/*', '/*'),
  'availabilityZones:[string]': [of('two zones', () => ['eu-west-1a', 'eu-west-1b'])],
  'flags:string': texts('--max-connections=100', '--ssl=0'),
  'repository:string': texts('example/shop'),
  'connectionArn:string': texts('arn:aws:codeconnections:eu-west-1:111122223333:connection/0a1b2c3d'),
  'branch:string': texts('main'),
  'headerName:string': texts('X-From-Cdn'),
  'domainName:string': texts('shop.example.com'),
  'url:string': texts('https://shop.example.com'),
  'listenerArn:string': texts('arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/1234567890abcdef/1234567890abcdef'),
  'loadBalancerArn:string': texts('arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1234567890abcdef'),
  'securityGroupId:string': texts('sg-0123456789abcdef0'),
  'host:string': texts('db.example.internal'),
  'parameterName:string': texts('/shop/image'),
  'bootstrapImage:string': texts('public.ecr.aws/nginx/nginx:1.28'),
  'logGroupName:string': texts('shop', '/shop/logs'),
  'accessLogsPrefix:string': texts('logs'),
  'dataPath:string': texts('/mysql-2'),
  'listenerRulePin:string': texts('abc123'),
  'prefixListId:string': texts('pl-12345678'),

  'aws_ec2.IVpc': [of('a VPC', ({ vpc }) => vpc)],
  'aws_ec2.SubnetSelection': [
    of('private subnets', () => ({ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS })), of('public subnets', () => ({ subnetType: ec2.SubnetType.PUBLIC })),
  ],
  'aws_ec2.InstanceType': ['t3.medium', 't4g.small', 'c7g.large', 'm7i.4xlarge'].map((name) => of(name, () => new ec2.InstanceType(name))),
  'aws_ec2.ISecurityGroup': [of('a group', group)],
  'aws_ec2.IMachineImage': [of('Amazon Linux', () => ec2.MachineImage.latestAmazonLinux2023({ cachedInContext: false }))],
  'aws_ec2.IIpAddresses': [of('10.1.0.0/16', () => ec2.IpAddresses.cidr('10.1.0.0/16'))],
  'aws_ec2.SubnetConfiguration': [
    of('public', () => ({ name: 'Public', subnetType: ec2.SubnetType.PUBLIC })),
    of('private', () => ({ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS })),
  ],
  'aws_ec2.InterfaceVpcEndpointAwsService': [of('ECR', () => ec2.InterfaceVpcEndpointAwsService.ECR)],
  'aws_ec2.FlowLogDestination': [of('CloudWatch', () => ec2.FlowLogDestination.toCloudWatchLogs())],
  'aws_ecs.ContainerImage': [of('nginx', () => ecs.ContainerImage.fromRegistry('nginx:1.28')), of('mysql', () => ecs.ContainerImage.fromRegistry('mysql:8.4.10'))],
  'aws_ecs.Secret': [of('a secret', (world) => ecs.Secret.fromSecretsManager(secret(world), 'password'))],
  'aws_ecs.CpuArchitecture': [of('X86_64', () => ecs.CpuArchitecture.X86_64), of('ARM64', () => ecs.CpuArchitecture.ARM64)],
  'aws_ecs.HealthCheck': [of('a health check', () => ({ command: ['CMD-SHELL', 'true'] })), of('a slow one', () => ({ command: ['CMD', 'true'], interval: Duration.seconds(300) }))],
  'aws_ecs.NetworkMode': plain('awsvpc', 'bridge', 'host'),
  'aws_ecs.ContainerInsights': plain('enhanced', 'disabled'),
  'aws_ecs.ICluster': [of('a cluster', (world) => world.one('Plain', (scope, name) => new ecs.Cluster(scope, name, { vpc: world.vpc })))],
  'aws_ecs.IBaseService': [of('a service', ({ webApp }) => webApp.service)],
  'aws_ecr.IRepository': [of('a repository', (world) => world.one('Repository', (scope, name) => new ecr.Repository(scope, name)))],
  'aws_efs.IFileSystem': [of('a file system', (world) => world.one('Efs', (scope, name) => new efs.FileSystem(scope, name, { vpc: world.vpc })))],
  'aws_iam.IRole': [of('a role', (world) => world.one('Role', (scope, name) => iam.Role.fromRoleName(scope, name, 'theirs')))],
  'aws_kms.IKey': [of('a key', (world) => world.one('Key', (scope, name) => new kms.Key(scope, name)))],
  'interfaces.aws_kms.IKeyRef': [of('a key', (world) => world.one('Key', (scope, name) => new kms.Key(scope, name)))],
  'aws_logs.ILogGroup': [of('a log group', (world) => world.one('Logs', (scope, name) => logs.LogGroup.fromLogGroupName(scope, name, 'theirs')))],
  'aws_logs.RetentionDays': plain(1, 30, 365),
  'aws_s3.IBucket': [of('a bucket', (world) => world.one('Bucket', (scope, name) => new s3.Bucket(scope, name, { encryption: s3.BucketEncryption.S3_MANAGED })))],
  'aws_secretsmanager.ISecret': [of('a secret', secret)],
  'aws_certificatemanager.ICertificate': [
    of('a certificate', (world) => world.one('Certificate', (scope, name) => acm.Certificate.fromCertificateArn(scope, name, 'arn:aws:acm:eu-west-1:111122223333:certificate/1'))),
  ],
  'aws_route53.IHostedZone': [
    of('a zone', (world) => world.one('Zone', (scope, name) => route53.HostedZone.fromHostedZoneAttributes(scope, name, { hostedZoneId: 'Z1', zoneName: 'example.com' }))),
  ],
  'aws_sns.ITopic': [of('a topic', (world) => world.one('Topic', (scope, name) => new sns.Topic(scope, name)))],
  'aws_scheduler.ScheduleExpression': [of('every day', () => scheduler.ScheduleExpression.rate(Duration.days(1)))],
  'aws_cloudwatch.IAlarm': [of('an alarm', (world) => world.one('Alarm', (scope, name) => cloudwatch.Alarm.fromAlarmName(scope, name, 'theirs')))],
  'aws_elasticloadbalancingv2.SslPolicy': plain('ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', 'ELBSecurityPolicy-2016-08'),
  'aws_elasticloadbalancingv2.IApplicationListener': [of('a listener', listener)],
  'aws_elasticloadbalancingv2.IApplicationLoadBalancer': [of('a load balancer', ({ frontend }) => frontend.loadBalancer)],
  'aws_rds.MysqlEngineVersion': [of('8.4.10', () => rds.MysqlEngineVersion.VER_8_4_10)],
  'aws_rds.AuroraMysqlEngineVersion': [of('3.12', () => rds.AuroraMysqlEngineVersion.VER_3_12_0)],
  'aws_codebuild.ComputeType': plain('BUILD_GENERAL1_SMALL', 'BUILD_GENERAL1_LARGE'),

  'AlarmRouting': [of('disabled()', () => AlarmRouting.disabled('a test'))],
  'ComposeProxy': [of('nginx()', () => ComposeProxy.nginx()), of('own()', () => ComposeProxy.own())],
  'DatabaseDumps': [of('scheduled()', () => DatabaseDumps.scheduled()), of('disabled()', () => DatabaseDumps.disabled('a test'))],
  'DatabaseEnvironment': [of('standard()', () => DatabaseEnvironment.standard()), of('wordpress()', () => DatabaseEnvironment.wordpress())],
  'EcsCapacity': [
    of('fargate()', () => EcsCapacity.fargate()), of('fargateSpot()', () => EcsCapacity.fargateSpot()), of('managedInstances()', () => EcsCapacity.managedInstances()),
    of('ec2()', () => EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.medium') })),
  ],
  'FrontendAccess': [
    of('internet()', () => FrontendAccess.internet()), of('vpcOnly()', () => FrontendAccess.vpcOnly()), of('cidrs()', () => FrontendAccess.cidrs(['203.0.113.0/24'])),
    of('cloudFront()', () => FrontendAccess.cloudFront({ prefixListId: 'pl-12345678' })),
  ],
  'FrontendDomain': [
    of('httpOnly()', () => FrontendDomain.httpOnly('a test')),
    of('external()', (world) => FrontendDomain.external('shop.example.com', POOLS['aws_certificatemanager.ICertificate'][0].make(world) as acm.ICertificate)),
    of('hostedZone()', (world) => FrontendDomain.hostedZone(POOLS['aws_route53.IHostedZone'][0].make(world) as route53.IHostedZone, 'shop')),
  ],
  'FrontendWebAcl': [of('managed()', () => FrontendWebAcl.managed())],
  'MysqlEngine': [of('MYSQL_8_4', () => MysqlEngine.MYSQL_8_4), of('MARIADB_11_4', () => MysqlEngine.MARIADB_11_4)],
  'WebAppDeployment': [
    of('rolling()', () => WebAppDeployment.rolling()), of('blueGreen()', () => WebAppDeployment.blueGreen()), of('canary()', () => WebAppDeployment.canary()),
  ],
  'IHaEcsCluster': [
    of('Fargate', ({ cluster }) => cluster),
    of('EC2', (world) => world.one('Ec2', (scope, name) => new HaEcsCluster(scope, name, {
      vpc: world.vpc, capacity: EcsCapacity.ec2({ instanceType: new ec2.InstanceType('t3.large') }),
    }))),
  ],
  'IAlbFrontend': [of('a frontend', ({ frontend }) => frontend)],
  'IMysqlDatabase': [
    of('on EFS', (world) => world.one('Database', (scope, name) => new EfsBackedMysqlService(scope, name, { cluster: world.cluster, databaseName: 'shop' }))),
    of('on RDS', (world) => world.one('Rds', (scope, name) => new RdsMysqlDatabase(scope, name, { vpc: world.vpc, databaseName: 'shop' }))),
    of('imported', (world) => world.one('Imported', (scope, name) => MysqlDatabase.fromMysqlDatabaseAttributes(scope, name, {
      host: 'db.example.internal', databaseName: 'shop', secret: secret(world), securityGroups: [group(world)],
    }))),
  ],
  'ISharedFiles': [of('files', (world) => world.one('Files', (scope, name) => new SharedFileSystem(scope, name, { vpc: world.vpc })))],
  'IEcsWebApp': [of('an application', ({ webApp }) => webApp)],
  'IPipelineImage': [of('an image', (world) => world.one('PipelineImage', (scope, name) => new PipelineImage(scope, name)))],
};
