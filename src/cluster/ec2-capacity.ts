import { aws_ecs as ecs, Duration, Size } from 'aws-cdk-lib';
import type { CapacityBinder } from './capacity-binding';
import type { Ec2CapacityOptions, Ec2CapacitySettings } from './ec2-capacity-options';
import { Ec2Fleet } from './ec2-fleet';
import { requireSpot } from './ec2-spot';
import { fargateBeside } from './fargate-capacity';
import { OneWriterPlacement } from './one-writer-placement';
import { architectureOf, requireInstanceCounts } from '../instances/instance-architecture';
import { findRoleProblem } from '../instances/instance-role';
import { failAt, isKnown } from '../private/errors';
import { requireOptions } from '../private/input/require-input';
import { requireWhole, requireWholeDuration, requireWholeSize } from '../private/numbers';

const SUBJECT = 'EcsCapacity.ec2';
const SMALLEST_ROOT_GIB = 30;
const LARGEST_ROOT_GIB = 16384;

/** Instances in a new Auto Scaling group. */
export function ec2Capacity(options: Ec2CapacityOptions): CapacityBinder {
  requireOptions(SUBJECT, 'Ec2CapacityOptions', options);
  const settings = resolveEc2Capacity(options);
  return {
    existing: false,
    securityGroups: [],
    bind: ({ scope, vpc, cluster }) => {
      const fleet = new Ec2Fleet(scope, 'Ec2', { ...settings, vpc, cluster: cluster as ecs.Cluster });
      return {
        hosts: { connections: fleet.autoScalingGroup.connections, autoScalingGroup: fleet.autoScalingGroup },
        capacity: {
          compatibility: ecs.Compatibility.EC2,
          cpuArchitecture: settings.cpuArchitecture,
          instanceType: settings.instanceType,
          minInstances: settings.minInstances,
          maxInstances: settings.maxInstances,
          strategies: [{ capacityProvider: fleet.capacityProviderName, weight: 1 }],
          // The association, under the cluster, needs the provider, and that the group: one dependency reaches all three.
          deploymentDependencies: [cluster],
          ...settings.oneWriterPlacement === OneWriterPlacement.FARGATE
            ? { oneWriterCapacity: fargateBeside(cluster, settings.cpuArchitecture) }
            : { oneWriterRisk: riskOnInstances(settings) },
        },
      };
    },
  };
}

function resolveEc2Capacity(options: Ec2CapacityOptions): Ec2CapacitySettings {
  const minInstances = options.minInstances ?? 2;
  const maxInstances = options.maxInstances ?? (isKnown(minInstances) ? Math.max(15, Math.ceil(minInstances * 1.5)) : 15);
  requireInstanceCounts(SUBJECT, minInstances, maxInstances);

  const oneWriterPlacement = options.oneWriterPlacement ?? OneWriterPlacement.FARGATE;
  const settings = {
    ...options,
    oneWriterPlacement,
    minInstances,
    maxInstances,
    cpuArchitecture: architectureOf(SUBJECT, options.instanceType, options.cpuArchitecture),
    rootVolumeSize: options.rootVolumeSize ?? Size.gibibytes(SMALLEST_ROOT_GIB),
    maxInstanceLifetime: options.maxInstanceLifetime ?? (oneWriterPlacement === OneWriterPlacement.FARGATE ? Duration.days(14) : undefined),
    targetCapacityPercent: options.targetCapacityPercent ?? 100,
  };
  requireRanges(settings);
  requireSpot(SUBJECT, settings);
  const problem = findRoleProblem(settings);
  if (problem) failAt(SUBJECT, problem);
  return settings;
}

/** Managed draining lets a task end, but a database that ends is away: what counts is whether an instance with a task is taken at all. */
function riskOnInstances(settings: Ec2CapacitySettings): string | undefined {
  const constant = isKnown(settings.minInstances) && settings.minInstances === settings.maxInstances;
  const ways = [
    settings.managedTerminationProtection || constant
      ? undefined
      : 'scale-in after any deployment may take its instance (managedTerminationProtection is off)',
    settings.maxInstanceLifetime ? 'its instance is replaced at the age of maxInstanceLifetime' : undefined,
  ].filter((way) => way !== undefined);
  return ways.length === 0 ? undefined : `${SUBJECT}: ${ways.join(', and ')}; leave oneWriterPlacement out for OneWriterPlacement.FARGATE`;
}

function requireRanges(options: Ec2CapacitySettings): void {
  const { rootVolumeSize, maxInstanceLifetime, targetCapacityPercent } = options;
  requireWholeSize(SUBJECT, {
    name: 'rootVolumeSize',
    value: rootVolumeSize,
    min: SMALLEST_ROOT_GIB,
    max: LARGEST_ROOT_GIB,
    note: ', for the ECS-optimized image has the smallest of these',
    fix: `set rootVolumeSize to Size.gibibytes(${SMALLEST_ROOT_GIB}) or more`,
  });
  if (maxInstanceLifetime !== undefined && !maxInstanceLifetime.isUnresolved()) {
    const days = maxInstanceLifetime.toDays({ integral: false });
    if (days < 1 || days > 365) {
      failAt(SUBJECT, { got: `maxInstanceLifetime is ${days} days`, allowed: '1 to 365 days', fix: 'set maxInstanceLifetime to Duration.days(14)' });
    }
    requireWholeDuration(SUBJECT, { name: 'maxInstanceLifetime', value: maxInstanceLifetime, min: 86400, max: 31536000, unit: 'seconds' });
  }
  requireWhole(SUBJECT, {
    name: 'targetCapacityPercent', value: targetCapacityPercent, min: 1, max: 100, fix: 'use 100 for full instances, 90 for some room',
  });
}
