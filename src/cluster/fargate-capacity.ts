import { aws_ecs as ecs } from 'aws-cdk-lib';
import type { CapacityBinder, CapacityTarget } from './capacity-binding';
import type { ClusterCapacity } from './cluster-interface';
import { requireOptions } from '../private/input/require-input';
import { requireWhole } from '../private/numbers';

/**
 * Options of `EcsCapacity.fargate()`.
 */
export interface FargateCapacityOptions {
  /**
   * The CPU architecture of every task on this capacity. The images must be built for it.
   *
   * @default ecs.CpuArchitecture.X86_64
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;
}

/**
 * Options of `EcsCapacity.fargateSpot()`.
 */
export interface FargateSpotCapacityOptions extends FargateCapacityOptions {
  /**
   * How many tasks of each service always run on demand, whatever happens to Spot.
   *
   * @default 2
   */
  readonly onDemandBase?: number;

  /**
   * The share of tasks above the base that run on demand, relative to `spotWeight`.
   *
   * @default 1
   */
  readonly onDemandWeight?: number;

  /**
   * The share of tasks above the base that run on Spot, relative to `onDemandWeight`. ECS does not replace a Spot task that
   * finds no capacity with one on demand, so keep the base large enough for the load that must be carried.
   *
   * @default 3
   */
  readonly spotWeight?: number;
}

const ON_DEMAND = 'FARGATE';
const SPOT = 'FARGATE_SPOT';
const ON_DEMAND_ONLY: ecs.CapacityProviderStrategy[] = [{ capacityProvider: ON_DEMAND, base: 1, weight: 1 }];

/** Fargate on demand. */
export function fargateCapacity(options: FargateCapacityOptions): CapacityBinder {
  requireOptions('EcsCapacity.fargate', 'FargateCapacityOptions', options);
  return fargateBinder(options, { strategies: ON_DEMAND_ONLY });
}

/** Fargate with a share on Spot. */
export function fargateSpotCapacity(options: FargateSpotCapacityOptions): CapacityBinder {
  requireOptions('EcsCapacity.fargateSpot', 'FargateSpotCapacityOptions', options);
  const base = options.onDemandBase ?? 2;
  const weight = options.onDemandWeight ?? 1;
  const spotWeight = options.spotWeight ?? 3;
  for (const [name, value, min, max] of [
    ['onDemandBase', base, 1, 100_000],
    ['onDemandWeight', weight, 0, 1000],
    ['spotWeight', spotWeight, 1, 1000],
  ] as const) {
    requireWhole('EcsCapacity.fargateSpot', { name, value, min, max, fix: `change ${name}, or use EcsCapacity.fargate() for tasks on demand only` });
  }

  return fargateBinder(options, {
    strategies: [{ capacityProvider: ON_DEMAND, base, weight }, { capacityProvider: SPOT, weight: spotWeight }],
    uninterruptedStrategies: ON_DEMAND_ONLY,
  });
}

/** Fargate on demand in a cluster whose other tasks run elsewhere, with images for the same CPU. */
export function fargateBeside(cluster: ecs.ICluster, cpuArchitecture: ecs.CpuArchitecture): ClusterCapacity {
  if (ecs.Cluster.isCluster(cluster)) cluster.enableFargateCapacityProviders();
  return { compatibility: ecs.Compatibility.FARGATE, cpuArchitecture, strategies: ON_DEMAND_ONLY, deploymentDependencies: [cluster] };
}

function fargateBinder(options: FargateCapacityOptions, strategies: Pick<ClusterCapacity, 'strategies' | 'uninterruptedStrategies'>): CapacityBinder {
  return {
    existing: true,
    securityGroups: [],
    bind: ({ cluster }: CapacityTarget) => {
      if (ecs.Cluster.isCluster(cluster)) cluster.enableFargateCapacityProviders();
      return {
        capacity: {
          compatibility: ecs.Compatibility.FARGATE,
          cpuArchitecture: options.cpuArchitecture ?? ecs.CpuArchitecture.X86_64,
          ...strategies,
          deploymentDependencies: [cluster],
        },
      };
    },
  };
}
