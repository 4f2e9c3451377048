import type { aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { oneWriterCapacity } from './capacity-providers';
import { defineService } from './define-service';
import type { ServiceProps } from './define-service';
import { waysToASecondWriter } from './one-writer';
import type { IHaEcsCluster } from '../cluster/cluster-interface';
import { warn } from '../private/warnings';

/** Starts that may fail before ECS gives up: after a host crash the lock on the files outlives the first of them. */
const TOLERATED_FAILURES = 5;

/** What is left to say of a service whose numbers are all decided. */
export type OneWriterServiceProps = Pick<ServiceProps,
'taskDefinition' | 'securityGroup' | 'vpcSubnets' | 'healthCheckGracePeriod' | 'enableExecuteCommand' | 'cloudMap'>;

/**
 * Defines a service of exactly one task, which alone writes to its files: the old task stops before the new one starts, nothing scales,
 * rebalances or moves it to Spot, and synthesis fails where somebody changes that by way of the L2.
 */
export function defineOneWriterService(scope: Construct, id: string, cluster: IHaEcsCluster, props: OneWriterServiceProps): ecs.BaseService {
  const capacity = oneWriterCapacity(cluster);
  const service = defineService(scope, id, cluster, {
    ...props,
    capacity,
    desiredCount: 1,
    minHealthyPercent: 0,
    maxHealthyPercent: 100,
    zoneRebalancing: false,
    interruptible: false,
    failureThresholdCount: TOLERATED_FAILURES,
  });
  scope.node.addValidation({ validate: () => waysToASecondWriter(service) });
  if (capacity.oneWriterRisk !== undefined) {
    warn(scope, 'EcsCapacity.oneWriterOnInstances', `This task may be stopped without notice. ${capacity.oneWriterRisk}`);
  }
  return service;
}
