import { Duration, aws_applicationautoscaling as appscaling, aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_ecs_patterns as patterns, aws_elasticloadbalancingv2 as elbv2, aws_logs as logs } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { testPair } from './pair';
import { ec2Cluster, ec2Task, fargateService, fargateTask, fileSystem, image, loadBalancer, mount, mysql, network } from './plain';

function bridgeServiceBehindAlb(stack: Stack) {
  const { vpc, cluster, group, strategies } = ec2Cluster(stack);
  const service = new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: ec2Task(stack), desiredCount: 2, capacityProviderStrategies: strategies });
  const listener = loadBalancer(stack, vpc);
  listener.addTargets('Target', { port: 80, targets: [service] });
  return { group, listener };
}

testPair({
  rule: 'target-unreachable',
  mistake: 'bridge tasks behind a load balancer, on instances of addAsgCapacityProvider',
  sees: /Test\/Alb cannot reach Test\/Service on port 80 \(traffic\).*32768-60999/,
  fails: bridgeServiceBehindAlb,
  passes: (stack) => {
    const { group, listener } = bridgeServiceBehindAlb(stack);
    group.connections.allowFrom(listener.loadBalancer, ec2.Port.tcpRange(32768, 65535));
  },
});

testPair({
  rule: 'target-unreachable',
  mistake: 'a health check on a port that no rule opens',
  sees: /on port 8081 \(health checks\)/,
  fails: (stack) => {
    const vpc = network(stack);
    const service = fargateService(stack, vpc, fargateTask(stack));
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [service], healthCheck: { port: '8081' } });
  },
  passes: (stack) => {
    const vpc = network(stack);
    const listener = loadBalancer(stack, vpc);
    const service = fargateService(stack, vpc, fargateTask(stack));
    listener.addTargets('Target', { port: 80, targets: [service], healthCheck: { port: '8081' } });
    service.connections.allowFrom(listener.loadBalancer, ec2.Port.tcp(8081));
  },
});

testPair({
  rule: 'target-unreachable',
  mistake: 'a network load balancer in front of tasks that let nobody in',
  sees: /Test\/Nlb cannot reach Test\/Service on port 80/,
  fails: (stack) => {
    const vpc = network(stack);
    const service = fargateService(stack, vpc, fargateTask(stack));
    new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc, internetFacing: true }).addListener('Tcp', { port: 80 }).addTargets('Target', { port: 80, targets: [service] });
  },
  passes: (stack) => {
    const vpc = network(stack);
    const service = fargateService(stack, vpc, fargateTask(stack));
    service.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
    const group = new ec2.SecurityGroup(stack, 'NlbGroup', { vpc });
    group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80));
    new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc, internetFacing: true, securityGroups: [group] })
      .addListener('Tcp', { port: 80 }).addTargets('Target', { port: 80, targets: [service] });
  },
});

testPair({
  rule: 'named-host-unreachable',
  mistake: 'an RDS instance whose group lets nobody in',
  sees: /DB_HOST names Test\/Database, but Test\/Service cannot reach it on port 3306/,
  fails: (stack) => {
    const vpc = network(stack);
    fargateService(stack, vpc, fargateTask(stack, { environment: { DB_HOST: mysql(stack, vpc).dbInstanceEndpointAddress } }));
  },
  passes: (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    const service = fargateService(stack, vpc, fargateTask(stack, { environment: { DB_HOST: database.dbInstanceEndpointAddress } }));
    service.connections.allowToDefaultPort(database);
  },
});

function cloudMapDatabase(stack: Stack) {
  const vpc = network(stack);
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, defaultCloudMapNamespace: { name: 'lab.internal' } });
  const task = fargateTask(stack, { image: image('mysql:8.4'), portMappings: [{ containerPort: 3306 }] }, {}, 'DatabaseTask');
  const database = new ecs.FargateService(stack, 'Db', { cluster, taskDefinition: task, minHealthyPercent: 0, cloudMapOptions: { name: 'mysql' } });
  const web = fargateService(stack, vpc, fargateTask(stack, { environment: { WORDPRESS_DB_HOST: 'mysql.lab.internal:3306' } }));
  return { database, web };
}

testPair({
  rule: 'named-host-unreachable',
  mistake: 'a database known by its Cloud Map name',
  sees: /WORDPRESS_DB_HOST names Test\/Db, but Test\/Service cannot reach it on port 3306/,
  fails: cloudMapDatabase,
  passes: (stack) => {
    const { database, web } = cloudMapDatabase(stack);
    web.connections.allowTo(database, ec2.Port.tcp(3306));
  },
});

testPair({
  rule: 'named-host-unreachable',
  mistake: 'the secret of an RDS instance, without the rule that lets the task in',
  sees: /DB_PASSWORD names Test\/Database/,
  fails: (stack) => {
    const vpc = network(stack);
    const secret = mysql(stack, vpc).secret!;
    fargateService(stack, vpc, fargateTask(stack, { secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(secret, 'password') } }));
  },
  passes: (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    const task = fargateTask(stack, { secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(database.secret!, 'password') } });
    database.connections.allowDefaultPortFrom(fargateService(stack, vpc, task));
  },
});

testPair({
  rule: 'file-system-unreachable',
  mistake: 'a bridge task, where the rule is for the instances to have',
  sees: /volume data of Test\/Service \(bridge\) needs Test\/Files: .*2049/,
  fails: (stack) => {
    const { vpc, cluster, strategies } = ec2Cluster(stack);
    const task = ec2Task(stack);
    mount(task, fileSystem(stack, vpc), '/uploads');
    new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: task, capacityProviderStrategies: strategies });
  },
  passes: (stack) => {
    const { vpc, cluster, group, strategies } = ec2Cluster(stack);
    const task = ec2Task(stack);
    const files = fileSystem(stack, vpc);
    mount(task, files, '/uploads');
    files.connections.allowDefaultPortFrom(group);
    new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: task, capacityProviderStrategies: strategies });
  },
});

testPair({
  rule: 'file-system-unreachable',
  mistake: 'an awsvpc task without a rule',
  sees: /volume data of Test\/Service \(awsvpc\)/,
  fails: (stack) => {
    const vpc = network(stack);
    const task = fargateTask(stack);
    mount(task, fileSystem(stack, vpc), '/uploads');
    fargateService(stack, vpc, task);
  },
  passes: (stack) => {
    const vpc = network(stack);
    const task = fargateTask(stack);
    const files = fileSystem(stack, vpc);
    mount(task, files, '/uploads');
    files.connections.allowDefaultPortFrom(fargateService(stack, vpc, task));
  },
});

function scheduledBackup(stack: Stack) {
  const vpc = network(stack);
  const database = mysql(stack, vpc);
  const backup = new patterns.ScheduledFargateTask(stack, 'Backup', {
    cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
    schedule: appscaling.Schedule.rate(Duration.days(1)),
    securityGroups: [new ec2.SecurityGroup(stack, 'BackupGroup', { vpc })],
    scheduledFargateTaskImageOptions: { image: image('mysql:8.4'), environment: { MYSQL_HOST: database.dbInstanceEndpointAddress } },
  });
  return { database, backup };
}

testPair({
  rule: 'named-host-unreachable',
  mistake: 'a nightly backup that the database does not let in',
  sees: /MYSQL_HOST names Test\/Database, but Test\/Backup\/ScheduledEventRule cannot reach it/,
  fails: scheduledBackup,
  passes: (stack) => {
    const { database, backup } = scheduledBackup(stack);
    database.connections.allowDefaultPortFrom(backup.task.securityGroups![0]);
  },
});

const ISOLATED: ec2.VpcProps = { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] };

function ecrTask(stack: Stack): ecs.FargateTaskDefinition {
  const repository = `123456789012.dkr.ecr.${stack.region}.amazonaws.com/web:1`;
  return fargateTask(stack, {
    image: ecs.ContainerImage.fromRegistry(repository),
    logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web', logRetention: logs.RetentionDays.ONE_MONTH }),
  });
}

testPair({
  rule: 'image-pull-route',
  mistake: 'isolated subnets with a part of the endpoints',
  sees: /Test\/Service in Test\/Vpc\/IsolatedSubnet1: no way to ecr\.api, s3, logs/,
  fails: (stack) => {
    const vpc = network(stack, ISOLATED);
    vpc.addInterfaceEndpoint('EcrDocker', { service: ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER });
    fargateService(stack, vpc, ecrTask(stack), { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
  },
  passes: (stack) => {
    const vpc = network(stack, ISOLATED);
    vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    const { ECR, ECR_DOCKER, CLOUDWATCH_LOGS } = ec2.InterfaceVpcEndpointAwsService;
    [ECR, ECR_DOCKER, CLOUDWATCH_LOGS].forEach((service, index) => vpc.addInterfaceEndpoint(`Endpoint${index}`, { service }));
    fargateService(stack, vpc, ecrTask(stack), { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
  },
});

testPair({
  rule: 'image-pull-route',
  mistake: 'a closed security group with a single egress rule, to the database',
  sees: /Test\/Group, the security group of Test\/Service, lets nothing out to internet on TCP 443/,
  fails: (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
    const service = fargateService(stack, vpc, fargateTask(stack), { securityGroups: [group] });
    service.connections.allowToDefaultPort(mysql(stack, vpc));
  },
  passes: (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc, allowAllOutbound: false });
    group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
    fargateService(stack, vpc, fargateTask(stack), { securityGroups: [group] });
  },
});

testPair({
  rule: 'image-pull-route',
  mistake: 'Fargate tasks in public subnets without a public address',
  sees: /has no public address/,
  fails: (stack) => {
    const vpc = network(stack, { natGateways: 0 });
    fargateService(stack, vpc, fargateTask(stack), { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } });
  },
  passes: (stack) => {
    const vpc = network(stack, { natGateways: 0 });
    fargateService(stack, vpc, fargateTask(stack), { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, assignPublicIp: true });
  },
});

const signalling = (stack: Stack, vpc: ec2.Vpc) => {
  const userData = ec2.UserData.forLinux();
  const group = new autoscaling.AutoScalingGroup(stack, 'Asg', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    instanceType: new ec2.InstanceType('t3.small'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    userData,
    minCapacity: 2,
    maxCapacity: 4,
    signals: autoscaling.Signals.waitForMinCapacity(),
  });
  userData.addSignalOnExitCommand(group);
};

testPair({
  rule: 'instance-service-unreachable',
  mistake: 'a group that waits for signals of instances without a way out',
  sees: /the instances of Test\/Asg call cloudformation, to signal that they have started: it has no endpoint/,
  fails: (stack) => signalling(stack, network(stack, ISOLATED)),
  passes: (stack) => {
    const vpc = network(stack, ISOLATED);
    vpc.addInterfaceEndpoint('Signals', { service: ec2.InterfaceVpcEndpointAwsService.CLOUDFORMATION });
    signalling(stack, vpc);
  },
});

testPair({
  rule: 'instance-service-unreachable',
  mistake: 'hosts of a cluster that cannot call ECS',
  sees: /the instances of Test\/Asg call ecs, to join their cluster; ecs-agent, to join their cluster/,
  fails: (stack) => {
    const vpc = network(stack, ISOLATED);
    const { cluster, strategies } = ec2Cluster(stack, { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: ec2Task(stack), desiredCount: 2, capacityProviderStrategies: strategies });
  },
  passes: (stack) => {
    const vpc = network(stack);
    const { cluster, strategies } = ec2Cluster(stack, { vpc });
    new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition: ec2Task(stack), desiredCount: 2, capacityProviderStrategies: strategies });
  },
});

testPair({
  rule: 'data-store-open-to-internet',
  mistake: 'a database in public subnets, open to anybody "for the workbench"',
  sees: /Test\/Database \(RDS instance\) lets 0\.0\.0\.0\/0 in on port 3306/,
  fails: (stack) => {
    const vpc = network(stack);
    mysql(stack, vpc, { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, publiclyAccessible: true }).connections.allowDefaultPortFromAnyIpv4();
  },
  passes: (stack) => {
    const vpc = network(stack);
    const service = fargateService(stack, vpc, fargateTask(stack));
    mysql(stack, vpc).connections.allowDefaultPortFrom(service);
  },
});

testPair({
  rule: 'data-store-open-to-internet',
  mistake: 'a web server whose group has 80 and 3306 open, because the database is in the same task',
  sees: /Test\/Service \(ECS service\) lets 0\.0\.0\.0\/0 in on port 3306/,
  fails: (stack) => {
    const vpc = network(stack);
    const service = fargateService(stack, vpc, fargateTask(stack));
    [80, 3306].forEach((port) => service.connections.allowFromAnyIpv4(ec2.Port.tcp(port)));
  },
  passes: (stack) => {
    const vpc = network(stack);
    fargateService(stack, vpc, fargateTask(stack)).connections.allowFromAnyIpv4(ec2.Port.tcp(80));
  },
});

testPair({
  rule: 'data-store-open-to-addresses',
  mistake: 'a file system open to the whole VPC',
  sees: /Test\/Files \(EFS mount targets\) lets 10\.0\.0\.0\/16 in on port 2049/,
  fails: (stack) => {
    const vpc = network(stack, { ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16') });
    fileSystem(stack, vpc).connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/16'));
  },
  passes: (stack) => {
    const vpc = network(stack);
    fileSystem(stack, vpc).connections.allowDefaultPortFrom(fargateService(stack, vpc, fargateTask(stack)));
  },
});

testPair({
  rule: 'open-egress',
  mistake: 'a security group as the CDK makes it',
  sees: /all ports to 0\.0\.0\.0\/0/,
  fails: (stack) => new ec2.SecurityGroup(stack, 'Group', { vpc: network(stack) }),
  passes: (stack) => {
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc: network(stack), allowAllOutbound: false });
    group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
  },
});

const DECLARED = 'cdk-ha-ecs:declared-path';

function declaredPath(stack: Stack) {
  const vpc = network(stack);
  const database = new ec2.SecurityGroup(stack, 'DatabaseGroup', { vpc, allowAllOutbound: false });
  const instance = mysql(stack, vpc, { securityGroups: [database] });
  const web = new ec2.SecurityGroup(stack, 'WebGroup', { vpc, allowAllOutbound: false });
  const service = fargateService(stack, vpc, fargateTask(stack), { securityGroups: [web] });
  stack.node.addMetadata(DECLARED, { source: [web.node.path], target: [database.node.path], fromPort: 3306, toPort: 3306, why: 'Web to database' });
  return { vpc, instance, service };
}

testPair({
  rule: 'declared-path-missing',
  mistake: 'a stated connection whose rules somebody took away',
  sees: /Test\/Service cannot reach Test\/Database on port 3306 \(Web to database\)/,
  fails: declaredPath,
  passes: (stack) => {
    const { instance, service } = declaredPath(stack);
    service.connections.allowToDefaultPort(instance);
  },
});

testPair({
  rule: 'undeclared-path',
  mistake: 'a second way into a database that states its ways',
  sees: /Test\/Other reaches Test\/Database on port 3306/,
  fails: (stack) => {
    const { vpc, instance, service } = declaredPath(stack);
    service.connections.allowToDefaultPort(instance);
    instance.connections.allowDefaultPortFrom(fargateService(stack, vpc, fargateTask(stack, {}, {}, 'OtherTask'), {}, 'Other'));
  },
  passes: (stack) => {
    const { instance, service } = declaredPath(stack);
    service.connections.allowToDefaultPort(instance);
    service.connections.allowToAnyIpv4(ec2.Port.tcp(443));
  },
});

testPair({
  rule: 'target-unreachable',
  mistake: 'the obvious lab: ecs-patterns on EC2 with a capacity provider',
  sees: /Test\/Web\/LB cannot reach Test\/Web\/Service on port 80/,
  fails: (stack) => {
    const { cluster, strategies } = ec2Cluster(stack);
    new patterns.ApplicationLoadBalancedEc2Service(stack, 'Web', {
      cluster, memoryLimitMiB: 512, capacityProviderStrategies: strategies, taskImageOptions: { image: image('php:8') },
    });
  },
  passes: (stack) => {
    const vpc = network(stack);
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
    cluster.addCapacity('Asg', { instanceType: new ec2.InstanceType('m5.large'), machineImage: ecs.EcsOptimizedImage.amazonLinux2023() });
    new patterns.ApplicationLoadBalancedEc2Service(stack, 'Web', {
      cluster, memoryLimitMiB: 512, taskImageOptions: { image: image('php:8') }, healthCheckGracePeriod: Duration.minutes(2),
    });
  },
});
