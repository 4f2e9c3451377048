import type { aws_autoscaling as autoscaling, aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ClusterCapacity } from './cluster-interface';

/** The instances of an EC2 capacity provider. */
export interface Ec2Hosts {
  /**
   * The instances' own security groups. Do not make rules here for a service in another stack: `service.connections` of a
   * bridge-mode service holds the same groups, imported, so that its rules land in the service's stack.
   */
  readonly connections: ec2.Connections;
  readonly autoScalingGroup: autoscaling.IAutoScalingGroup;
}

/** What an `EcsCapacity` turned into once it met its cluster. */
export interface BoundCapacity {
  readonly capacity: ClusterCapacity;
  /** Only on EC2: bridge-mode tasks send and receive through these, and placement rules apply. */
  readonly hosts?: Ec2Hosts;
}

/** What a capacity is bound to: `cluster` is an `ecs.Cluster` of this app, or an import whose providers exist already. */
export interface CapacityTarget {
  readonly scope: Construct;
  readonly vpc: ec2.IVpc;
  readonly cluster: ecs.ICluster;
}

/** The part of an `EcsCapacity` that acts. */
export interface CapacityBinder {
  /** True where the capacity is already there, so that a cluster that cannot be changed will do. */
  readonly existing: boolean;
  /** True where it belongs to a cluster that is there: a new one has no such provider. */
  readonly ofExistingCluster?: boolean;
  /** Security groups of instances that are there already. */
  readonly securityGroups: ec2.ISecurityGroup[];
  readonly bind: (target: CapacityTarget) => BoundCapacity;
}
