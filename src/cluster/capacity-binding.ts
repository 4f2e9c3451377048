import type { aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct, IDependable } from 'constructs';

/** The instances of an EC2 capacity provider. */
export interface Ec2Hosts {
  /**
   * The instances' own security groups. Do not make rules here for a service in another stack: `service.connections` of a
   * bridge-mode service holds the same groups, imported, so that its rules land in the service's stack.
   */
  readonly connections: ec2.Connections;
  readonly autoScalingGroup: autoscaling.IAutoScalingGroup;
  readonly instanceType: ec2.InstanceType;
  readonly minInstances: number;
  readonly maxInstances: number;
}

/** What an `EcsCapacity` turned into once it met its cluster: all that a task definition and a service must know. */
export interface CapacityBinding {
  readonly compatibility: ecs.Compatibility;
  readonly cpuArchitecture: ecs.CpuArchitecture;
  /** Only on EC2: bridge-mode tasks send and receive through these, and placement rules apply. */
  readonly hosts?: Ec2Hosts;
  /** What must exist before a service and outlive it: without it, deletion fails with "capacity provider is in use" (CAP-5). */
  readonly deploymentDependencies: IDependable[];
  /** The capacity provider strategy; what must not be interrupted never runs on Spot. */
  strategies(interruptible: boolean): ecs.CapacityProviderStrategy[];
}

/** Where a capacity is bound: `cluster` is an `ecs.Cluster` of this app, or an import whose providers exist already. */
export interface CapacityHome {
  readonly scope: Construct;
  readonly vpc: ec2.IVpc;
  readonly cluster: ecs.ICluster;
}

/** The part of an `EcsCapacity` that acts. */
export interface CapacityBinder {
  /** True where the capacity is already there, so that a cluster that cannot be changed will do. */
  readonly existing: boolean;
  /** Security groups of instances that are there already. */
  readonly securityGroups: ec2.ISecurityGroup[];
  readonly bind: (home: CapacityHome) => CapacityBinding;
}
