import {
  App, Duration, Stack, aws_applicationautoscaling as appscaling, aws_certificatemanager as acm,
  aws_ec2 as ec2, aws_ecs as ecs, aws_ecs_patterns as patterns,
  aws_efs as efs, aws_elasticloadbalancingv2 as elbv2, aws_lambda as lambda, aws_rds as rds, aws_route53 as route53, aws_sqs as sqs,
} from 'aws-cdk-lib';
import { verdictOf, verdictOfApp } from './pair';
import { FLAG_CONTEXTS } from '../../fixtures';

/**
 * Programs as the CDK's manual and its examples have them, which nobody here wrote or would write so. Each of them works as far as its
 * network goes: no rule about reachability may say otherwise, and none may fail to judge.
 */
const sample = ecs.ContainerImage.fromRegistry('amazon/amazon-ecs-sample');

function clusterWithInstances(stack: Stack): ecs.Cluster {
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }) });
  cluster.addCapacity('Instances', { instanceType: new ec2.InstanceType('t3.large'), machineImage: ecs.EcsOptimizedImage.amazonLinux2023(), desiredCapacity: 2 });
  return cluster;
}

function fargateCluster(stack: Stack): ecs.Cluster {
  return new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }) });
}

function multiple<T extends ecs.Ec2TaskDefinition | ecs.FargateTaskDefinition>(task: T): T {
  task.addContainer('web', { image: sample, memoryLimitMiB: 512, portMappings: [{ containerPort: 80 }, { containerPort: 90 }] });
  return task;
}

const PROGRAMS: Record<string, (stack: Stack) => void> = {
  'ApplicationLoadBalancedFargateService': (stack) => {
    new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', { cluster: fargateCluster(stack), taskImageOptions: { image: sample }, memoryLimitMiB: 1024 });
  },
  'ApplicationLoadBalancedFargateService with HTTPS, redirect and a domain': (stack) => {
    const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
    new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', {
      cluster: fargateCluster(stack),
      taskImageOptions: { image: sample, containerPort: 8080 },
      redirectHTTP: true,
      domainName: 'app.example.com',
      domainZone: zone,
      certificate: new acm.Certificate(stack, 'Certificate', { domainName: 'app.example.com', validation: acm.CertificateValidation.fromDns(zone) }),
    });
  },
  'ApplicationLoadBalancedFargateService without anything: its own VPC, public addresses': (stack) => {
    new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', { taskImageOptions: { image: sample }, assignPublicIp: true });
  },
  'ApplicationLoadBalancedEc2Service on addCapacity': (stack) => {
    new patterns.ApplicationLoadBalancedEc2Service(stack, 'Service', { cluster: clusterWithInstances(stack), memoryLimitMiB: 512, taskImageOptions: { image: sample } });
  },
  'ApplicationMultipleTargetGroupsFargateService': (stack) => {
    new patterns.ApplicationMultipleTargetGroupsFargateService(stack, 'Service', {
      cluster: fargateCluster(stack),
      taskDefinition: multiple(new ecs.FargateTaskDefinition(stack, 'Task', { memoryLimitMiB: 1024, cpu: 512 })),
      targetGroups: [{ containerPort: 80 }, { containerPort: 90, pathPattern: 'a/b/c', priority: 10 }],
    });
  },
  'ApplicationMultipleTargetGroupsEc2Service': (stack) => {
    new patterns.ApplicationMultipleTargetGroupsEc2Service(stack, 'Service', {
      cluster: clusterWithInstances(stack),
      taskDefinition: multiple(new ecs.Ec2TaskDefinition(stack, 'Task')),
      targetGroups: [{ containerPort: 80 }, { containerPort: 90, pathPattern: 'a/b/c', priority: 10 }],
    });
  },
  'NetworkLoadBalancedFargateService, opened as its manual says': (stack) => {
    const pattern = new patterns.NetworkLoadBalancedFargateService(stack, 'Service', { cluster: fargateCluster(stack), taskImageOptions: { image: sample } });
    pattern.service.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
    pattern.loadBalancer.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
    pattern.loadBalancer.connections.allowToAnyIpv4(ec2.Port.tcp(80));
  },
  'NetworkLoadBalancedEc2Service, opened as its manual says': (stack) => {
    const cluster = clusterWithInstances(stack);
    const pattern = new patterns.NetworkLoadBalancedEc2Service(stack, 'Service', { cluster, memoryLimitMiB: 512, taskImageOptions: { image: sample } });
    cluster.connections.allowFromAnyIpv4(ec2.Port.tcpRange(32768, 65535));
    pattern.loadBalancer.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
    pattern.loadBalancer.connections.allowToAnyIpv4(ec2.Port.tcpRange(32768, 65535));
  },
  'NetworkMultipleTargetGroupsFargateService, opened as its manual says': (stack) => {
    const pattern = new patterns.NetworkMultipleTargetGroupsFargateService(stack, 'Service', {
      cluster: fargateCluster(stack),
      taskDefinition: multiple(new ecs.FargateTaskDefinition(stack, 'Task')),
      targetGroups: [{ containerPort: 80 }, { containerPort: 90 }],
    });
    pattern.service.connections.allowFromAnyIpv4(ec2.Port.tcpRange(80, 90));
    pattern.loadBalancer.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
    pattern.loadBalancer.connections.allowToAnyIpv4(ec2.Port.allTcp());
  },
  'QueueProcessingFargateService': (stack) => {
    new patterns.QueueProcessingFargateService(stack, 'Service', { cluster: fargateCluster(stack), image: sample, queue: new sqs.Queue(stack, 'Queue') });
  },
  'QueueProcessingEc2Service': (stack) => {
    new patterns.QueueProcessingEc2Service(stack, 'Service', { cluster: clusterWithInstances(stack), memoryLimitMiB: 512, image: sample });
  },
  'ScheduledFargateTask': (stack) => {
    new patterns.ScheduledFargateTask(stack, 'Task', {
      cluster: fargateCluster(stack), schedule: appscaling.Schedule.rate(Duration.hours(1)), scheduledFargateTaskImageOptions: { image: sample },
    });
  },
  'ScheduledEc2Task': (stack) => {
    new patterns.ScheduledEc2Task(stack, 'Task', {
      cluster: clusterWithInstances(stack), schedule: appscaling.Schedule.expression('rate(1 minute)'), scheduledEc2TaskImageOptions: { image: sample, memoryLimitMiB: 256 },
    });
  },
  'a Fargate service with a PostgreSQL instance': (stack) => {
    const cluster = fargateCluster(stack);
    const database = new rds.DatabaseInstance(stack, 'Database', { vpc: cluster.vpc, engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }) });
    const { service } = new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', {
      cluster,
      taskImageOptions: {
        image: sample,
        environment: { DB_HOST: database.dbInstanceEndpointAddress, DB_PORT: database.dbInstanceEndpointPort },
        secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(database.secret!, 'password') },
      },
    });
    database.connections.allowFrom(service, ec2.Port.tcp(5432));
  },
  'a Fargate service with Aurora behind a proxy': (stack) => {
    const cluster = fargateCluster(stack);
    const aurora = new rds.DatabaseCluster(stack, 'Aurora', {
      vpc: cluster.vpc,
      engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 }),
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      readers: [rds.ClusterInstance.serverlessV2('Reader')],
    });
    const proxy = aurora.addProxy('Proxy', { secrets: [aurora.secret!], vpc: cluster.vpc });
    const { service } = new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', { cluster, taskImageOptions: { image: sample, environment: { DATABASE_HOST: proxy.endpoint } } });
    proxy.connections.allowFrom(service, ec2.Port.tcp(3306));
  },
  'a Fargate service with EFS, as the AWS examples mount it': (stack) => {
    const cluster = fargateCluster(stack);
    const files = new efs.FileSystem(stack, 'Files', { vpc: cluster.vpc, allowAnonymousAccess: true });
    const task = new ecs.FargateTaskDefinition(stack, 'Task', { volumes: [{ name: 'uploads', efsVolumeConfiguration: { fileSystemId: files.fileSystemId } }] });
    task.addContainer('web', { image: sample, portMappings: [{ containerPort: 80 }] }).addMountPoints({ containerPath: '/uploads', sourceVolume: 'uploads', readOnly: false });
    const { service } = new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', { cluster, taskDefinition: task });
    files.connections.allowDefaultPortFrom(service.connections);
  },
  'an EC2 daemon with EFS on host network': (stack) => {
    const cluster = clusterWithInstances(stack);
    const files = new efs.FileSystem(stack, 'Files', { vpc: cluster.vpc, allowAnonymousAccess: true });
    files.connections.allowDefaultPortFrom(cluster);
    const task = new ecs.Ec2TaskDefinition(stack, 'Task', { networkMode: ecs.NetworkMode.HOST });
    task.addVolume({ name: 'data', efsVolumeConfiguration: { fileSystemId: files.fileSystemId } });
    task.addContainer('agent', { image: sample, memoryLimitMiB: 128 }).addMountPoints({ containerPath: '/data', sourceVolume: 'data', readOnly: true });
    new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: task, daemon: true });
  },
  'two services that know each other by Cloud Map': (stack) => {
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc'), defaultCloudMapNamespace: { name: 'shop.local' } });
    const service = (id: string, environment: Record<string, string>) => {
      const taskDefinition = new ecs.FargateTaskDefinition(stack, `${id}Task`);
      taskDefinition.addContainer('main', { image: sample, environment, portMappings: [{ containerPort: 3000 }] });
      return new ecs.FargateService(stack, id, { cluster, taskDefinition, cloudMapOptions: { name: id.toLowerCase() } });
    };
    const back = service('Back', {});
    const front = service('Front', { BACKEND_URL: 'http://back.shop.local:3000/' });
    back.connections.allowFrom(front, ec2.Port.tcp(3000));
  },
  'a Lambda function in a VPC with a database, behind an application load balancer': (stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const handler = new lambda.Function(stack, 'Function', { vpc, runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {};') });
    const database = new rds.DatabaseInstance(stack, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0 }) });
    database.connections.allowDefaultPortFrom(handler);
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
    new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', { cluster, taskImageOptions: { image: sample } });
  },
  'an application load balancer behind a network load balancer': (stack) => {
    const pattern = new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', { cluster: fargateCluster(stack), taskImageOptions: { image: sample }, publicLoadBalancer: false });
    const balancer = new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc: pattern.cluster.vpc, internetFacing: true });
    balancer.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
    balancer.addListener('Tcp', { port: 80 }).addTargetGroups('Alb', new elbv2.NetworkTargetGroup(stack, 'Target', {
      vpc: pattern.cluster.vpc, port: 80, targetType: elbv2.TargetType.ALB,
    }));
  },
  'native blue/green on Fargate': (stack) => {
    const cluster = fargateCluster(stack);
    const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
    taskDefinition.addContainer('web', { image: sample, portMappings: [{ containerPort: 80, name: 'http' }] });
    const service = new ecs.FargateService(stack, 'Service', { cluster, taskDefinition, deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN });
    const { vpc } = cluster;
    const [blue, green] = ['Blue', 'Green'].map((id) => new elbv2.ApplicationTargetGroup(stack, id, { vpc, port: 80, targetType: elbv2.TargetType.IP }));
    const listener = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true })
      .addListener('Http', { port: 80, defaultAction: elbv2.ListenerAction.fixedResponse(404) });
    const rule = new elbv2.ApplicationListenerRule(stack, 'Rule', {
      listener,
      priority: 1,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])],
      action: elbv2.ListenerAction.weightedForward([{ targetGroup: blue, weight: 100 }, { targetGroup: green, weight: 0 }]),
    });
    blue.addTarget(service.loadBalancerTarget({
      containerName: 'web',
      containerPort: 80,
      alternateTarget: new ecs.AlternateTarget('Alternate', { alternateTargetGroup: green, productionListener: ecs.ListenerRuleConfiguration.applicationListenerRule(rule) }),
    }));
  },
  'a service in a VPC and a cluster that another app made': (stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], publicSubnetIds: ['subnet-1', 'subnet-2'], privateSubnetIds: ['subnet-3', 'subnet-4'],
    });
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
    const cluster = ecs.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'shared', vpc, securityGroups: [] });
    new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', {
      cluster, securityGroups: [group], taskImageOptions: { image: sample, environment: { DB_HOST: 'db.corp.example' } },
    });
  },
};

/** What would be a lie about programs whose network works. */
const ABOUT_THE_NETWORK = [
  'target-unreachable', 'named-host-unreachable', 'file-system-unreachable', 'image-pull-route', 'declared-path-missing', 'undeclared-path',
  'mount-target-missing-in-zone', 'cannot-judge',
];

describe.each(FLAG_CONTEXTS)('programs nobody here wrote, with %s', (_name, context) => {
  test.each(Object.keys(PROGRAMS))('%s: judged without a false word about its network', (name) => {
    const { findings, zoneLoss } = verdictOf(PROGRAMS[name], context);
    expect(findings.filter(({ rule, severity }) => ABOUT_THE_NETWORK.includes(rule) || severity === 'error').map(({ rule, description }) => `${rule}: ${description}`)).toEqual([]);
    expect(zoneLoss!.toMarkdown()).toMatch(/\n$/);
  });

  test('a database in one stack and its application in another, with references between them', () => {
    const app = new App({ context });
    const env = { region: 'eu-west-1' };
    const data = new Stack(app, 'Data', { env });
    const vpc = new ec2.Vpc(data, 'Vpc');
    const database = new rds.DatabaseInstance(data, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0 }) });
    const web = new Stack(app, 'Web', { env });
    const { service } = new patterns.ApplicationLoadBalancedFargateService(web, 'Service', {
      vpc, taskImageOptions: { image: sample, environment: { DB_HOST: database.dbInstanceEndpointAddress } },
    });
    service.connections.allowToDefaultPort(database);
    const { findings } = verdictOfApp(app);
    expect(findings.filter(({ rule, severity }) => ABOUT_THE_NETWORK.includes(rule) || severity === 'error').map(({ description }) => description)).toEqual([]);
  });
});
