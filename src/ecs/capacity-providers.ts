import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { ClusterCapacity, IHaEcsCluster } from '../cluster/cluster-interface';

/** The capacity of tasks that alone write to their files, and of what must end once it has begun: nothing stops it unannounced. */
export function oneWriterCapacity({ capacity }: Pick<IHaEcsCluster, 'capacity'>): ClusterCapacity {
  return capacity.oneWriterCapacity ?? capacity;
}

/** The capacity provider strategy of tasks; what must not be interrupted never runs on Spot. */
export function capacityProviders(capacity: ClusterCapacity, interruptible: boolean): ecs.CapacityProviderStrategy[] {
  return interruptible ? capacity.strategies : capacity.uninterruptedStrategies ?? capacity.strategies;
}
