import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { IHaEcsCluster } from '../cluster/cluster-interface';

/** The capacity provider strategy of tasks on a cluster; what must not be interrupted never runs on Spot. */
export function capacityProviders({ capacity }: IHaEcsCluster, interruptible: boolean): ecs.CapacityProviderStrategy[] {
  return interruptible ? capacity.strategies : capacity.uninterruptedStrategies ?? capacity.strategies;
}
