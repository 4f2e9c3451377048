import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_iam as iam, aws_kms as kms, Fn, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DECLARED_PATH } from '../../src/private/declared-paths';
import { EncryptedFileSystem } from '../../src/storage/encrypted-file-system';
import { SharedFileSystem } from '../../src/storage/shared-file-system';
import { FLAG_CONTEXTS, testStack } from '../fixtures';
import { findings } from '../nag-report';
import { resourcesOf } from '../templates';

function network(stack: Stack): ec2.Vpc {
  return new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, restrictDefaultSecurityGroup: false });
}

function filesIn(stack: Stack, id = 'Files', vpc: ec2.IVpc = network(stack)): EncryptedFileSystem {
  return new EncryptedFileSystem(stack, id, { vpc, removalPolicy: RemovalPolicy.RETAIN });
}

describe.each(FLAG_CONTEXTS)('EncryptedFileSystem with %s', (_name, context) => {
  test('has a policy without an Allow for everybody, also after a grant of the L2', () => {
    const stack = testStack(context);
    const files = filesIn(stack);
    files.fileSystem.grantReadWrite(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
    const [fileSystem] = Object.values(Template.fromStack(stack).findResources('AWS::EFS::FileSystem'));
    const open = fileSystem.Properties.FileSystemPolicy.Statement.filter((each: any) => each.Effect === 'Allow' && each.Principal.AWS === '*');
    expect(open).toEqual([]);
    expect(JSON.stringify(fileSystem)).not.toContain('ClientRootAccess');
  });

  test('names its mount targets apart from those of another file system, also in a deep tree', () => {
    const app = new App({ context });
    const stack = new Stack(app, 'Test', { env: { region: 'eu-west-1' } });
    const vpc = network(stack);
    filesIn(stack, 'First', vpc);
    filesIn(stack, 'x'.repeat(240), vpc);
    const ids = Object.keys(Template.fromStack(stack).findResources('AWS::EFS::MountTarget'));
    expect(new Set(ids).size).toBe(4);
    expect(ids.filter((id) => !/^[A-Za-z0-9]{1,255}$/.test(id))).toEqual([]);
  });

  test('names the mount targets of imported subnets, too', () => {
    const stack = testStack(context);
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-12345678',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-1', 'subnet-2'],
      privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    });
    filesIn(stack, 'Files', vpc);
    const targets = Template.fromStack(stack).findResources('AWS::EFS::MountTarget');
    expect(Object.keys(targets).map((id) => id.replace(/^.*MountTarget/, '')).sort()).toEqual(['PrivateSubnet1', 'PrivateSubnet2']);
    expect(Object.values(targets).map((target) => target.Properties.SubnetId).sort()).toEqual(['subnet-1', 'subnet-2']);
  });

  test('is clean under AwsSolutions', () => {
    const found = findings((app) => {
      const stack = new Stack(app, 'Test', { env: { region: 'eu-west-1' } });
      new SharedFileSystem(stack, 'Uploads', { vpc: network(stack) });
    }, (app) => [new AwsSolutionsChecks(app)], context);
    expect(found.filter(({ path }) => !path.startsWith('Test/Vpc/'))).toEqual([]);
  });
});

describe('EncryptedFileSystem', () => {
  test('encrypts with the key of its user', () => {
    const stack = testStack();
    new SharedFileSystem(stack, 'Uploads', { vpc: network(stack), encryptionKey: new kms.Key(stack, 'Key') });
    Template.fromStack(stack).hasResourceProperties('AWS::EFS::FileSystem', { KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } });
  });

  test('keeps the directories of two applications apart: each role mounts its own access point', () => {
    const stack = testStack();
    const files = filesIn(stack);
    for (const name of ['One', 'Two']) {
      const role = new iam.Role(stack, `${name}Role`, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
      files.directory(stack, name, { path: `/${name.toLowerCase()}`, uid: 33, gid: 33 }).grantMount(role);
    }
    const resources = resourcesOf(stack);
    const accessPoints = Object.keys(resources).filter((id) => resources[id].Type === 'AWS::EFS::AccessPoint');
    const policies = Object.values(resources).filter((each) => each.Type === 'AWS::IAM::Policy').map((each) => JSON.stringify(each.Properties));
    expect(policies.map((policy) => accessPoints.filter((id) => policy.includes(id)))).toEqual([[accessPoints[0]], [accessPoints[1]]]);
  });

  test('a role imported by its ARN gets the right to mount as a policy of this stack', () => {
    const stack = testStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/AppRole');
    new SharedFileSystem(stack, 'Uploads', { vpc: network(stack) }).grantMount(role);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { Roles: ['AppRole'] });
  });

  test('declares the path of every consumer', () => {
    const stack = testStack();
    const vpc = network(stack);
    const files = filesIn(stack, 'Files', vpc);
    files.allowConnectionsFrom(new ec2.SecurityGroup(stack, 'Consumer', { vpc, allowAllOutbound: false }), 'Consumer mounts');
    expect(files.node.metadata.filter(({ type }) => type === DECLARED_PATH).map(({ data }) => data)).toEqual([
      { source: ['Test/Consumer'], target: ['Test/Files/SecurityGroup'], fromPort: 2049, toPort: 2049, why: 'Consumer mounts' },
    ]);
  });

  test('a service in another stack waits for the data stack, and that for nothing', () => {
    const app = new App();
    const [data, web] = ['Data', 'Web'].map((name) => new Stack(app, name, { env: { region: 'eu-west-1' } }));
    const vpc = network(data);
    const files = new SharedFileSystem(data, 'Uploads', { vpc });
    const group = new ec2.SecurityGroup(web, 'Group', { vpc, allowAllOutbound: false });
    files.allowConnectionsFrom(group);
    const taskDefinition = new ecs.FargateTaskDefinition(web, 'Task', { volumes: [files.volume()] });
    taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.28') });
    const cluster = new ecs.Cluster(web, 'Cluster', { vpc });
    const service = new ecs.FargateService(web, 'Service', { cluster, taskDefinition, securityGroups: [group], minHealthyPercent: 100 });
    service.node.addDependency(group, ...files.mountDependencies);

    const resources = resourcesOf(web);
    const rules = Object.keys(resources).filter((id) => /SecurityGroup(In|E)gress$/.test(resources[id].Type));
    const [{ DependsOn }] = Object.values(resources).filter((each) => each.Type === 'AWS::ECS::Service');
    expect(rules).toHaveLength(2);
    expect(DependsOn).toEqual(expect.arrayContaining(rules));
    expect([web.dependencies, data.dependencies]).toEqual([[data], []]);
  });

  test('values that are not known yet pass untouched', () => {
    const stack = testStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: Fn.importValue('Vpc'),
      availabilityZones: Fn.split(',', Fn.importValue('Zones'), 2),
      privateSubnetIds: Fn.split(',', Fn.importValue('Subnets'), 2),
    });
    const number = Lazy.number({ produce: () => 1000 });
    new SharedFileSystem(stack, 'Uploads', { vpc, path: Lazy.string({ produce: () => '/late' }), ownerUid: number, ownerGid: number });
    const [target] = Object.values(Template.fromStack(stack).findResources('AWS::EFS::AccessPoint'));
    expect(target.Properties).toMatchObject({ PosixUser: { Uid: '1000', Gid: '1000' }, RootDirectory: { Path: '/late' } });
  });

  test('exposes the access point it made', () => {
    const stack = testStack();
    expect(efs.CfnAccessPoint.isCfnAccessPoint(new SharedFileSystem(stack, 'Uploads', { vpc: network(stack) }).accessPoint.node.defaultChild)).toBe(true);
  });
});

test('fails for subnets that are one list of unknown length, since each mount target names its own', () => {
  const stack = testStack();
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Imported', {
    vpcId: 'vpc-1', availabilityZones: Fn.getAzs(), privateSubnetIds: Fn.split(',', Fn.importValue('PrivateSubnets')),
  });
  expect(() => filesIn(stack, 'Files', vpc)).toThrow(/^Test\/Files: the private subnets of the VPC are a list that is only known at deployment.*Fn\.select\(0, list\)/);
});
