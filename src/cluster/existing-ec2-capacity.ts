import { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { aws_autoscaling as autoscaling } from 'aws-cdk-lib';
import type { CapacityBinder } from './capacity-binding';
import { fargateBeside } from './fargate-capacity';
import { OneWriterPlacement } from './one-writer-placement';
import { architectureOf, requireInstanceCounts } from '../instances/instance-architecture';
import { failAt, isKnown } from '../private/errors';
import { requireOptions } from '../private/input/require-input';

/**
 * Options of `EcsCapacity.existingEc2()`: what must be known of instances that somebody else defined.
 */
export interface ExistingEc2CapacityOptions {
  /**
   * The name of the capacity provider, already associated with the cluster.
   */
  readonly capacityProviderName: string;

  /**
   * The Auto Scaling group behind the capacity provider; `AutoScalingGroup.fromAutoScalingGroupName()` will do.
   */
  readonly autoScalingGroup: autoscaling.IAutoScalingGroup;

  /**
   * The security groups of the instances. Tasks in bridge mode send and receive through them. Import a group whose rules must
   * stay as they are with `mutable: false`.
   */
  readonly securityGroups: ec2.ISecurityGroup[];

  /**
   * The instance type; it decides the CPU architecture of the tasks.
   */
  readonly instanceType: ec2.InstanceType;

  /**
   * The smallest number of instances of the Auto Scaling group.
   */
  readonly minInstances: number;

  /**
   * The largest number of instances of the Auto Scaling group; a rolling update must find room in it.
   */
  readonly maxInstances: number;

  /**
   * Where tasks run that alone write to their files. `OneWriterPlacement.FARGATE` takes a cluster with which the provider FARGATE is associated.
   *
   * @default OneWriterPlacement.INSTANCES - for an existing cluster may not have Fargate; a warning says what that means
   */
  readonly oneWriterPlacement?: OneWriterPlacement;
}

const RISK = 'EcsCapacity.existingEc2: scale-in or the renewal of instances that are defined elsewhere may take its instance; '
  + 'associate the capacity provider FARGATE with the cluster and set oneWriterPlacement to OneWriterPlacement.FARGATE';

/** Instances that exist already; nothing is defined. */
export function existingEc2Capacity(options: ExistingEc2CapacityOptions): CapacityBinder {
  const subject = 'EcsCapacity.existingEc2';
  requireOptions(subject, 'ExistingEc2CapacityOptions', options);
  requireInstanceCounts(subject, options.minInstances, options.maxInstances);
  const cpuArchitecture = architectureOf(subject, options.instanceType);
  if (options.securityGroups.length === 0) {
    failAt(subject, {
      got: 'securityGroups is empty',
      allowed: 'the security groups of the instances, at least one',
      fix: 'pass them with SecurityGroup.fromSecurityGroupId()',
    });
  }
  const name = options.capacityProviderName;
  if (isKnown(name) && /^(FARGATE|FARGATE_SPOT)$/.test(name)) {
    failAt(subject, {
      got: `capacityProviderName is '${name}'`,
      allowed: 'the name of an Auto Scaling group capacity provider',
      fix: 'use EcsCapacity.fargate() or EcsCapacity.fargateSpot()',
    });
  }

  return {
    existing: true,
    ofExistingCluster: true,
    securityGroups: options.securityGroups,
    bind: ({ cluster }) => ({
      hosts: { connections: new ec2.Connections({ securityGroups: options.securityGroups }), autoScalingGroup: options.autoScalingGroup },
      capacity: {
        compatibility: ecs.Compatibility.EC2,
        cpuArchitecture,
        instanceType: options.instanceType,
        minInstances: options.minInstances,
        maxInstances: options.maxInstances,
        strategies: [{ capacityProvider: name, weight: 1 }],
        deploymentDependencies: [cluster],
        ...options.oneWriterPlacement === OneWriterPlacement.FARGATE
          ? { oneWriterCapacity: fargateBeside(cluster, cpuArchitecture) }
          : { oneWriterRisk: RISK },
      },
    }),
  };
}
