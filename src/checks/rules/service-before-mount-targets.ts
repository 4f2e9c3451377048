import type { Rule } from './rule';
import { mountedVolumes } from '../../app-model/compute/task-definitions';
import { count } from '../../template/values';

/** Without the order, tasks start before the file system can be mounted, and the mount targets go while a database still writes. */
export const serviceBeforeMountTargets: Rule = {
  id: 'service-before-mount-targets',
  severity: 'warning',
  says: 'The service mounts an EFS file system, but does not wait for its mount targets.',
  change: 'Call service.node.addDependency(fileSystem.mountTargetsAvailable).',
  evaluate: (app) => app.services.flatMap((service) => {
    const targets = [...new Set(mountedVolumes(service.taskDefinition).flatMap(({ fileSystem }) => app.mountTargetsOf(fileSystem)))];
    const early = targets.filter((target) => !app.dependencies.isAfter(service.resource, target));
    return early.length === 0 ? [] : [{
      at: service.resource,
      related: [service.taskDefinition?.resource, ...early],
      saw: `it depends on ${targets.length - early.length} of ${count(targets.length, 'mount target')} of its file systems`,
    }];
  }),
};
