import type { Rule } from './rule';
import { mountedVolumes } from '../../app-model/compute/task-definitions';
import { nameOf } from '../../template/values';
import { readableZones, taskZones, zonesOf } from '../../app-model/zones';

/** The name of a file system resolves to the mount target of the asker's own zone, and to nothing where there is none. */
export const mountTargetMissingInZone: Rule = {
  id: 'mount-target-missing-in-zone',
  severity: 'error',
  says: 'Tasks may start in a zone in which their EFS file system has no mount target: there they cannot mount it.',
  change: 'Make a mount target in each zone where tasks run.',
  evaluate: (app) => app.services.flatMap((service) => {
    const zones = taskZones(service);
    const fileSystems = new Set(mountedVolumes(service.taskDefinition).flatMap(({ fileSystem }) => fileSystem ?? []));
    return [...fileSystems].flatMap((fileSystem) => {
      const covered = zonesOf(app.mountTargetsOf(fileSystem).flatMap((target) => app.subnetOf(target, 'SubnetId') ?? []));
      const missing = covered === undefined ? [] : (zones ?? []).filter((zone) => !covered.includes(zone));
      return missing.length === 0 ? [] : [{
        at: service.resource,
        related: [fileSystem],
        saw: `tasks run in ${readableZones(zones!)}, but ${nameOf(fileSystem)} has mount targets in ${readableZones(covered!)} only`,
      }];
    });
  }),
};
