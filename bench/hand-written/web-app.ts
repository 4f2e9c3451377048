import { aws_cloudwatch as cloudwatch, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Capacity, Cluster } from './cluster';
import type { Database } from './database';
import { DATABASE_HOST, DATABASE_NAME, DATABASE_PORT } from './database';
import type { Frontend } from './frontend';
import { httpsOutGroup } from './network';
import { containerLogs, defineTask } from './task';

const WEB_PORT = 80;
const MINUTE = Duration.minutes(1);

export interface WebAppProps extends Cluster, Capacity {
  readonly vpc: ec2.IVpc;
  readonly frontend: Frontend;
  readonly database: Database;
  readonly image: ecs.ContainerImage;
  readonly hostNames: string[];
}

export function defineWebApp(scope: Construct, props: WebAppProps): ecs.Ec2Service {
  const securityGroup = httpsOutGroup(scope, 'WebSecurityGroup', props.vpc, 'Tasks of a web application', 'AWS APIs and HTTPS calls of the application');
  const targetGroup = defineTargetGroup(scope, props.vpc);
  const rule = new elbv2.ApplicationListenerRule(scope, 'WebRule', {
    listener: props.frontend.listener,
    priority: 46111,
    conditions: [elbv2.ListenerCondition.hostHeaders(props.hostNames)],
    action: elbv2.ListenerAction.forward([targetGroup]),
  });
  const service = defineService(scope, props, securityGroup, defineAlarms(scope, targetGroup));
  // ECS refuses a service whose target group no listener uses yet.
  service.node.defaultChild!.node.addDependency(rule);
  targetGroup.addTarget(service.loadBalancerTarget({ containerName: 'app', containerPort: WEB_PORT }));
  securityGroup.connections.allowTo(props.database.securityGroup, ec2.Port.tcp(DATABASE_PORT), 'Application connects to the database');

  service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 }).scaleOnCpuUtilization('Cpu', {
    targetUtilizationPercent: 70,
    scaleOutCooldown: Duration.seconds(60),
    scaleInCooldown: Duration.seconds(300),
  });
  return service;
}

function defineTargetGroup(scope: Construct, vpc: ec2.IVpc): elbv2.ApplicationTargetGroup {
  return new elbv2.ApplicationTargetGroup(scope, 'WebTargetGroup', {
    vpc,
    port: WEB_PORT,
    protocol: elbv2.ApplicationProtocol.HTTP,
    protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1,
    targetType: elbv2.TargetType.IP,
    deregistrationDelay: Duration.seconds(30),
    slowStart: Duration.seconds(0),
    loadBalancingAlgorithmType: elbv2.TargetGroupLoadBalancingAlgorithmType.ROUND_ROBIN,
    healthCheck: {
      enabled: true,
      protocol: elbv2.Protocol.HTTP,
      port: 'traffic-port',
      path: '/health',
      healthyHttpCodes: '200',
      interval: Duration.seconds(15),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    },
  });
}

function defineAlarms(scope: Construct, targetGroup: elbv2.ApplicationTargetGroup): cloudwatch.Alarm[] {
  const errors = new cloudwatch.Alarm(scope, 'TargetErrorsAlarm', {
    alarmDescription: 'More than 5 % of the requests end in a server error of the application: a deployment under way is rolled back',
    metric: new cloudwatch.MathExpression({
      label: 'Server errors in percent of requests',
      expression: '100 * errors / requests',
      usingMetrics: {
        errors: targetGroup.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, { period: MINUTE }),
        requests: targetGroup.metrics.requestCount({ period: MINUTE }),
      },
      period: MINUTE,
    }),
    threshold: 5,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  const unhealthy = new cloudwatch.Alarm(scope, 'UnhealthyHostsAlarm', {
    alarmDescription: 'Tasks fail their health checks for longer than they may take to start: a deployment under way is rolled back',
    metric: targetGroup.metrics.unhealthyHostCount({ period: MINUTE, statistic: cloudwatch.Stats.MAXIMUM }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  return [errors, unhealthy];
}

function defineService(scope: Construct, props: WebAppProps, securityGroup: ec2.SecurityGroup, alarms: cloudwatch.Alarm[]): ecs.Ec2Service {
  const taskDefinition = defineWebTask(scope, props);
  const service = new ecs.Ec2Service(scope, 'Web', {
    cluster: props.cluster,
    taskDefinition,
    minHealthyPercent: 100,
    maxHealthyPercent: 150,
    availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
    capacityProviderStrategies: [{ capacityProvider: props.provider.capacityProviderName, weight: 1 }],
    deploymentController: { type: ecs.DeploymentControllerType.ECS },
    circuitBreaker: { enable: true, rollback: true },
    deploymentAlarms: { alarmNames: alarms.map((alarm) => alarm.alarmName), behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
    enableECSManagedTags: true,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
    enableExecuteCommand: false,
    healthCheckGracePeriod: Duration.seconds(120),
    placementConstraints: [ecs.PlacementConstraint.distinctInstances()],
    placementStrategies: [
      ecs.PlacementStrategy.spreadAcross(ecs.BuiltInAttributes.AVAILABILITY_ZONE),
      ecs.PlacementStrategy.spreadAcrossInstances(),
    ],
    securityGroups: [securityGroup],
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
  });
  service.node.defaultChild!.node.addDependency(taskDefinition.taskRole, taskDefinition.obtainExecutionRole(), securityGroup);
  return service;
}

/** Lets the image that stands in until there is one of the application answer the load balancer. */
const BOOTSTRAP_CONFIGURATION = JSON.stringify({
  extensions: { health_check: { endpoint: `0.0.0.0:${WEB_PORT}`, path: '/health', response_body: { healthy: 'cdk-ha-ecs stand-in: no image was deployed yet' } } },
  receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:4318' } } } },
  exporters: { logging: {} },
  service: {
    extensions: ['health_check'],
    telemetry: { metrics: { level: 'none' } },
    pipelines: { metrics: { receivers: ['otlp'], exporters: ['logging'] } },
  },
});

function defineWebTask(scope: Construct, props: WebAppProps): ecs.TaskDefinition {
  const task = defineTask(scope, 'WebTask', 256, 512);
  task.addContainer('app', {
    image: props.image,
    cpu: 256,
    memoryLimitMiB: 512,
    environment: { DB_HOST: DATABASE_HOST, DB_PORT: `${DATABASE_PORT}`, DB_NAME: DATABASE_NAME, AOT_CONFIG_CONTENT: BOOTSTRAP_CONFIGURATION },
    secrets: {
      DB_USER: ecs.Secret.fromSecretsManager(props.database.secret, 'username'),
      DB_PASSWORD: ecs.Secret.fromSecretsManager(props.database.secret, 'password'),
    },
    stopTimeout: Duration.seconds(60),
    readonlyRootFilesystem: false,
    linuxParameters: new ecs.LinuxParameters(task, 'LinuxParameters', { initProcessEnabled: true }),
    portMappings: [{ containerPort: WEB_PORT, name: 'http', appProtocol: ecs.AppProtocol.http }],
    logging: containerLogs(scope, 'WebLogs', 'app'),
  });
  return task;
}
