import {
  Duration, aws_applicationautoscaling as appscaling, aws_codedeploy as codedeploy, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs,
  aws_ecs_patterns as patterns, aws_elasticloadbalancingv2 as elbv2, aws_logs as logs, aws_scheduler as scheduler,
} from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import type { StackProgram } from './program';
import { closedGroup } from './program';
import { fargateService, fargateTask, fileSystem, image, loadBalancer, mount, mysql, network } from '../rules/plain';

const ISOLATED: ec2.VpcProps = { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] };
const { ECR, ECR_DOCKER, CLOUDWATCH_LOGS, SECRETS_MANAGER } = ec2.InterfaceVpcEndpointAwsService;

function privateTask(stack: Stack, options: Partial<ecs.ContainerDefinitionOptions> = {}) {
  return fargateTask(stack, {
    image: ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Images'), '1.0'),
    logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web', logGroup: new logs.LogGroup(stack, 'Logs', { retention: logs.RetentionDays.ONE_MONTH }) }),
    ...options,
  });
}

function endpoints(vpc: ec2.Vpc, services: ec2.InterfaceVpcEndpointAwsService[]): ec2.InterfaceVpcEndpoint[] {
  vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
  return services.map((service, index) => vpc.addInterfaceEndpoint(`Endpoint${index}`, { service }));
}

/** A service with two target groups and a rule, for deployments that shift traffic. */
const shifting = (deploymentStrategy: ecs.DeploymentStrategy): StackProgram => (stack) => {
  const vpc = network(stack);
  const task = fargateTask(stack, { portMappings: [{ containerPort: 80, name: 'http' }] });
  const service = fargateService(stack, vpc, task, { deploymentStrategy });
  const [blue, green] = ['Blue', 'Green'].map((id) => new elbv2.ApplicationTargetGroup(stack, id, { vpc, port: 80, targetType: elbv2.TargetType.IP }));
  const listener = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true }).addListener('Http', { port: 80, defaultAction: elbv2.ListenerAction.fixedResponse(404) });
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
};

/** Fargate in every place and by every way of deployment. */
export const FARGATE: Record<string, StackProgram> = {
  'tasks with public addresses and no NAT gateway': (stack) => {
    const vpc = network(stack, { natGateways: 0 });
    fargateService(stack, vpc, fargateTask(stack), { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, assignPublicIp: true });
  },
  'tasks that reach AWS by endpoints only': (stack) => {
    const vpc = network(stack, ISOLATED);
    endpoints(vpc, [ECR, ECR_DOCKER, CLOUDWATCH_LOGS]);
    fargateService(stack, vpc, privateTask(stack), { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
  },
  'tasks in a closed group that reach AWS by endpoints only': (stack) => {
    const vpc = network(stack, ISOLATED);
    const group = closedGroup(stack, vpc);
    endpoints(vpc, [ECR, ECR_DOCKER, CLOUDWATCH_LOGS, SECRETS_MANAGER]).forEach((endpoint) => endpoint.connections.allowDefaultPortFrom(group));
    const database = mysql(stack, vpc, { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    const task = privateTask(stack, { secrets: { DB_PASSWORD: ecs.Secret.fromSecretsManager(database.secret!, 'password') } });
    const isolated = { securityGroups: [group], vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } };
    fargateService(stack, vpc, task, isolated).connections.allowToDefaultPort(database);
  },
  'Fargate Spot beside Fargate': (stack) => {
    const vpc = network(stack);
    new ecs.Cluster(stack, 'Cluster', { vpc, enableFargateCapacityProviders: true });
    fargateService(stack, vpc, fargateTask(stack), { capacityProviderStrategies: [{ capacityProvider: 'FARGATE', base: 2, weight: 1 }, { capacityProvider: 'FARGATE_SPOT', weight: 3 }] });
  },
  'a service that scales between two and ten': (stack) => {
    fargateService(stack, network(stack), fargateTask(stack)).autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 70 });
  },
  'a service of no task until it is needed': (stack) => fargateService(stack, network(stack), fargateTask(stack), { desiredCount: 0 }),
  'CodeDeploy with two target groups': (stack) => {
    const vpc = network(stack);
    const service = fargateService(stack, vpc, fargateTask(stack), { deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY } });
    const listener = loadBalancer(stack, vpc);
    const blueTargetGroup = listener.addTargets('Blue', { port: 80, targets: [service] });
    const greenTargetGroup = new elbv2.ApplicationTargetGroup(stack, 'Green', { vpc, port: 80, targetType: elbv2.TargetType.IP });
    new codedeploy.EcsDeploymentGroup(stack, 'Deployment', { service, blueGreenDeploymentConfig: { listener, blueTargetGroup, greenTargetGroup } });
  },
  'a service whose deployments another program controls': (stack) => {
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: network(stack) });
    new ecs.CfnService(stack, 'Service', { cluster: cluster.clusterArn, deploymentController: { type: 'EXTERNAL' }, desiredCount: 2 });
  },
  'blue/green': shifting(ecs.DeploymentStrategy.BLUE_GREEN),
  'canary': shifting(ecs.DeploymentStrategy.CANARY),
  'linear': shifting(ecs.DeploymentStrategy.LINEAR),
  'a task every night that copies a database': (stack) => {
    const vpc = network(stack);
    const database = mysql(stack, vpc);
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
    new patterns.ScheduledFargateTask(stack, 'Backup', {
      cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
      schedule: appscaling.Schedule.rate(Duration.days(1)),
      securityGroups: [group],
      scheduledFargateTaskImageOptions: { image: image('mysql:8.4'), environment: { MYSQL_HOST: database.dbInstanceEndpointAddress } },
    });
    database.connections.allowDefaultPortFrom(group);
  },
  'a task that EventBridge Scheduler starts': (stack) => {
    const vpc = network(stack);
    const task = fargateTask(stack);
    new scheduler.CfnSchedule(stack, 'Schedule', {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: 'rate(1 day)',
      target: {
        arn: new ecs.Cluster(stack, 'Cluster', { vpc }).clusterArn,
        roleArn: 'arn:aws:iam::123456789012:role/scheduler',
        ecsParameters: { taskDefinitionArn: task.taskDefinitionArn, launchType: 'FARGATE', networkConfiguration: { awsvpcConfiguration: { subnets: vpc.privateSubnets.map(({ subnetId }) => subnetId) } } },
      },
    });
  },
  'a worker of a queue': (stack) => {
    const pattern = new patterns.QueueProcessingFargateService(stack, 'Worker', { vpc: network(stack), image: image('worker:1'), minScalingCapacity: 2 });
    void pattern;
  },
  'a proxy beside its application, over 127.0.0.1': (stack) => {
    const vpc = network(stack);
    const task = fargateTask(stack, { environment: { UPSTREAM_HOST: '127.0.0.1:9000' } });
    task.addContainer('app', { image: image('php:8.3-fpm'), portMappings: [{ containerPort: 9000 }] });
    loadBalancer(stack, vpc).addTargets('Target', { port: 80, targets: [fargateService(stack, vpc, task)] });
  },
  'logs by FireLens': (stack) => {
    const task = fargateTask(stack, { logging: ecs.LogDrivers.firelens({ options: { Name: 'cloudwatch' } }) });
    fargateService(stack, network(stack), task);
  },
  'a span of container ports': (stack) => {
    const task = fargateTask(stack, { portMappings: [{ containerPort: ecs.ContainerDefinition.CONTAINER_PORT_USE_RANGE, containerPortRange: '8080-8090' }] });
    fargateService(stack, network(stack), task);
  },
  'files of EFS that all tasks share': (stack) => {
    const vpc = network(stack);
    const files = fileSystem(stack, vpc);
    const task = fargateTask(stack);
    mount(task, files, '/uploads');
    files.connections.allowDefaultPortFrom(fargateService(stack, vpc, task));
  },
  'a closed group that may send HTTPS and no more': (stack) => {
    const vpc = network(stack);
    fargateService(stack, vpc, fargateTask(stack), { securityGroups: [closedGroup(stack, vpc)] });
  },
  'Windows containers': (stack) => {
    const runtimePlatform = {
      cpuArchitecture: ecs.CpuArchitecture.X86_64, operatingSystemFamily: ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE,
    };
    fargateService(stack, network(stack), fargateTask(stack, {}, {
      cpu: 1024, memoryLimitMiB: 2048, runtimePlatform,
    }));
  },
};
