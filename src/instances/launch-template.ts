import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { aws_iam as iam, Size } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What instances of different kinds do not have in common. */
export interface LaunchTemplateProps {
  readonly instanceType: ec2.InstanceType;
  readonly machineImage: ec2.IMachineImage;
  /** The role, by itself or in a profile. */
  readonly identity: { readonly role: iam.IRole } | { readonly instanceProfile: iam.IInstanceProfile };
  readonly securityGroup: ec2.ISecurityGroup;
  readonly userData: ec2.UserData;
  readonly rootDeviceName: string;
  readonly rootVolumeSize: Size;
  readonly detailedMonitoring: boolean;
  readonly cpuCredits?: ec2.CpuCredits;
}

/** Defines the launch template of instances: IMDSv2 only, and one encrypted gp3 volume that goes with the instance. */
export function defineLaunchTemplate(scope: Construct, props: LaunchTemplateProps): ec2.LaunchTemplate {
  const { identity, rootDeviceName, rootVolumeSize, ...rest } = props;
  return new ec2.LaunchTemplate(scope, 'LaunchTemplate', {
    ...rest,
    ...identity,
    requireImdsv2: true,
    httpEndpoint: true,
    // One hop keeps containers on a bridge from the instance's credentials, and with them from secrets that are not theirs.
    httpPutResponseHopLimit: 1,
    blockDevices: [{
      deviceName: rootDeviceName,
      volume: ec2.BlockDeviceVolume.ebs(rootVolumeSize.toGibibytes(), {
        volumeType: ec2.EbsDeviceVolumeType.GP3,
        encrypted: true,
        deleteOnTermination: true,
      }),
    }],
  });
}
