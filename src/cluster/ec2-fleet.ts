import { aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Ec2CapacitySettings } from './ec2-capacity';
import { hostUserData } from './host-user-data';
import { safeProviderName } from './provider-name';
import { imageArchitecture, imageParameter } from '../instances/instance-architecture';
import { acknowledge } from '../private/acknowledge';
import { acknowledgeManagedPolicy } from '../private/acknowledge-policy';
import { declarePath } from '../private/declared-paths';
import { fail, isKnown } from '../private/errors';
import { knownZones, privateSubnets, requireTwoZones } from '../private/private-subnets';
import { allowHttpsOut, closedSecurityGroup } from '../private/security-group';
import { warn } from '../private/warnings';

/** What an `Ec2Fleet` needs. */
export interface Ec2FleetProps extends Ec2CapacitySettings {
  readonly vpc: ec2.IVpc;
  readonly cluster: ecs.Cluster;
}

/**
 * The container instances of a cluster: launch template, Auto Scaling group and capacity provider.
 */
export class Ec2Fleet extends Construct {
  public readonly autoScalingGroup: autoscaling.AutoScalingGroup;
  public readonly capacityProviderName: string;

  constructor(scope: Construct, id: string, props: Ec2FleetProps) {
    super(scope, id);

    const subnets = props.vpcSubnets ?? privateSubnets(this, props.vpc);
    requireTwoZones(this, 'vpcSubnets', knownZones(props.vpc, subnets) ?? ['unknown', 'zones']);
    warnAboutOneInstance(this, props);

    const securityGroup = closedSecurityGroup(this, 'SecurityGroup', props.vpc, 'Container instances of an ECS cluster');
    allowHttpsOut(securityGroup, 'ECS agent, image pulls, logs and Session Manager');
    declarePath(this, securityGroup, 'internet', { fromPort: 443, why: 'ECS agent, image pulls, logs and Session Manager' });

    this.autoScalingGroup = this.defineGroup(props, subnets, this.defineLaunchTemplate(props, securityGroup));
    const provider = new ecs.AsgCapacityProvider(this, 'CapacityProvider', {
      capacityProviderName: safeProviderName(this),
      autoScalingGroup: this.autoScalingGroup,
      enableManagedScaling: true,
      targetCapacityPercent: props.targetCapacityPercent,
      instanceWarmupPeriod: 120,
      enableManagedDraining: true,
      enableManagedTerminationProtection: props.managedTerminationProtection ?? false,
    });
    this.capacityProviderName = provider.capacityProviderName;

    props.cluster.addAsgCapacityProvider(provider);
    // Without this a bridge-mode service would have no security group, and its load balancer no rule to reach it.
    props.cluster.connections.addSecurityGroup(securityGroup);
    this.node.addValidation({ validate: () => this.findSecondController() });
  }

  private defineLaunchTemplate(props: Ec2FleetProps, securityGroup: ec2.ISecurityGroup): ec2.LaunchTemplate {
    const arm = props.cpuArchitecture._cpuArchitecture === ecs.CpuArchitecture.ARM64._cpuArchitecture;
    const launchTemplate = new ec2.LaunchTemplate(this, 'LaunchTemplate', {
      instanceType: props.instanceType,
      machineImage: props.machineImage
        ?? ecs.EcsOptimizedImage.amazonLinux2023(arm ? ecs.AmiHardwareType.ARM : ecs.AmiHardwareType.STANDARD),
      ...(props.instanceProfile ? { instanceProfile: props.instanceProfile } : { role: props.instanceRole ?? this.defineRole() }),
      securityGroup,
      userData: hostUserData(),
      requireImdsv2: true,
      httpEndpoint: true,
      // One hop keeps containers on the bridge from the instance's credentials; in awsvpc mode the agent blocks them (user data).
      httpPutResponseHopLimit: 1,
      detailedMonitoring: props.detailedMonitoring ?? false,
      blockDevices: [{
        deviceName: '/dev/xvda',
        volume: ec2.BlockDeviceVolume.ebs(props.rootVolumeSize.toGibibytes(), {
          volumeType: ec2.EbsDeviceVolumeType.GP3,
          encrypted: true,
          deleteOnTermination: true,
        }),
      }],
    });
    checkImage(this, props, launchTemplate);
    return launchTemplate;
  }

  private defineRole(): iam.Role {
    const role = new iam.Role(this, 'InstanceRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      description: 'Container instances of an ECS cluster',
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    });
    acknowledgeManagedPolicy(role, 'AmazonSSMManagedInstanceCore',
      'AWS maintains this policy for Session Manager, which replaces SSH and key pairs.');
    acknowledge(role, 'AwsSolutions-IAM5[Action::ecs:Submit*]', 'The agent reports state changes, to this one cluster only.');
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]',
      'ecs:DiscoverPollEndpoint and ecr:GetAuthorizationToken know no resource; polling is limited to this cluster by condition.');
    return role;
  }

  private defineGroup(props: Ec2FleetProps, subnets: ec2.SubnetSelection, launchTemplate: ec2.LaunchTemplate): autoscaling.AutoScalingGroup {
    const group = new autoscaling.AutoScalingGroup(this, 'AutoScalingGroup', {
      vpc: props.vpc,
      vpcSubnets: subnets,
      launchTemplate,
      // No desired capacity: each deployment would set it back, against what ECS decided.
      minCapacity: props.minInstances,
      maxCapacity: props.maxInstances,
      maxInstanceLifetime: props.maxInstanceLifetime,
      groupMetrics: [autoscaling.GroupMetrics.all()],
    });
    // The agent needs its permissions and its way out to the very end: without them it cannot report its tasks as stopped,
    // and deletion waits for them.
    if (launchTemplate.role) group.node.addDependency(launchTemplate.role);
    group.node.addDependency(props.vpc.selectSubnets(subnets).internetConnectivityEstablished);
    acknowledge(group, 'AwsSolutions-AS3', 'ECS scales the group with its tasks all day: a notification for each instance would drown the alarms that matter.');
    return group;
  }

  private findSecondController(): string[] {
    const own = this.autoScalingGroup.node.findAll().some((child) =>
      CfnResource.isCfnResource(child) && child.cfnResourceType === 'AWS::AutoScaling::ScalingPolicy');
    return own
      ? ['the Auto Scaling group has a scaling policy of its own, but must be scaled by ECS alone (managed scaling): remove the policy, and set targetCapacityPercent below 100 for spare instances']
      : [];
  }
}

function warnAboutOneInstance(scope: Construct, props: Ec2FleetProps): void {
  if (!isKnown(props.minInstances) || props.minInstances >= 2) return;
  warn(scope, 'EcsCapacity.fewerThanTwoInstances',
    `minInstances is ${props.minInstances}: with fewer than 2 instances the loss of one zone can stop every task; set minInstances to 2 or more`);
}

function checkImage(scope: Construct, props: Ec2FleetProps, launchTemplate: ec2.LaunchTemplate): void {
  if (props.machineImage === undefined) return;
  if (launchTemplate.osType !== ec2.OperatingSystemType.LINUX) {
    fail(scope, { got: 'machineImage is not a Linux image', allowed: 'an ECS-optimized Amazon Linux image', fix: 'use ecs.EcsOptimizedImage.amazonLinux2023()' });
  }
  const parameter = launchTemplate.imageId === undefined ? undefined : imageParameter(scope, launchTemplate.imageId);
  if (parameter === undefined) return;

  const has = imageArchitecture(parameter);
  if (has !== undefined && has._cpuArchitecture !== props.cpuArchitecture._cpuArchitecture) {
    fail(scope, {
      got: `machineImage ${parameter} is built for ${has._cpuArchitecture}, but instanceType ${props.instanceType} is ${props.cpuArchitecture._cpuArchitecture}`,
      allowed: `an image for ${props.cpuArchitecture._cpuArchitecture}`,
      fix: 'leave machineImage out, so that the image follows the instance type, or choose another instance type',
    });
  }
  if (/bottlerocket/.test(parameter)) {
    fail(scope, { got: `machineImage ${parameter} is Bottlerocket`, allowed: 'an ECS-optimized Amazon Linux image', fix: 'use ecs.EcsOptimizedImage.amazonLinux2023()' });
  }
  if (/\/amazon-linux(-2)?\//.test(parameter)) {
    warn(scope, 'EcsCapacity.endOfLifeImage',
      `machineImage ${parameter} is Amazon Linux 2 or older, which no longer gets security updates; use ecs.EcsOptimizedImage.amazonLinux2023()`);
  }
}
