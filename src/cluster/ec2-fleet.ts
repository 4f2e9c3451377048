import { aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, CfnResource } from 'aws-cdk-lib';
import type { aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Ec2CapacitySettings } from './ec2-capacity-options';
import { instanceSource } from './ec2-spot';
import { hostUserData } from './host-user-data';
import { safeProviderName } from './provider-name';
import { defineInstanceRole } from '../instances/instance-role';
import { defineLaunchTemplate } from '../instances/launch-template';
import { requireFittingImage } from '../instances/machine-image';
import { findUserDataProblem } from '../instances/user-data-size';
import { acknowledge } from '../private/acknowledge';
import { describeComplaint, fail, isKnown } from '../private/errors';
import { openHttpsOut } from '../private/open-paths';
import { knownZones, privateSubnets, requireTwoZones, warnOfPublicSubnets } from '../private/private-subnets';
import { closedSecurityGroup } from '../private/security-group';
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

  public constructor(scope: Construct, id: string, props: Ec2FleetProps) {
    super(scope, id);

    const subnets = props.vpcSubnets ?? privateSubnets(this, props.vpc);
    requireTwoZones(this, 'vpcSubnets', knownZones(props.vpc, subnets) ?? ['unknown', 'zones']);
    warnOfPublicSubnets(this, 'EcsCapacity.publicSubnets', props.vpc, subnets);
    warnAboutOneInstance(this, props);

    const securityGroup = closedSecurityGroup(this, 'SecurityGroup', props.vpc, 'Container instances of an ECS cluster');
    openHttpsOut(this, securityGroup, 'ECS agent, image pulls, logs and Session Manager');

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
    if (props.managedDraining === false) disableDraining(provider);
    // Without this a bridge-mode service would have no security group, and its load balancer no rule to reach it.
    props.cluster.connections.addSecurityGroup(securityGroup);
    this.node.addValidation({ validate: () => [...this.findSecondController(), ...findLongUserData(this.autoScalingGroup.userData)] });
  }

  private defineLaunchTemplate(props: Ec2FleetProps, securityGroup: ec2.ISecurityGroup): ec2.LaunchTemplate {
    const arm = props.cpuArchitecture._cpuArchitecture === ecs.CpuArchitecture.ARM64._cpuArchitecture;
    const launchTemplate = defineLaunchTemplate(this, {
      instanceType: props.instanceType,
      machineImage: props.machineImage
        ?? ecs.EcsOptimizedImage.amazonLinux2023(arm ? ecs.AmiHardwareType.ARM : ecs.AmiHardwareType.STANDARD),
      identity: props.instanceProfile ? { instanceProfile: props.instanceProfile } : { role: props.instanceRole ?? this.defineRole() },
      securityGroup,
      // Tasks on their own network interface pass the hop limit by: the agent's settings keep them from the credentials.
      userData: hostUserData(props.spot !== undefined),
      rootDeviceName: '/dev/xvda',
      rootVolumeSize: props.rootVolumeSize,
      detailedMonitoring: props.detailedMonitoring ?? false,
    });
    requireImage(this, props, launchTemplate);
    return launchTemplate;
  }

  private defineRole(): iam.Role {
    const role = defineInstanceRole(this, 'Container instances of an ECS cluster');
    acknowledge(role, 'AwsSolutions-IAM5[Action::ecs:Submit*]', 'The agent reports state changes, to this one cluster only.');
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]',
      'ecs:DiscoverPollEndpoint and ecr:GetAuthorizationToken know no resource; polling is limited to this cluster by condition.');
    return role;
  }

  private defineGroup(props: Ec2FleetProps, subnets: ec2.SubnetSelection, launchTemplate: ec2.LaunchTemplate): autoscaling.AutoScalingGroup {
    const group = new autoscaling.AutoScalingGroup(this, 'AutoScalingGroup', {
      vpc: props.vpc,
      vpcSubnets: subnets,
      ...instanceSource(launchTemplate, props),
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
    acknowledge(
      group,
      'AwsSolutions-AS3',
      'ECS scales the group with its tasks all day: a notification for each instance would drown the alarms that matter.',
    );
    return group;
  }

  private findSecondController(): string[] {
    const own = this.autoScalingGroup.node.findAll().some((child) =>
      CfnResource.isCfnResource(child) && child.cfnResourceType === 'AWS::AutoScaling::ScalingPolicy');
    return own
      ? ['the Auto Scaling group has a scaling policy of its own, but must be scaled by ECS alone (managed scaling): remove the policy, and set '
        + 'targetCapacityPercent below 100 for spare instances']
      : [];
  }
}

/** Its user may add commands until synthesis. */
function findLongUserData(userData: ec2.UserData): string[] {
  const problem = findUserDataProblem(userData.render(), 'the commands that were added to it');
  return problem === undefined ? [] : [describeComplaint(problem)];
}

function warnAboutOneInstance(scope: Construct, props: Ec2FleetProps): void {
  if (!isKnown(props.minInstances) || props.minInstances >= 2) return;
  warn(scope, 'EcsCapacity.fewerThanTwoInstances',
    `minInstances is ${props.minInstances}: with fewer than 2 instances the loss of one zone can stop every task; set minInstances to 2 or more`);
}

function requireImage(scope: Construct, props: Ec2FleetProps, launchTemplate: ec2.LaunchTemplate): void {
  if (props.machineImage === undefined) return;
  const allowed = 'an ECS-optimized Amazon Linux image';
  const fix = 'use ecs.EcsOptimizedImage.amazonLinux2023()';
  const architecture = props.cpuArchitecture._cpuArchitecture;
  const parameter = requireFittingImage(scope, launchTemplate, { instanceType: props.instanceType, architecture, allowed, fix });
  if (parameter === undefined) return;

  if (/bottlerocket/.test(parameter)) {
    fail(scope, { got: `machineImage ${parameter} is Bottlerocket`, allowed, fix });
  }
  if (/\/amazon-linux(-2)?\//.test(parameter)) {
    warn(scope, 'EcsCapacity.endOfLifeImage',
      `machineImage ${parameter} is Amazon Linux 2 or older, which no longer gets security updates; use ecs.EcsOptimizedImage.amazonLinux2023()`);
  }
}

/** Past the CDK, which where ECS does not drain has a function of its own do it: that one holds an instance just the same. */
function disableDraining(provider: ecs.AsgCapacityProvider): void {
  const resource = provider.node.findAll().find((each): each is ecs.CfnCapacityProvider => each instanceof ecs.CfnCapacityProvider)!;
  resource.addPropertyOverride('AutoScalingGroupProvider.ManagedDraining', 'DISABLED');
}
