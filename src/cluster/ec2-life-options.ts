import type { Duration } from 'aws-cdk-lib';

/**
 * When instances go, and what they wait for.
 *
 * @internal
 */
export interface Ec2LifeOptions {
  /**
   * The age at which the Auto Scaling group replaces an instance, so that each one gets the newest image: 1 to 365 days.
   *
   * @default - 14 days; none with `OneWriterPlacement.INSTANCES`, where it would stop the database on a calendar: renew such instances by hand
   */
  readonly maxInstanceLifetime?: Duration;

  /**
   * Whether ECS protects instances with running tasks from scale-in. With it, deleting the stack hangs until somebody scales the
   * group to zero and removes the protection; managed draining already lets tasks finish.
   *
   * @default false
   */
  readonly managedTerminationProtection?: boolean;

  /**
   * Whether an instance that is to go waits until its tasks have ended, for up to two days. Switch it off in the deployment before the one that deletes
   * the cluster: once the capacity provider is gone, nobody may be left to tell the instances that they need not wait.
   *
   * @default true
   */
  readonly managedDraining?: boolean;
}
