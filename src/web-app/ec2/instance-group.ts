import { Duration, aws_autoscaling as autoscaling, aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import type { Ec2InstanceOptions } from './ec2-web-app-options';
import type { Ec2WebAppSettings } from './ec2-web-app-settings';
import { waitForApplication } from './launch-hook';
import { defineInstanceRole, findRoleProblem } from '../../instances/instance-role';
import { defineLaunchTemplate } from '../../instances/launch-template';
import { requireFittingImage } from '../../instances/machine-image';
import { acknowledge } from '../../private/acknowledge';
import { fail, isKnown } from '../../private/errors';
import { openHttpsOut } from '../../private/open-paths';
import { knownZones, privateSubnets, requireTwoZones, warnOfPublicSubnets } from '../../private/private-subnets';
import { closedSecurityGroup } from '../../private/security-group';
import { warn } from '../../private/warnings';

/** What an `Ec2InstanceGroup` needs. */
export interface Ec2InstanceGroupProps {
  readonly settings: Ec2WebAppSettings;
  readonly options: Ec2InstanceOptions;
}

/**
 * Instances of one kind in all zones: launch template, role, security group, Auto Scaling group.
 */
export class Ec2InstanceGroup extends Construct {
  public readonly autoScalingGroup: autoscaling.AutoScalingGroup;
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly role: iam.IRole;
  public readonly vpcSubnets: ec2.SubnetSelection;

  /** The script of the first boot; it may grow until synthesis. */
  public readonly userData = ec2.UserData.forLinux({ shebang: '#!/bin/bash' });

  public constructor(scope: Construct, id: string, props: Ec2InstanceGroupProps) {
    super(scope, id);
    const { vpc } = props.settings;
    const subnets = props.options.vpcSubnets ?? privateSubnets(this, vpc);
    this.vpcSubnets = subnets;
    requireTwoZones(this, 'vpcSubnets', knownZones(vpc, subnets) ?? ['unknown', 'zones']);
    warnOfPublicSubnets(this, 'HaEc2WebApp.publicSubnets', vpc, subnets);

    this.securityGroup = closedSecurityGroup(this, 'SecurityGroup', vpc, 'Instances of a web application');
    const why = 'Packages, image pulls, AWS APIs, Session Manager and HTTPS calls of the application';
    openHttpsOut(this, this.securityGroup, why);

    this.role = importedRole(this, props.options) ?? this.defineRole();
    const launchTemplate = this.defineLaunchTemplate(props);
    requireImage(this, props, launchTemplate);
    this.autoScalingGroup = this.defineGroup(props, subnets, launchTemplate);
    waitForApplication(this.autoScalingGroup, this.role, props.settings.startTimeout);
    this.startAfter(this.role, this.securityGroup, vpc.selectSubnets(subnets).internetConnectivityEstablished);
  }

  /** Instances start after these, and are gone before them. */
  public startAfter(...needed: IDependable[]): void {
    this.autoScalingGroup.node.addDependency(...needed);
  }

  private defineRole(): iam.Role {
    const role = defineInstanceRole(this, 'Instances of a web application');
    acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'To ask for the group of an instance, and for a token of ECR, knows no resource; '
      + 'to complete a launch is limited to the own group by its tag, and pulling to the repositories (IAM5).');
    return role;
  }

  private defineLaunchTemplate({ settings, options }: Ec2InstanceGroupProps): ec2.LaunchTemplate {
    const { instanceType, rootDeviceName, rootVolumeSize } = settings;
    const known = isKnown(instanceType.toString());
    const arm = known && instanceType.architecture === ec2.InstanceArchitecture.ARM_64;
    return defineLaunchTemplate(this, {
      instanceType,
      machineImage: options.machineImage ?? ec2.MachineImage.latestAmazonLinux2023({
        cpuType: arm ? ec2.AmazonLinuxCpuType.ARM_64 : ec2.AmazonLinuxCpuType.X86_64,
        cachedInContext: false,
      }),
      identity: options.instanceProfile ? { instanceProfile: options.instanceProfile } : { role: this.role },
      securityGroup: this.securityGroup,
      userData: this.userData,
      rootDeviceName,
      rootVolumeSize,
      cpuCredits: known && instanceType.isBurstable() ? ec2.CpuCredits.UNLIMITED : undefined,
      detailedMonitoring: true,
    });
  }

  private defineGroup(props: Ec2InstanceGroupProps, subnets: ec2.SubnetSelection, launchTemplate: ec2.LaunchTemplate): autoscaling.AutoScalingGroup {
    const { minInstances, maxInstances, startTimeout, maxInstanceLifetime, gracePeriod, cpuTargetPercent } = props.settings;
    const group = new autoscaling.AutoScalingGroup(this, 'AutoScalingGroup', {
      vpc: props.settings.vpc,
      vpcSubnets: subnets,
      launchTemplate,
      // No desired capacity: each deployment would set it back, against what scaling decided.
      minCapacity: minInstances,
      maxCapacity: maxInstances,
      healthChecks: props.settings.frontend
        ? autoscaling.HealthChecks.withAdditionalChecks({ additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB], gracePeriod })
        : autoscaling.HealthChecks.ec2({ gracePeriod }),
      signals: autoscaling.Signals.waitForMinCapacity({ timeout: startTimeout }),
      updatePolicy: autoscaling.UpdatePolicy.rollingUpdate({
        minInstancesInService: minInstances,
        maxBatchSize: 1,
        waitOnResourceSignals: true,
        pauseTime: startTimeout,
      }),
      defaultInstanceWarmup: Duration.seconds(180),
      maxInstanceLifetime,
      // An instance that is too old is replaced by starting the new one first.
      minHealthyPercentage: 100,
      maxHealthyPercentage: 150,
      groupMetrics: [autoscaling.GroupMetrics.all()],
    });
    group.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: cpuTargetPercent });
    acknowledge(
      group,
      'AwsSolutions-AS3',
      'The group follows the load all day: a notification for each instance would drown the alarms that matter (AS3).',
    );
    return group;
  }
}

function importedRole(scope: Construct, options: Ec2InstanceOptions): iam.IRole | undefined {
  const problem = findRoleProblem(options, 'instances.');
  if (problem) fail(scope, problem);
  return options.instanceProfile?.role ?? options.instanceRole;
}

function requireImage(scope: Construct, { options, settings }: Ec2InstanceGroupProps, launchTemplate: ec2.LaunchTemplate): void {
  if (options.machineImage === undefined) return;
  const { instanceType } = settings;
  const known = isKnown(instanceType.toString());
  const parameter = requireFittingImage(scope, launchTemplate, {
    prefix: 'instances.',
    instanceType,
    architecture: known ? architectureName(instanceType) : undefined,
    allowed: 'an image of the Amazon Linux 2023 family',
    fix: 'use ec2.MachineImage.latestAmazonLinux2023(), or leave it out',
  });
  if (parameter !== undefined && /\/amzn2?-ami/.test(parameter)) {
    warn(scope, 'HaEc2WebApp.endOfLifeImage',
      `instances.machineImage ${parameter} is Amazon Linux 2 or older, which gets no security updates and has no dnf; use `
      + 'ec2.MachineImage.latestAmazonLinux2023()');
  }
}

/** As the parameters of images write it. */
function architectureName(type: ec2.InstanceType): string {
  return type.architecture === ec2.InstanceArchitecture.ARM_64 ? 'ARM64' : 'X86_64';
}
