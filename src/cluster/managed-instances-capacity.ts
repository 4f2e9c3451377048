import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { CapacityBinder } from './capacity-binding';
import { ManagedInstances } from './managed-instances';
import type { ManagedInstancesCapacityOptions } from './managed-instances-capacity-options';

/** Instances that ECS chooses, patches and replaces. */
export function managedInstancesCapacity(options: ManagedInstancesCapacityOptions): CapacityBinder {
  return {
    // The provider belongs to one cluster from its own side, so that the cluster itself stays as it is.
    existing: true,
    securityGroups: [],
    bind: ({ scope, vpc, cluster }) => {
      const instances = new ManagedInstances(scope, 'ManagedInstances', { ...options, vpc, cluster });
      return {
        capacity: {
          compatibility: ecs.Compatibility.MANAGED_INSTANCES,
          cpuArchitecture: options.cpuArchitecture ?? ecs.CpuArchitecture.X86_64,
          strategies: [{ capacityProvider: instances.capacityProviderName, weight: 1 }],
          deploymentDependencies: [cluster, instances],
        },
      };
    },
  };
}
