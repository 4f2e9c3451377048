import type { aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, Size } from 'aws-cdk-lib';
import type { OneWriterPlacement } from './one-writer-placement';

/**
 * Options of `EcsCapacity.managedInstances()`.
 */
export interface ManagedInstancesCapacityOptions {
  /**
   * The CPU architecture of every task on this capacity; ECS chooses instances to fit. The images must be built for it.
   *
   * @default ecs.CpuArchitecture.X86_64
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;

  /**
   * Limits for the instances that ECS may choose.
   *
   * @default - ECS chooses instances that fit the tasks
   */
  readonly instanceRequirements?: ec2.InstanceRequirementsConfig;

  /**
   * The size of the volume for images, logs and temporary files of each instance.
   *
   * @default - 80 GiB, decided by ECS
   */
  readonly taskVolumeStorage?: Size;

  /**
   * The subnets of the instances, in two or more zones.
   *
   * @default - the private subnets of the VPC, one or more in each zone
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The role with which ECS starts and stops instances.
   *
   * @default - a new role with the policy AWS maintains for it, and leave to pass the instance role
   */
  readonly infrastructureRole?: iam.IRole;

  /**
   * The instance profile of the instances.
   *
   * @default - a new profile with what the ECS agent needs
   */
  readonly instanceProfile?: iam.IInstanceProfile;

  /**
   * Where tasks run that alone write to their files. ECS renews its instances on its own, at the latest after 14 days.
   *
   * @default - `OneWriterPlacement.FARGATE`; on an imported cluster, which may not have Fargate, `OneWriterPlacement.INSTANCES` with a warning
   */
  readonly oneWriterPlacement?: OneWriterPlacement;
}
