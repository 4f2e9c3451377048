import type { Duration, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail } from '../private/errors';
import { isWhole, requireTokenUnit, requireWhole } from '../private/numbers';

const LONGEST_SECONDS = 2147483647;

/** What a container may reserve; more is in no instance. */
export function requireReservation(scope: Construct, name: string, cpu: number, memoryMiB: number): void {
  requireWhole(scope, { name: `cpu of ${name}`, value: cpu, min: 1, max: 196608, note: ' CPU units, of which 1024 are one vCPU' });
  requireWhole(scope, { name: `memoryMiB of ${name}`, value: memoryMiB, min: 6, max: 33554432, note: ' MiB' });
}

/** What a container may say about its time; ECS refuses more, and CloudFormation finds out only during the deployment. */
export interface ContainerTimes {
  readonly healthCheck?: ecs.HealthCheck;
  readonly startTimeout?: Duration;
  readonly stopTimeout?: Duration;
}

/** Throws when a container asks for more time than ECS gives. */
export function requireContainerTimes(scope: Construct, container: string, onFargate: boolean, times: ContainerTimes): void {
  if (onFargate) {
    requireSeconds(scope, `stopTimeout of ${container}`, times.stopTimeout, [2, 120], 'on Fargate');
    requireSeconds(scope, `startTimeout of ${container}`, times.startTimeout, [2, 120], 'on Fargate');
  }
  // On instances the agent knows no upper bound.
  requireSeconds(scope, `stopTimeout of ${container}`, times.stopTimeout, [0, LONGEST_SECONDS]);
  requireSeconds(scope, `startTimeout of ${container}`, times.startTimeout, [0, LONGEST_SECONDS]);
  const check = times.healthCheck;
  if (check === undefined) return;
  requireWhole(scope, { name: `healthCheck.retries of ${container}`, value: check.retries, min: 1, max: 10 });
  requireSeconds(scope, `healthCheck.interval of ${container}`, check.interval, [5, 300]);
  requireSeconds(scope, `healthCheck.timeout of ${container}`, check.timeout, [2, 60]);
  requireSeconds(scope, `healthCheck.startPeriod of ${container}`, check.startPeriod, [0, 300]);
}

function requireSeconds(scope: Construct, name: string, value: Duration | undefined, [lowest, highest]: [number, number], where = ''): void {
  requireTokenUnit(scope, name, value, 'seconds');
  if (value === undefined || value.isUnresolved()) return;
  const seconds = value.toSeconds({ integral: false });
  if (isWhole(seconds, lowest, highest)) return;
  fail(scope, {
    got: `${name} is ${seconds} seconds`,
    allowed: `${lowest} to ${highest} ${Number.isInteger(seconds) ? '' : 'whole '}seconds ${where}`.trim(),
    fix: `set it to Duration.seconds(${Math.min(Math.max(Math.ceil(seconds), lowest), highest)})`,
  });
}

/** Throws for a port no program could listen on. */
export function requirePort(scope: Construct, name: string, port: number): void {
  requireWhole(scope, { name, value: port, min: 1, max: 65535, fix: 'set it to the TCP port on which the container listens' });
}
