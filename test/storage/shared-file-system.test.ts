import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_iam as iam, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EncryptedFileSystem } from '../../src/storage/encrypted-file-system';
import { SharedFileSystem } from '../../src/storage/shared-file-system';
import type { SharedFileSystemProps } from '../../src/storage/shared-file-system';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { dependencyCycle, resourcesOf } from '../templates';

function shared(stack: Stack, props: Partial<SharedFileSystemProps> = {}): SharedFileSystem {
  const vpc = props.vpc ?? new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false });
  return new SharedFileSystem(stack, 'Uploads', { vpc, ...props });
}

/** A consumer as the library makes them: its own group without egress, its service after everything a mount needs. */
function consumerOf(files: SharedFileSystem, stack: Stack, vpc: ec2.IVpc) {
  const group = new ec2.SecurityGroup(stack, 'Consumer', { vpc, allowAllOutbound: false });
  const task = new ecs.FargateTaskDefinition(stack, 'Task', { volumes: [files.volume()] });
  task.addContainer('app', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28') })
    .addMountPoints({ containerPath: '/uploads', sourceVolume: files.volume().name, readOnly: false });
  files.grantMount(task.taskRole);
  files.allowConnectionsFrom(group);
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
  const service = new ecs.FargateService(stack, 'Service', { cluster, taskDefinition: task, securityGroups: [group], minHealthyPercent: 100, circuitBreaker: { rollback: true } });
  service.node.addDependency(group, ...files.mountDependencies);
}

describe.each(FLAG_CONTEXTS)('SharedFileSystem with %s', (_name, context) => {
  const stack = testStack(context);
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false });
  const files = shared(stack, { vpc });
  consumerOf(files, stack, vpc);
  const template = Template.fromStack(stack);
  const resources = resourcesOf(stack);
  const idsOf = (type: string) => Object.keys(resources).filter((id) => resources[id].Type === type).sort();

  test('is encrypted at rest, general purpose, elastic and backed up', () => {
    template.hasResourceProperties('AWS::EFS::FileSystem', {
      Encrypted: true, PerformanceMode: 'generalPurpose', ThroughputMode: 'elastic', BackupPolicy: { Status: 'ENABLED' },
    });
  });

  test('moves files nobody reads for 30 days to cheaper storage, and back with the first access', () => {
    template.hasResourceProperties('AWS::EFS::FileSystem', {
      LifecyclePolicies: [{ TransitionToIA: 'AFTER_30_DAYS' }, { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' }],
    });
  });

  test('its policy refuses plain connections and lets in principals of the account only', () => {
    const [fileSystem] = Object.values(template.findResources('AWS::EFS::FileSystem'));
    const statements = fileSystem.Properties.FileSystemPolicy.Statement;
    expect(statements).toHaveLength(2);
    expect(statements[0]).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(statements[1]).toMatchObject({ Effect: 'Allow', Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'] });
    expect(JSON.stringify(statements[1].Principal)).toContain(':root');
  });

  test('nobody gets root access to it', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('ClientRootAccess');
  });

  test('has a mount target in each private subnet, named by the subnet whatever the flags say', () => {
    expect(idsOf('AWS::EFS::MountTarget')).toEqual([
      'UploadsFilesFileSystemA218E067MountTargetPrivateSubnet1',
      'UploadsFilesFileSystemA218E067MountTargetPrivateSubnet2',
    ]);
    const subnets = template.findResources('AWS::EFS::MountTarget');
    expect(Object.values(subnets).map((target) => target.Properties.SubnetId.Ref)).toEqual(
      expect.arrayContaining([expect.stringMatching(/PrivateSubnet1/), expect.stringMatching(/PrivateSubnet2/)]));
  });

  test('its security group lets nothing out', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Mount targets of a file system',
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
      SecurityGroupIngress: Match.absent(),
    });
  });

  test('the access point makes www-data the owner, with nothing for others', () => {
    template.hasResourceProperties('AWS::EFS::AccessPoint', {
      PosixUser: { Uid: '33', Gid: '33' },
      RootDirectory: { Path: '/shared', CreationInfo: { OwnerUid: '33', OwnerGid: '33', Permissions: '0750' } },
    });
  });

  test('the volume is mounted over TLS with IAM through the access point, without a root directory', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Volumes: [{
        EFSVolumeConfiguration: {
          TransitEncryption: 'ENABLED',
          AuthorizationConfig: { IAM: 'ENABLED', AccessPointId: Match.anyValue() },
          RootDirectory: Match.absent(),
        },
      }],
    });
  });

  test('the task role may mount and write through this access point only', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
          Resource: Match.anyValue(),
          Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': Match.anyValue() } },
        }],
      },
    });
  });

  test('a service waits for every mount target and for both rules', () => {
    const [service] = Object.values(template.findResources('AWS::ECS::Service'));
    expect(service.DependsOn).toEqual(expect.arrayContaining([
      ...idsOf('AWS::EFS::MountTarget'), ...idsOf('AWS::EC2::SecurityGroupEgress'), ...idsOf('AWS::EC2::SecurityGroupIngress'),
    ]));
  });

  test('the file system outlives its stack', () => {
    template.hasResource('AWS::EFS::FileSystem', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('there is no dependency cycle', () => {
    expect(dependencyCycle(resources)).toBeUndefined();
  });

  test('a consumer in another stack holds both rules, and no cycle forms', () => {
    const app = new App({ context });
    const data = new Stack(app, 'Data', { env: { region: 'eu-west-1' } });
    const web = new Stack(app, 'Web', { env: { region: 'eu-west-1' } });
    const network = new ec2.Vpc(data, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false });
    consumerOf(shared(data, { vpc: network }), web, network);

    const consumer = Template.fromStack(web);
    consumer.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 2049, ToPort: 2049 });
    consumer.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 2049, ToPort: 2049 });
    Template.fromStack(data).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });
});

describe('SharedFileSystem', () => {
  test('takes another owner, path and removal policy', () => {
    const stack = testStack();
    shared(stack, { ownerUid: 1000, path: '/media', removalPolicy: RemovalPolicy.DESTROY });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EFS::AccessPoint', { PosixUser: { Uid: '1000', Gid: '1000' }, RootDirectory: Match.objectLike({ Path: '/media' }) });
    template.hasResource('AWS::EFS::FileSystem', { DeletionPolicy: 'Delete' });
  });

  test('adds a directory to a file system that exists already', () => {
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const existingFileSystem = efs.FileSystem.fromFileSystemAttributes(stack, 'Existing', {
      fileSystemId: 'fs-12345678',
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678', { mutable: false }),
    });
    shared(stack, { vpc, existingFileSystem });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EFS::FileSystem', 0);
    template.hasResourceProperties('AWS::EFS::AccessPoint', { FileSystemId: 'fs-12345678' });
  });

  test('has one mount target in a zone that has two private subnets', () => {
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      maxAzs: 2,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
        { name: 'App', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'Batch', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      ],
    });
    shared(stack, { vpc });
    Template.fromStack(stack).resourceCountIs('AWS::EFS::MountTarget', 2);
  });

  test('an imported role that cannot be changed is left alone', () => {
    const stack = testStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/LabRole', { mutable: false });
    shared(stack).grantMount(role);
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('a database keeps all of its files in fast storage', () => {
    const stack = testStack();
    new EncryptedFileSystem(stack, 'Files', { vpc: new ec2.Vpc(stack, 'Vpc'), removalPolicy: RemovalPolicy.RETAIN });
    Template.fromStack(stack).hasResourceProperties('AWS::EFS::FileSystem', { LifecyclePolicies: Match.absent() });
  });
});

describe('fails', () => {
  test('for mount targets in public subnets, naming one and the subnets to choose', () => {
    expect(() => shared(testStack(), { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }))
      .toThrow(/Test\/Uploads\/Files: vpcSubnets puts mount targets in public subnets \(Test\/Vpc\/PublicSubnet1.*PRIVATE_WITH_EGRESS/);
  });

  test('for a single zone', () => {
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1 });
    expect(() => shared(stack, { vpc })).toThrow(/vpcSubnets spans 1 availability zone.*two or more zones.*at least two availability zones/);
  });

  test.each([
    [{ enableDnsHostnames: false }, 'enableDnsHostnames'],
    [{ enableDnsSupport: false, enableDnsHostnames: false }, 'enableDnsSupport'],
  ])('for a VPC with %j, whose names would not resolve', (settings, named) => {
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', settings);
    expect(() => shared(stack, { vpc })).toThrow(new RegExp(`has ${named} off.*turn both on`));
  });

  test.each(['uploads', '/', '/a b', '/a/b/c/d/e', '/a//b', '/a/..', '/$home', `/${'a'.repeat(100)}`])('for the path %j', (path) => {
    expect(() => shared(testStack(), { path })).toThrow(/path is '.*', but must be an absolute path below the root.*'\/uploads'/);
  });

  test.each([[0], [-1], [1.5]])('for the owner %d', (ownerUid) => {
    expect(() => shared(testStack(), { ownerUid })).toThrow(new RegExp(`ownerUid is ${ownerUid}, but must be.*33 for www-data`));
  });
});
