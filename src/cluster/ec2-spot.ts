import { aws_autoscaling as autoscaling } from 'aws-cdk-lib';
import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Ec2CapacitySettings } from './ec2-capacity-options';
import { OneWriterPlacement } from './one-writer-placement';
import { architectureOf } from '../instances/instance-architecture';
import { failAt } from '../private/errors';
import { requireWhole } from '../private/numbers';

/** Throws where Spot could stop what must not be stopped, or where instances would not run the same images. */
export function requireSpot(subject: string, { spot, oneWriterPlacement, cpuArchitecture }: Ec2CapacitySettings): void {
  if (spot === undefined) return;
  if (oneWriterPlacement === OneWriterPlacement.INSTANCES) {
    failAt(subject, {
      got: 'spot together with OneWriterPlacement.INSTANCES',
      allowed: 'one of the two, for an interruption would stop the only task',
      fix: 'leave oneWriterPlacement out: such tasks then run on Fargate',
    });
  }
  if (spot.instanceTypes.length < 2) {
    failAt(subject, {
      got: `spot.instanceTypes has ${spot.instanceTypes.length} type(s)`,
      allowed: 'two or more beside instanceType, because Spot of a single type runs out',
      fix: 'add types of the same size, such as m6i.large and m5.large to m7i.large',
    });
  }
  spot.instanceTypes.forEach((type) => architectureOf(subject, type, cpuArchitecture));
  requireWhole(subject, { name: 'spot.onDemandBase', value: spot.onDemandBase, min: 0, fix: 'leave it out for minInstances' });
  requireWhole(
    subject,
    { name: 'spot.onDemandPercent', value: spot.onDemandPercent, min: 0, max: 99, fix: 'leave spot out for instances on demand only' },
  );
}

type InstanceSource = Pick<autoscaling.AutoScalingGroupProps, 'launchTemplate' | 'mixedInstancesPolicy' | 'capacityRebalance'>;

/** How the Auto Scaling group gets its instances. */
export function instanceSource(launchTemplate: ec2.LaunchTemplate, settings: Ec2CapacitySettings): InstanceSource {
  const { spot, instanceType, minInstances } = settings;
  if (spot === undefined) return { launchTemplate };
  return {
    mixedInstancesPolicy: {
      launchTemplate,
      launchTemplateOverrides: [instanceType, ...spot.instanceTypes].map((type) => ({ instanceType: type })),
      instancesDistribution: {
        onDemandBaseCapacity: spot.onDemandBase ?? minInstances,
        onDemandPercentageAboveBaseCapacity: spot.onDemandPercent ?? 0,
        spotAllocationStrategy: autoscaling.SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED,
      },
    },
    capacityRebalance: true,
  };
}
