import type { Rule } from './rule';
import { nameOf } from '../../template/values';

/** The program writes all the same: to a disk that goes with its task. */
export const volumeNotMounted: Rule = {
  id: 'volume-not-mounted',
  severity: 'warning',
  says: 'A task has a volume on a file system, and no container mounts it.',
  change: 'Add a mount point to the container that keeps its files there, or take the volume away.',
  leadsTo: 'The files are written to the disk of the task, and are gone with it.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => {
    const mounted = task.containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume));
    return task.volumes.filter(({ name }) => !mounted.includes(name)).map(({ name, fileSystem }) => ({
      at: task.resource,
      related: [fileSystem],
      saw: `no container of ${nameOf(task.resource)} mounts ${name}${fileSystem === undefined ? '' : `, which is on ${nameOf(fileSystem)}`}`,
    }));
  }),
};
