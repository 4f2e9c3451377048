import type { RemovalPolicy } from 'aws-cdk-lib';
import { aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_iam as iam } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface Files {
  readonly fileSystem: efs.FileSystem;
  readonly securityGroup: ec2.SecurityGroup;
}

export function defineFileSystem(scope: Construct, vpc: ec2.IVpc, removalPolicy: RemovalPolicy): Files {
  const securityGroup = new ec2.SecurityGroup(scope, 'FilesSecurityGroup', { vpc, description: 'Mount targets of a file system', allowAllOutbound: false });
  const fileSystem = new efs.FileSystem(scope, 'FileSystem', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    securityGroup,
    encrypted: true,
    performanceMode: efs.PerformanceMode.GENERAL_PURPOSE,
    throughputMode: efs.ThroughputMode.ELASTIC,
    enableAutomaticBackups: true,
    fileSystemPolicy: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          sid: 'OnlyEncrypted',
          effect: iam.Effect.DENY,
          principals: [new iam.AnyPrincipal()],
          actions: ['*'],
          conditions: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
        new iam.PolicyStatement({
          sid: 'PrincipalsOfThisAccount',
          principals: [new iam.AccountRootPrincipal()],
          actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
          conditions: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
        }),
      ],
    }),
    // Keeps the policy as it is written.
    allowAnonymousAccess: true,
    removalPolicy,
  });
  return { fileSystem, securityGroup };
}

/** A directory that the MySQL user owns. */
export function defineDirectory(id: string, files: Files, path: string, removalPolicy: RemovalPolicy): efs.AccessPoint {
  const accessPoint = files.fileSystem.addAccessPoint(id, {
    path,
    posixUser: { uid: '999', gid: '999' },
    createAcl: { ownerUid: '999', ownerGid: '999', permissions: '0750' },
  });
  accessPoint.applyRemovalPolicy(removalPolicy);
  return accessPoint;
}

export function volumeOf(name: string, files: Files, accessPoint: efs.AccessPoint): ecs.Volume {
  return {
    name,
    efsVolumeConfiguration: {
      fileSystemId: files.fileSystem.fileSystemId,
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId: accessPoint.accessPointId, iam: 'ENABLED' },
    },
  };
}

/** Through this access point only; the grants of the file system are good for every one. */
export function grantMount(role: iam.IRole, files: Files, accessPoint: efs.AccessPoint): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({
    actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
    resources: [files.fileSystem.fileSystemArn],
    conditions: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.accessPointArn } },
  }));
}
