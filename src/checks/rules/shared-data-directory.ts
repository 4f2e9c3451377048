import type { Rule } from './rule';
import { dataDirectoriesOf, filesKey } from '../../app-model/compute/data-directories';
import type { TaskDefinition } from '../../app-model/compute/task-definitions';
import type { NetworkModel } from '../../paths/judging/network-model';
import { oncePer } from '../../template/once-per';
import { nameOf } from '../../template/values';

/** EFS locks are advisory: nothing but the database server itself keeps a second task off its files. */
export const sharedDataDirectory: Rule = {
  id: 'shared-data-directory',
  severity: 'error',
  says: 'A second task definition or service mounts the files that a database server keeps for itself.',
  change: 'Leave the files to the database, and give the other one an access point with another directory; take backups over the network.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => dataDirectoriesOf(task).flatMap((directory) => {
    const key = filesKey(directory.volume);
    if (key === undefined) return [];
    const others = [...writersOf(app).get(key) ?? []].filter((other) => other !== task);
    const services = app.services.filter(({ taskDefinition }) => taskDefinition === task);
    const by = [...others.map(({ resource }) => resource), ...services.slice(1).map(({ resource }) => resource)];
    return by.map((other) => ({
      at: other,
      related: [task.resource, directory.volume.fileSystem],
      saw: `${nameOf(other)} mounts the files of ${directory.path} of container ${directory.container} in ${nameOf(task.resource)}`,
    }));
  })),
};

/** The task definitions that write to files, by the files. */
const writersOf = oncePer((app: NetworkModel) => {
  const found = new Map<string, Set<TaskDefinition>>();
  for (const task of app.taskDefinitions) {
    for (const volume of task.volumes) {
      const key = filesKey(volume);
      if (key !== undefined && isWritten(task, volume.name)) found.set(key, (found.get(key) ?? new Set()).add(task));
    }
  }
  return found;
});

/** Reading alone ruins nothing. */
function isWritten(task: TaskDefinition, volume: string): boolean {
  return task.containers.some(({ mounts }) => mounts.some((mount) => mount.volume === volume && !mount.readOnly));
}
