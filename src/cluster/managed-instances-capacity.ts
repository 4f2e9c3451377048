import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { CapacityBinder } from './capacity-binding';
import { fargateBeside } from './fargate-capacity';
import { ManagedInstances } from './managed-instances';
import type { ManagedInstancesCapacityOptions } from './managed-instances-capacity-options';
import { OneWriterPlacement } from './one-writer-placement';
import { failAt } from '../private/errors';
import { requireOptions } from '../private/input/require-input';
import { requireWholeSize } from '../private/numbers';

const RISK = 'EcsCapacity.managedInstances: ECS renews its instances on its own; '
  + 'associate the capacity provider FARGATE with the cluster and set oneWriterPlacement to OneWriterPlacement.FARGATE';

/** Instances that ECS chooses, patches and replaces. */
export function managedInstancesCapacity(options: ManagedInstancesCapacityOptions): CapacityBinder {
  requireOptions('EcsCapacity.managedInstances', 'ManagedInstancesCapacityOptions', options);
  requireWholeSize('EcsCapacity.managedInstances', { name: 'taskVolumeStorage', value: options.taskVolumeStorage, min: 1, max: 16384 });
  const { instanceRequirements: wanted } = options;
  if (wanted !== undefined && (wanted.vCpuCountMin === undefined || wanted.memoryMin === undefined)) {
    failAt('EcsCapacity.managedInstances', {
      got: 'instanceRequirements lacks vCpuCountMin or memoryMin',
      allowed: 'both of them, and others',
      fix: 'say the least vCPU and memory of an instance',
    });
  }
  return {
    // The provider belongs to one cluster from its own side, so that the cluster itself stays as it is.
    existing: true,
    securityGroups: [],
    bind: ({ scope, vpc, cluster }) => {
      const instances = new ManagedInstances(scope, 'ManagedInstances', { ...options, vpc, cluster });
      const cpuArchitecture = options.cpuArchitecture ?? ecs.CpuArchitecture.X86_64;
      const placement = options.oneWriterPlacement ?? (ecs.Cluster.isCluster(cluster) ? OneWriterPlacement.FARGATE : OneWriterPlacement.INSTANCES);
      return {
        capacity: {
          compatibility: ecs.Compatibility.MANAGED_INSTANCES,
          cpuArchitecture,
          strategies: [{ capacityProvider: instances.capacityProviderName, weight: 1 }],
          deploymentDependencies: [cluster, instances],
          ...placement === OneWriterPlacement.FARGATE ? { oneWriterCapacity: fargateBeside(cluster, cpuArchitecture) } : { oneWriterRisk: RISK },
        },
      };
    },
  };
}
