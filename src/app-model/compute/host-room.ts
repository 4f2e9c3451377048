import type { EcsService } from './services';
import { reservationOf } from './task-definitions';
import { instanceSize } from '../../private/aws/instance-types';

/**
 * How many tasks of a service all hosts together hold when its groups have grown as far as they may, were they alone there; undefined where
 * the templates do not say. The memory that the system keeps for itself is not taken off: rather one task too many.
 */
export function roomFor(service: EcsService): number | undefined {
  const { taskDefinition, groups } = service;
  if (taskDefinition === undefined || groups.length === 0) return undefined;
  const { cpu = 0, memory = 0 } = reservationOf(taskDefinition);
  if (cpu === 0 && memory === 0) return undefined;
  let room = 0;
  for (const { max, instanceTypes } of groups) {
    const sizes = instanceTypes.map(instanceSize);
    if (max === undefined || sizes.length === 0 || sizes.includes(undefined)) return undefined;
    const most = Math.max(...sizes.map((size) => Math.min(
      cpu === 0 ? Infinity : Math.floor((size!.vcpu * 1024) / cpu),
      memory === 0 ? Infinity : Math.ceil(size!.memoryMiB / memory) - 1,
    )));
    room += max * most;
  }
  return room;
}
