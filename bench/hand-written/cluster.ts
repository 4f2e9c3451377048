import { aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, aws_logs as logs, aws_servicediscovery as cloudmap, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { httpsOutGroup } from './network';

export interface Cluster {
  readonly cluster: ecs.Cluster;
  readonly namespace: cloudmap.PrivateDnsNamespace;
}

export interface Capacity {
  readonly provider: ecs.AsgCapacityProvider;
}

export function defineCluster(scope: Construct, vpc: ec2.IVpc): Cluster {
  const cluster = new ecs.Cluster(scope, 'Cluster', {
    vpc,
    containerInsightsV2: ecs.ContainerInsights.ENHANCED,
    executeCommandConfiguration: {
      logging: ecs.ExecuteCommandLogging.OVERRIDE,
      logConfiguration: {
        cloudWatchLogGroup: new logs.LogGroup(scope, 'ExecLogs', {
          retention: logs.RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.RETAIN,
        }),
        cloudWatchEncryptionEnabled: false,
      },
    },
  });
  const namespace = new cloudmap.PrivateDnsNamespace(scope, 'Namespace', { name: 'lab.internal', vpc });
  // "No such name" must soon be forgotten: while the database task is replaced its name does not exist.
  (namespace.node.defaultChild as cloudmap.CfnPrivateDnsNamespace).properties = { dnsProperties: { soa: { ttl: 10 } } };
  return { cluster, namespace };
}

export function defineCapacity(scope: Construct, vpc: ec2.IVpc): Capacity {
  const role = new iam.Role(scope, 'InstanceRole', {
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
    description: 'Container instances of an ECS cluster',
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
  });
  const launchTemplate = new ec2.LaunchTemplate(scope, 'LaunchTemplate', {
    instanceType: new ec2.InstanceType('t3.medium'),
    machineImage: ecs.EcsOptimizedImage.amazonLinux2023(),
    role,
    securityGroup: httpsOutGroup(scope, 'InstanceSecurityGroup', vpc, 'Container instances of an ECS cluster',
      'ECS agent, image pulls, logs and Session Manager'),
    userData: hostUserData(),
    requireImdsv2: true,
    httpEndpoint: true,
    httpPutResponseHopLimit: 1,
    detailedMonitoring: false,
    blockDevices: [{
      deviceName: '/dev/xvda',
      volume: ec2.BlockDeviceVolume.ebs(30, { volumeType: ec2.EbsDeviceVolumeType.GP3, encrypted: true, deleteOnTermination: true }),
    }],
  });
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
  const autoScalingGroup = new autoscaling.AutoScalingGroup(scope, 'AutoScalingGroup', {
    vpc,
    vpcSubnets,
    launchTemplate,
    minCapacity: 2,
    maxCapacity: 15,
    maxInstanceLifetime: Duration.days(14),
    groupMetrics: [autoscaling.GroupMetrics.all()],
  });
  // The agent needs its permissions and its way out to the very end, or it cannot report its tasks as stopped.
  autoScalingGroup.node.addDependency(role, vpc.selectSubnets(vpcSubnets).internetConnectivityEstablished);
  const provider = new ecs.AsgCapacityProvider(scope, 'CapacityProvider', {
    autoScalingGroup,
    enableManagedScaling: true,
    targetCapacityPercent: 100,
    instanceWarmupPeriod: 120,
    enableManagedDraining: true,
    enableManagedTerminationProtection: false,
  });
  return { provider };
}

function hostUserData(): ec2.UserData {
  const userData = ec2.UserData.forLinux();
  userData.addCommands(
    'echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config',
    'echo ECS_CONTAINER_STOP_TIMEOUT=120s >> /etc/ecs/ecs.config',
    'echo ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION=10m >> /etc/ecs/ecs.config',
    'echo ECS_IMAGE_CLEANUP_INTERVAL=30m >> /etc/ecs/ecs.config',
    'echo ECS_IMAGE_MINIMUM_CLEANUP_AGE=1h >> /etc/ecs/ecs.config',
    'echo ECS_NUM_IMAGES_DELETE_PER_CYCLE=10 >> /etc/ecs/ecs.config',
  );
  return userData;
}
