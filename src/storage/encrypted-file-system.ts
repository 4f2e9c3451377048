import { Aws, Fn, aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_iam as iam, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { aws_kms as kms, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import { claimDirectory } from './directory-claims';
import { fileSystemPolicy } from './file-system-policy';
import { mountTargetSubnets, requireDns, requireEachSubnet } from './mount-target-subnets';
import { NFS_PORT } from '../private/aws/engine-ports';
import { hash } from '../private/hash';
import { kept } from '../private/kept';
import { openPath } from '../private/open-paths';
import { closedSecurityGroup } from '../private/security-group';

/** What an `EncryptedFileSystem` needs. */
export interface EncryptedFileSystemProps {
  readonly vpc: ec2.IVpc;
  /** Private subnets of two or more zones; one mount target in each zone. */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** A file system that exists already; then only directories are added to it. */
  readonly fileSystem?: efs.IFileSystem;
  readonly encryptionKey?: kms.IKeyRef;
  readonly removalPolicy: RemovalPolicy;
  /** Files that nobody read for 30 days move to cheaper storage. Never for a database: its pages would come back late. */
  readonly infrequentAccess?: boolean;
}

/** A directory of a file system that has an owner. */
export interface DirectoryOptions {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  /** Nothing else may share it, as befits the data of a server. */
  readonly exclusive?: boolean;
  /**
   * As long as this text stays, EFS refuses a deployment that would put another directory, or one with another owner, in the place of this one.
   */
  readonly replacedOnlyWith?: string;
}

/** A directory behind an access point of its own, and what a task needs to mount it. */
export interface MountedDirectory {
  readonly accessPoint: efs.IAccessPoint;
  /** What must exist before a task mounts it, and until it has stopped writing. */
  readonly mountDependencies: IDependable[];
  volume(name: string): ecs.Volume;
  grantMount(role: iam.IRole): void;
}

/**
 * EFS as everything here uses it: encrypted at rest and in transit, mounted with IAM through access points only, with a mount
 * target in a private subnet of each zone and a security group that lets in nothing by itself.
 */
export class EncryptedFileSystem extends Construct implements ec2.IConnectable {
  public readonly fileSystem: efs.IFileSystem;
  public readonly connections: ec2.Connections;

  public constructor(scope: Construct, id: string, props: EncryptedFileSystemProps) {
    super(scope, id);
    requireDns(this, props.vpc);
    this.fileSystem = props.fileSystem ?? this.defineFileSystem(props);
    this.connections = new ec2.Connections({
      securityGroups: this.fileSystem.connections.securityGroups,
      defaultPort: ec2.Port.tcp(NFS_PORT),
    });
  }

  /** Defines a directory that whoever mounts it owns, whatever user the process runs as. */
  public directory(scope: Construct, id: string, options: DirectoryOptions): MountedDirectory {
    claimDirectory(scope, this.fileSystem, options.path, options.exclusive ?? false);
    const [uid, gid] = [options.uid, options.gid].map((value) => Tokenization.stringifyNumber(value));
    const accessPoint = new efs.AccessPoint(scope, id, {
      fileSystem: this.fileSystem,
      clientToken: this.refusalToken(scope, options),
      path: options.path,
      posixUser: { uid, gid },
      // Without it a path that does not exist yet would fail the first mount.
      createAcl: { ownerUid: uid, ownerGid: gid, permissions: '0750' },
    });
    return this.existingDirectory(accessPoint);
  }

  /** The directory behind an access point of this file system that exists already. */
  public existingDirectory(accessPoint: efs.IAccessPoint): MountedDirectory {
    return mountedDirectory(this.fileSystem, accessPoint, this.mountDependencies);
  }

  /** Lets `consumer` mount the file system. Both rules land in the consumer's stack. */
  public allowConnectionsFrom(consumer: ec2.IConnectable, why: string): void {
    openPath(this, { source: consumer, target: this, port: NFS_PORT, why });
  }

  /** Mount targets and the group with its rules, not the file system itself: that would be a cycle through the rules. */
  public get mountDependencies(): IDependable[] {
    return [this.fileSystem.mountTargetsAvailable, ...this.connections.securityGroups];
  }

  /**
   * CloudFormation makes the new access point before it deletes the old one, and EFS takes a token once in an account. The file system and the
   * stack are in it, so that neither a copy of the app nor a new beginning is in the way of another.
   */
  private refusalToken(scope: Construct, { replacedOnlyWith }: DirectoryOptions): string | undefined {
    if (replacedOnlyWith === undefined) return undefined;
    const own = hash(`${scope.node.path} ${replacedOnlyWith}`).toString(36);
    return Fn.join('-', [this.fileSystem.fileSystemId, Fn.select(2, Fn.split('/', Aws.STACK_ID)), own]);
  }

  private defineFileSystem(props: EncryptedFileSystemProps): efs.FileSystem {
    const subnets = mountTargetSubnets(this, props.vpc, props.vpcSubnets);
    requireEachSubnet(this, subnets);
    const fileSystem = new efs.FileSystem(this, 'FileSystem', {
      vpc: props.vpc,
      vpcSubnets: { subnets },
      securityGroup: closedSecurityGroup(this, 'SecurityGroup', props.vpc, 'Mount targets of a file system'),
      encrypted: true,
      kmsKey: props.encryptionKey,
      performanceMode: efs.PerformanceMode.GENERAL_PURPOSE,
      throughputMode: efs.ThroughputMode.ELASTIC,
      enableAutomaticBackups: true,
      lifecyclePolicy: props.infrequentAccess ? efs.LifecyclePolicy.AFTER_30_DAYS : undefined,
      outOfInfrequentAccessPolicy: props.infrequentAccess ? efs.OutOfInfrequentAccessPolicy.AFTER_1_ACCESS : undefined,
      fileSystemPolicy: fileSystemPolicy(),
      // Keeps the policy as it is written. Otherwise the CDK appends a statement that lets every IAM principal write as root.
      allowAnonymousAccess: true,
      removalPolicy: kept(props.removalPolicy),
    });
    pinMountTargetIds(fileSystem, subnets);
    return fileSystem;
  }
}

/** What a task needs to mount a directory that an access point leads to. */
function mountedDirectory(fileSystem: efs.IFileSystem, accessPoint: efs.IAccessPoint, mountDependencies: IDependable[]): MountedDirectory {
  return {
    accessPoint,
    mountDependencies,
    volume: (name) => ({
      name,
      efsVolumeConfiguration: {
        fileSystemId: fileSystem.fileSystemId,
        transitEncryption: 'ENABLED',
        authorizationConfig: { accessPointId: accessPoint.accessPointId, iam: 'ENABLED' },
      },
    }),
    // By hand: the L2's grants are good for every access point of the file system.
    grantMount: (role) => {
      role.addToPrincipalPolicy(new iam.PolicyStatement({
        actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
        resources: [fileSystem.fileSystemArn],
        conditions: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.accessPointArn } },
      }));
    },
  };
}

/**
 * A feature flag of the app decides what the L2 names its mount targets by. A changed name is a second mount target in the same
 * zone, which EFS refuses: so they are named here, by subnet.
 */
function pinMountTargetIds(fileSystem: efs.FileSystem, subnets: ec2.ISubnet[]): void {
  const targets = fileSystem.node.children.filter((child): child is efs.CfnMountTarget => efs.CfnMountTarget.isCfnMountTarget(child));
  // Its end is the part that no other file system has; CloudFormation takes 255 characters in all.
  const prefix = Stack.of(fileSystem).getLogicalId(fileSystem.node.defaultChild as efs.CfnFileSystem).slice(-200);
  const used = new Set<string>();
  targets.forEach((target, index) => {
    const { id } = subnets[index].node;
    const bySubnet = Token.isUnresolved(id) ? '' : id.replace(/[^A-Za-z0-9]/g, '').slice(0, 40);
    const suffix = bySubnet && !used.has(bySubnet) ? bySubnet : `${index + 1}`;
    used.add(suffix);
    target.overrideLogicalId(`${prefix}MountTarget${suffix}`);
  });
}
