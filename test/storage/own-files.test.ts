import { aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_iam as iam } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import { EcsCapacity } from '../../src/cluster/ecs-capacity';
import type { ISharedFiles } from '../../src/storage/shared-files';
import { HaEcsWebApp } from '../../src/web-app/ecs/ha-ecs-web-app';
import { testCluster } from '../cluster/builders';
import { testStack } from '../fixtures';

/** What a user could write: files that another team keeps. */
class OwnFiles extends Construct implements ISharedFiles {
  public readonly fileSystem: efs.IFileSystem;
  public readonly accessPoint: efs.IAccessPoint;
  public readonly mountDependencies: IDependable[] = [];

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.fileSystem = efs.FileSystem.fromFileSystemAttributes(this, 'Files', {
      fileSystemId: 'fs-12345678', securityGroup: ec2.SecurityGroup.fromSecurityGroupId(this, 'Group', 'sg-12345678'),
    });
    this.accessPoint = efs.AccessPoint.fromAccessPointId(this, 'Point', 'fsap-12345678');
  }

  public volume(): ecs.Volume {
    return { name: 'own', efsVolumeConfiguration: { fileSystemId: this.fileSystem.fileSystemId } };
  }

  public grantMount(role: iam.IRole): void {
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['elasticfilesystem:ClientMount'], resources: [this.fileSystem.fileSystemArn] }));
  }

  public allowConnectionsFrom(consumer: ec2.IConnectable): void {
    consumer.connections.allowTo(this.fileSystem, ec2.Port.tcp(2049), 'Own files');
  }
}

describe("files of the user's own class", () => {
  const stack = testStack();
  new HaEcsWebApp(stack, 'App', {
    cluster: testCluster(EcsCapacity.fargate(), stack),
    image: ecs.ContainerImage.fromRegistry('example/web:1'),
    sharedFiles: [{ files: new OwnFiles(stack, 'Own'), containerPath: '/uploads' }],
  });
  const template = Template.fromStack(stack);

  test('are mounted as they say', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', { Volumes: [{ Name: 'own', EFSVolumeConfiguration: { FilesystemId: 'fs-12345678' } }] });
  });

  test('are opened as they say', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { Description: 'Own files', DestinationSecurityGroupId: 'sg-12345678' });
  });
});
