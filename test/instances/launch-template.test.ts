import { aws_ec2 as ec2, aws_iam as iam, Size } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { findRoleProblem } from '../../src/instances/instance-role';
import { defineLaunchTemplate } from '../../src/instances/launch-template';
import { closedSecurityGroup } from '../../src/private/security-group';
import { testStack } from '../fixtures';

describe('a launch template', () => {
  const stack = testStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  defineLaunchTemplate(stack, {
    instanceType: new ec2.InstanceType('t4g.small'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    identity: { role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }) },
    securityGroup: closedSecurityGroup(stack, 'Group', vpc, 'Instances'),
    userData: ec2.UserData.forLinux(),
    rootDeviceName: '/dev/sda1',
    rootVolumeSize: Size.gibibytes(40),
    detailedMonitoring: true,
  });
  const template = Template.fromStack(stack);
  const has = (data: object) => template.hasResourceProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: Match.objectLike(data) });

  test('asks for a token of IMDSv2, one hop away at most', () => {
    has({ MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' } });
  });

  test('has one encrypted gp3 volume that goes with the instance', () => {
    has({ BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { DeleteOnTermination: true, Encrypted: true, VolumeSize: 40, VolumeType: 'gp3' } }] });
  });

  test('has the monitoring that was asked for', () => {
    has({ Monitoring: { Enabled: true } });
  });
});

describe('the role a user passes in', () => {
  const stack = testStack();
  const instanceRole = iam.Role.fromRoleName(stack, 'Role', 'instances');
  const profileOf = (role?: iam.IRole) => iam.InstanceProfile.fromInstanceProfileAttributes(stack, `Profile${role ? 'Known' : 'Unknown'}`, {
    instanceProfileArn: 'arn:aws:iam::111111111111:instance-profile/instances', role,
  });
  const known = profileOf(instanceRole);
  const unknown = profileOf();

  test('may be alone', () => {
    expect(findRoleProblem({ instanceRole })).toBeUndefined();
  });

  test('may be in a profile', () => {
    expect(findRoleProblem({ instanceProfile: known })).toBeUndefined();
  });

  test('may not be both', () => {
    expect(findRoleProblem({ instanceRole, instanceProfile: known }, 'instances.')?.got)
      .toBe('instances.instanceRole and instances.instanceProfile are both set');
  });

  test('must be known', () => {
    expect(findRoleProblem({ instanceProfile: unknown })?.got).toBe('instanceProfile has no role');
  });
});
