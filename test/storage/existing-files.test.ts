import { aws_ec2 as ec2, aws_efs as efs, aws_iam as iam, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SharedFileSystem } from '../../src/storage/shared-file-system';
import type { SharedFileSystemProps } from '../../src/storage/shared-file-system';
import { FLAG_CONTEXTS, testStack } from '../fixtures';

function existing(stack: Stack): { existingFileSystem: efs.IFileSystem; existingAccessPoint: efs.IAccessPoint } {
  const existingFileSystem = efs.FileSystem.fromFileSystemAttributes(stack, 'Existing', {
    fileSystemId: 'fs-12345678',
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'ExistingGroup', 'sg-12345678'),
  });
  return { existingFileSystem, existingAccessPoint: efs.AccessPoint.fromAccessPointId(stack, 'ExistingAccessPoint', 'fsap-12345678') };
}

function uploads(stack: Stack, props: Partial<SharedFileSystemProps>): SharedFileSystem {
  const vpc = props.vpc ?? new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false });
  return new SharedFileSystem(stack, 'Uploads', { ...props, vpc });
}

describe.each(FLAG_CONTEXTS)('an existing file system and access point with %s', (_name, context) => {
  const stack = testStack(context);
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false });
  const files = uploads(stack, { vpc, ...existing(stack) });
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  const consumer = new ec2.SecurityGroup(stack, 'Consumer', { vpc, allowAllOutbound: false });
  files.grantMount(role);
  files.allowConnectionsFrom(consumer);
  const template = Template.fromStack(stack);

  test('define nothing of EFS', () => {
    const types = Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map((resource) => resource.Type);
    expect(types.filter((type) => type.startsWith('AWS::EFS::'))).toEqual([]);
  });

  test('are mounted over TLS with IAM', () => {
    expect(stack.resolve(files.volume().efsVolumeConfiguration)).toEqual({
      fileSystemId: 'fs-12345678', transitEncryption: 'ENABLED', authorizationConfig: { accessPointId: 'fsap-12345678', iam: 'ENABLED' },
    });
  });

  test('let the role mount this access point of this file system only', () => {
    const endsWith = (end: string) => ({ 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(`${end}$`)])] });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
          Resource: endsWith('file-system/fs-12345678'),
          Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': endsWith('access-point/fsap-12345678') } },
        }],
      },
    });
  });

  test('get a rule on the existing group, and the consumer one of its own', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-12345678', FromPort: 2049, ToPort: 2049 });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { DestinationSecurityGroupId: 'sg-12345678', FromPort: 2049 });
  });
});

describe('fails', () => {
  test('for an existing access point without its file system', () => {
    const stack = testStack();
    const { existingAccessPoint } = existing(stack);
    expect(() => uploads(stack, { existingAccessPoint })).toThrow(/existingAccessPoint is set alone.*set existingFileSystem/);
  });

  test.each<[string, Partial<SharedFileSystemProps>]>([
    ['vpcSubnets', { vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } }],
    ['removalPolicy', { removalPolicy: RemovalPolicy.DESTROY }],
  ])('for %s of a file system that exists already', (name, props) => {
    const stack = testStack();
    const { existingFileSystem } = existing(stack);
    expect(() => uploads(stack, { existingFileSystem, ...props }))
      .toThrow(new RegExp(`${name} is set together with existingFileSystem.*leave ${name} out`));
  });

  test.each<[string, Partial<SharedFileSystemProps>]>([
    ['path', { path: '/media' }],
    ['ownerUid', { ownerUid: 1000 }],
    ['ownerGid', { ownerGid: 1000 }],
  ])('for %s of an access point that exists already', (name, props) => {
    const stack = testStack();
    expect(() => uploads(stack, { ...existing(stack), ...props }))
      .toThrow(new RegExp(`${name} is set together with existingAccessPoint.*leave ${name} out`));
  });

  test('for a VPC in which the name of the existing file system would not resolve', () => {
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { enableDnsHostnames: false });
    expect(() => uploads(stack, { vpc, ...existing(stack) })).toThrow(/has enableDnsHostnames off.*turn both on/);
  });
});
