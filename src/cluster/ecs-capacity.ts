import type { CapacityBinder } from './capacity-binding';
import { ec2Capacity } from './ec2-capacity';
import type { Ec2CapacityOptions } from './ec2-capacity-options';
import type { ExistingEc2CapacityOptions } from './existing-ec2-capacity';
import { existingEc2Capacity } from './existing-ec2-capacity';
import type { FargateCapacityOptions, FargateSpotCapacityOptions } from './fargate-capacity';
import { fargateCapacity, fargateSpotCapacity } from './fargate-capacity';
import { managedInstancesCapacity } from './managed-instances-capacity';
import type { ManagedInstancesCapacityOptions } from './managed-instances-capacity-options';
import { requireOwnKind } from '../private/sealed';

/**
 * Where the tasks of a cluster run. A value: the same constructs take any of them, and services never name a launch type,
 * only the capacity provider that this defines.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html
 */
export class EcsCapacity {
  /**
   * EC2 instances in an Auto Scaling group that ECS itself grows and shrinks with the tasks (managed scaling), over all zones,
   * on Amazon Linux 2023.
   *
   * An account that never used ECS lacks its service-linked role, without which the first capacity provider fails:
   * `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com` makes it.
   *
   * Throws where the numbers, the sizes or the CPU architecture cannot work together.
   */
  public static ec2(options: Ec2CapacityOptions): EcsCapacity {
    return new EcsCapacity(ec2Capacity(options));
  }

  /**
   * EC2 instances that exist already behind a capacity provider of an existing cluster.
   */
  public static existingEc2(options: ExistingEc2CapacityOptions): EcsCapacity {
    return new EcsCapacity(existingEc2Capacity(options));
  }

  /**
   * AWS Fargate: no instances to look after.
   */
  public static fargate(options: FargateCapacityOptions = {}): EcsCapacity {
    return new EcsCapacity(fargateCapacity(options));
  }

  /**
   * AWS Fargate with a fixed base on demand and the rest mostly on Fargate Spot. What must not be interrupted, such as a
   * database, still runs on demand only.
   *
   * Throws where the base is below 1 or no task could ever run on Spot.
   */
  public static fargateSpot(options: FargateSpotCapacityOptions = {}): EcsCapacity {
    return new EcsCapacity(fargateSpotCapacity(options));
  }

  /**
   * ECS Managed Instances: EC2 instances that AWS chooses, patches and replaces.
   */
  public static managedInstances(options: ManagedInstancesCapacityOptions = {}): EcsCapacity {
    return new EcsCapacity(managedInstancesCapacity(options));
  }

  /** @internal */
  public readonly _binder: CapacityBinder;

  private constructor(binder: CapacityBinder) {
    requireOwnKind(binder, 'EcsCapacity', 'EcsCapacity.ec2(), fargate() and the like');
    this._binder = binder;
  }
}
