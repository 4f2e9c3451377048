import type { EcsService } from './services';
import type { Subnet } from '../network/subnet';

/** The zone's name, or its number in the region where the template leaves the name to the deployment. */
export function zoneLabel(zone: string): string {
  const numbered = /^\$\{zones of .*\.(\d+)\}$/.exec(zone);
  return numbered === null ? zone : `zone ${Number(numbered[1]) + 1}`;
}

/** The different zones of the subnets; undefined where one of them is not known, because then nothing can be said of their number. */
export function zonesOf(subnets: readonly Subnet[]): string[] | undefined {
  const zones = subnets.map(({ zone }) => zone);
  return zones.length === 0 || zones.some((zone) => zone === undefined) ? undefined : [...new Set(zones as string[])];
}

/** The zones in which tasks of a service can run: of its subnets, and on EC2 only those that have instances too. */
export function taskZones(service: EcsService): string[] | undefined {
  const ofInstances = zonesOf(service.groups.flatMap(({ subnets }) => subnets));
  if (service.subnets.length === 0) return service.capacity === 'ec2' ? ofInstances : undefined;
  const ofTasks = zonesOf(service.subnets);
  return service.capacity === 'ec2' && ofInstances !== undefined ? ofTasks?.filter((zone) => ofInstances.includes(zone)) : ofTasks;
}

/** The missing link of all that stands in a VPC with subnets in one zone only. */
export function oneZoneOf(vpc: string): string {
  return `${vpc} has one zone`;
}

/** `zone 1 and zone 2`. */
export function readableZones(zones: readonly string[]): string {
  return zones.map(zoneLabel).sort().join(' and ') || 'no zone';
}
