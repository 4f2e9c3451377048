import { Names, RemovalPolicy } from 'aws-cdk-lib';
import type { aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import { EncryptedFileSystem } from './encrypted-file-system';
import type { DirectoryOptions, MountedDirectory } from './encrypted-file-system';
import type { ISharedFiles } from './shared-files';
import { fail, isKnown } from '../private/errors';
import { requireInput } from '../private/input/require-input';
import { requireWhole } from '../private/numbers';

const FILE_SYSTEM_SETTINGS = ['vpcSubnets', 'encryptionKey', 'removalPolicy'] as const;
const DIRECTORY_SETTINGS = ['path', 'ownerUid', 'ownerGid'] as const;

/** What EFS takes as the path of an access point, but for white space, which no mount command survives. */
const PATH = /^(\/(?!\.)[^\s$#<>;`|&?{}^*/]+){1,4}$/;

/**
 * Properties of a `SharedFileSystem`.
 */
export interface SharedFileSystemProps {
  /** The VPC of the applications that share the files. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets of the mount targets: private ones, in two or more zones.
   *
   * @default - the private subnets of the VPC, one in each zone
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The directory of the file system that the applications see as its root.
   *
   * @default '/shared'
   */
  readonly path?: string;

  /**
   * The numeric id of the user who owns every file, whatever user an application runs as.
   *
   * @default 33, `www-data` in Debian's images of PHP, Apache and WordPress
   */
  readonly ownerUid?: number;

  /**
   * The numeric id of the group that owns every file.
   *
   * @default - the same as `ownerUid`
   */
  readonly ownerGid?: number;

  /**
   * The key that encrypts the files. Changing it later replaces the file system by an empty one.
   *
   * @default - the key AWS manages for EFS
   */
  readonly encryptionKey?: kms.IKeyRef;

  /**
   * A file system that exists already, with a mount target in every zone; the directory is added to it.
   *
   * @default - a file system of its own
   */
  readonly existingFileSystem?: efs.IFileSystem;

  /**
   * An access point of `existingFileSystem` that exists already: nothing is defined then, and its path and owner stay as they are.
   *
   * @default - an access point of its own
   */
  readonly existingAccessPoint?: efs.IAccessPoint;

  /**
   * What becomes of the files when this construct is removed.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Files that every copy of an application shares, such as uploads: EFS with a mount target in each zone, so that the loss of one
 * zone takes no file away.
 *
 * It is encrypted at rest and in transit, mounted with IAM through an access point, backed up daily, and reached only by what
 * mounts it. Files that nobody reads for 30 days move to cheaper storage and come back with the first access. It is not for the
 * application's code, which belongs in the image, nor for a database, which has a file system of its own.
 *
 * Throws for mount targets in public subnets, for fewer than two zones, for a VPC with DNS hostnames or DNS support off, and for a
 * setting that an existing file system or access point has already.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-best-practices.html
 * @example
 * declare const vpc: ec2.IVpc;
 * declare const cluster: HaEcsCluster;
 * declare const image: ecs.ContainerImage;
 * const uploads = new SharedFileSystem(this, 'Uploads', { vpc });
 * new HaEcsWebApp(this, 'App', { cluster, image, sharedFiles: [{ files: uploads, containerPath: '/var/www/html/uploads' }] });
 */
export class SharedFileSystem extends Construct implements ISharedFiles, ec2.IConnectable {
  /** The EFS file system. */
  public readonly fileSystem: efs.IFileSystem;

  /** The access point that leads to the shared directory. */
  public readonly accessPoint: efs.IAccessPoint;

  /** The security group of the mount targets, with NFS (2049) as its default port. */
  public readonly connections: ec2.Connections;

  /** The VPC of the mount targets. */
  public readonly vpc?: ec2.IVpc;

  /** What must exist before a service that mounts the files, and outlive it. */
  public readonly mountDependencies: IDependable[];

  private readonly files: EncryptedFileSystem;
  private readonly directory: MountedDirectory;

  public constructor(scope: Construct, id: string, props: SharedFileSystemProps) {
    super(scope, id);
    requireInput(this, 'SharedFileSystemProps', props);
    requireOwnSettings(this, props);

    this.files = new EncryptedFileSystem(this, 'Files', {
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      fileSystem: props.existingFileSystem,
      encryptionKey: props.encryptionKey,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      infrequentAccess: true,
    });
    this.directory = props.existingAccessPoint
      ? this.files.existingDirectory(props.existingAccessPoint)
      : this.files.directory(this, 'Directory', directoryOptions(this, props));

    this.vpc = props.vpc;
    this.fileSystem = this.files.fileSystem;
    this.accessPoint = this.directory.accessPoint;
    this.connections = this.files.connections;
    this.mountDependencies = this.directory.mountDependencies;
  }

  /**
   * The volume to add to a task definition: encrypted in transit, with IAM, through the access point.
   */
  public volume(): ecs.Volume {
    return this.directory.volume(Names.uniqueResourceName(this, { maxLength: 60, separator: '-' }));
  }

  /**
   * Lets a role mount the shared directory, and no other directory of the file system.
   *
   * @param role - the task role of the application, or the role of its instances.
   */
  public grantMount(role: iam.IRole): void {
    this.directory.grantMount(role);
  }

  /**
   * Lets `consumer` reach the mount targets on port 2049. Both rules land in the consumer's stack.
   *
   * @param consumer - the application, or anything else with security groups.
   */
  public allowConnectionsFrom(consumer: ec2.IConnectable): void {
    this.files.allowConnectionsFrom(consumer, 'Application mounts the shared files');
  }
}

/** What is there already was settled elsewhere; to pass over a setting in silence would let its author believe in it. */
function requireOwnSettings(scope: Construct, props: SharedFileSystemProps): void {
  if (props.existingAccessPoint && !props.existingFileSystem) {
    fail(scope, { got: 'existingAccessPoint is set alone', allowed: 'both', fix: 'set existingFileSystem to its file system as well' });
  }
  const settled = [
    ...props.existingFileSystem ? FILE_SYSTEM_SETTINGS.map((name) => ({ name, by: 'existingFileSystem' })) : [],
    ...props.existingAccessPoint ? DIRECTORY_SETTINGS.map((name) => ({ name, by: 'existingAccessPoint' })) : [],
  ].find(({ name }) => props[name] !== undefined);
  if (settled === undefined) return;
  const { name, by } = settled;
  fail(scope, { got: `${name} is set together with ${by}`, allowed: 'one of the two', fix: `leave ${name} out: what exists already keeps its own` });
}

function directoryOptions(scope: Construct, props: SharedFileSystemProps): DirectoryOptions {
  const uid = props.ownerUid ?? 33;
  const gid = props.ownerGid ?? uid;
  for (const [name, value] of [['ownerUid', uid], ['ownerGid', gid]] as const) {
    const fix = `set ${name} to the user the application runs as, such as 33 for www-data`;
    requireWhole(scope, { name, value, min: 1, max: 4294967295, note: '; 0 is root', fix });
  }
  return {
    path: checkedPath(scope, props.path ?? '/shared'),
    uid,
    gid,
  };
}

function checkedPath(scope: Construct, path: string): string {
  if (isKnown(path) && (!PATH.test(path) || path.length > 100)) {
    fail(scope, {
      got: `path is '${path}'`,
      allowed: 'an absolute path below the root with at most 4 folders and 100 characters, none of them one of $#<>;`|&?{}^*',
      fix: "write it like '/uploads'; the root itself would show the folders of other access points and of restored backups",
    });
  }
  return path;
}
