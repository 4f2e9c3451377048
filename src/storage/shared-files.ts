import type { aws_ec2 as ec2, aws_ecs as ecs, aws_efs as efs, aws_iam as iam } from 'aws-cdk-lib';
import type { IConstruct, IDependable } from 'constructs';

/**
 * Files that every copy of an application can mount. `SharedFileSystem` is one; a class of your own is another.
 */
export interface ISharedFiles extends IConstruct {
  /** The EFS file system. */
  readonly fileSystem: efs.IFileSystem;

  /** The access point that leads to the shared directory. */
  readonly accessPoint: efs.IAccessPoint;

  /**
   * The VPC of the mount targets.
   *
   * @default - it is not known, and nothing checks that an application is in the same
   */
  readonly vpc?: ec2.IVpc;

  /** What must exist before a service that mounts the files, and outlive it. */
  readonly mountDependencies: IDependable[];

  /**
   * The volume to add to a task definition.
   */
  volume(): ecs.Volume;

  /**
   * Lets a role mount the shared directory.
   *
   * @param role - the task role of the application, or the role of its instances.
   */
  grantMount(role: iam.IRole): void;

  /**
   * Lets `consumer` reach the mount targets.
   *
   * @param consumer - the application, or anything else with security groups.
   */
  allowConnectionsFrom(consumer: ec2.IConnectable): void;
}
