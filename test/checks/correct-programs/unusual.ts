import {
  Duration, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2,
  aws_iam as iam, aws_lambda as lambda, aws_rds as rds, aws_scheduler as scheduler, aws_sns as sns, aws_sns_subscriptions as subscriptions,
  aws_sqs as sqs,
} from 'aws-cdk-lib';
import type { StackProgram } from './program';
import { fargateService, fargateTask, loadBalancer, network } from '../rules/plain';

const ISOLATED: ec2.VpcProps = { natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] };

/** Shapes that work and that few applications have: made by somebody who had not read the rules. */
export const UNUSUAL: Record<string, StackProgram> = {
  'a listener that takes two words of CloudFront while they change': (stack) => {
    const vpc = network(stack);
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
    const listener = balancer.addListener('Http', { port: 80, open: true, defaultAction: elbv2.ListenerAction.fixedResponse(403) });
    listener.addTargets('Target', {
      priority: 1,
      conditions: [elbv2.ListenerCondition.httpHeader('X-Edge', ['old', 'new'])],
      port: 80,
      targets: [fargateService(stack, vpc, fargateTask(stack))],
    });
    new cloudfront.Distribution(stack, 'Edge', {
      defaultBehavior: {
        origin: new origins.LoadBalancerV2Origin(balancer, { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY, customHeaders: { 'X-Edge': 'new' } }),
      },
    });
  },
  'workers that go down to none by the length of their queue': (stack) => {
    const vpc = network(stack);
    const queue = new sqs.Queue(stack, 'Jobs', { deadLetterQueue: { queue: new sqs.Queue(stack, 'Dead', { retentionPeriod: Duration.days(14) }), maxReceiveCount: 3 } });
    const task = fargateTask(stack, { environment: { QUEUE_URL: queue.queueUrl } });
    queue.grantConsumeMessages(task.taskRole);
    fargateService(stack, vpc, task).autoScaleTaskCount({ minCapacity: 0, maxCapacity: 9 }).scaleOnMetric('Depth', {
      metric: queue.metricApproximateNumberOfMessagesVisible(), scalingSteps: [{ upper: 0, change: -1 }, { lower: 1, change: +1 }],
    });
  },
  'a function that has no way out but its endpoint': (stack) => {
    const vpc = network(stack, ISOLATED);
    const queue = new sqs.Queue(stack, 'Out');
    vpc.addInterfaceEndpoint('Sqs', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
    const sender = new lambda.Function(stack, 'Sender', {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
      environment: { QUEUE_URL: queue.queueUrl },
    });
    queue.grantSendMessages(sender);
  },
  'a machine that Session Manager alone reaches': (stack) => {
    const vpc = network(stack, ISOLATED);
    vpc.addInterfaceEndpoint('Ssm', { service: ec2.InterfaceVpcEndpointAwsService.SSM });
    vpc.addInterfaceEndpoint('Channels', { service: ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES });
    new ec2.BastionHostLinux(stack, 'Bastion', { vpc, subnetSelection: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
  },
  'an Aurora cluster whose password AWS rotates': (stack) => {
    const vpc = network(stack);
    const cluster = new rds.DatabaseCluster(stack, 'Db', {
      vpc,
      engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 }),
      writer: rds.ClusterInstance.serverlessV2('writer'),
      readers: [rds.ClusterInstance.serverlessV2('reader', { scaleWithWriter: true })],
    });
    cluster.addRotationSingleUser();
    const task = fargateTask(stack, { secrets: { PASSWORD: ecs.Secret.fromSecretsManager(cluster.secret!, 'password') } });
    cluster.connections.allowDefaultPortFrom(fargateService(stack, vpc, task));
  },
  'a topic whose queue names it in a condition': (stack) => {
    const topic = new sns.Topic(stack, 'News');
    topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(stack, 'Inbox')));
  },
  'a schedule with a capacity provider in place of a launch type': (stack) => {
    const vpc = network(stack);
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, enableFargateCapacityProviders: true });
    const task = fargateTask(stack);
    const role = new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    task.grantRun(role);
    new scheduler.CfnSchedule(stack, 'Hourly', {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: 'rate(1 hour)',
      target: {
        arn: cluster.clusterArn,
        roleArn: role.roleArn,
        ecsParameters: {
          taskDefinitionArn: task.taskDefinitionArn,
          capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
          networkConfiguration: { awsvpcConfiguration: { subnets: vpc.selectSubnets({ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }).subnetIds } },
        },
      },
    });
  },
  'a load balancer of the application behind one with fixed addresses, asked for health on a sidecar': (stack) => {
    const vpc = network(stack);
    const task = fargateTask(stack);
    task.addContainer('envoy', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/appmesh/envoy:v1'), portMappings: [{ containerPort: 9901 }] });
    const service = fargateService(stack, vpc, task);
    const listener = loadBalancer(stack, vpc);
    listener.addTargets('Target', { port: 80, targets: [service], healthCheck: { port: '9901', path: '/ready' } });
    service.connections.allowFrom(listener, ec2.Port.tcp(9901));
  },
};
