import type { aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs, aws_servicediscovery as cloudmap } from 'aws-cdk-lib';
import type { IConstruct, IDependable } from 'constructs';

/**
 * What task definitions and services must know of the capacity they run on.
 */
export interface ClusterCapacity {
  /** What task definitions must be compatible with; it also decides whether tasks can be placed by instance. */
  readonly compatibility: ecs.Compatibility;

  /** The CPU architecture of every task. */
  readonly cpuArchitecture: ecs.CpuArchitecture;

  /** The capacity providers of services that may be interrupted at two minutes' notice, as tasks on Spot are. */
  readonly strategies: ecs.CapacityProviderStrategy[];

  /**
   * The capacity providers of tasks that must not be interrupted, such as a database.
   *
   * @default - the same as `strategies`
   */
  readonly uninterruptedStrategies?: ecs.CapacityProviderStrategy[];

  /**
   * The capacity of tasks that alone write to their files, where that is another than the rest has: what nothing stops unannounced.
   *
   * @default - this capacity, with `uninterruptedStrategies`
   */
  readonly oneWriterCapacity?: ClusterCapacity;

  /**
   * What may stop a task on this capacity without notice, and what to do about it. A task that alone writes to its files warns of it.
   *
   * @default - nothing that is known
   */
  readonly oneWriterRisk?: string;

  /**
   * What must exist before a service and outlive it: without it, deletion fails with "capacity provider is in use".
   *
   * @default - nothing
   */
  readonly deploymentDependencies?: IDependable[];

  /**
   * The type of the container instances.
   *
   * @default - there are no instances, or their type is not known
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The smallest number of container instances.
   *
   * @default - there are no instances, or their number is not known
   */
  readonly minInstances?: number;

  /**
   * The largest number of container instances. Where no two tasks share an instance, a deployment must find room among them.
   *
   * @default - there are no instances, or their number is not known
   */
  readonly maxInstances?: number;
}

/**
 * A cluster that services, databases and monitoring of this library can work with. `HaEcsCluster` is one; a class of your own is another.
 */
export interface IHaEcsCluster extends IConstruct, ec2.IConnectable {
  /** The ECS cluster. */
  readonly cluster: ecs.ICluster;

  /** The VPC of the cluster. */
  readonly vpc: ec2.IVpc;

  /** The private DNS namespace of services that are found by name. */
  readonly namespace: cloudmap.IPrivateDnsNamespace;

  /** What the tasks run on. */
  readonly capacity: ClusterCapacity;

  /** The Auto Scaling group of the container instances; undefined where there are none. */
  readonly autoScalingGroup?: autoscaling.IAutoScalingGroup;
}
