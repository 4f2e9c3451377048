import type { EfsVolume, TaskDefinition } from './task-definitions';
import { isDataDirectory } from '../../private/aws/data-directories';
import { oncePer } from '../../template/once-per';
import { keyOf } from '../../template/text';

/** A data directory of a database on an EFS volume. */
export interface DataDirectory {
  readonly task: TaskDefinition;
  readonly volume: EfsVolume;
  readonly container: string;
  readonly path: string;
}

/** The data directories that a task definition keeps on EFS. */
export function dataDirectoriesOf(task: TaskDefinition | undefined): readonly DataDirectory[] {
  return task === undefined ? [] : directoriesIn(task);
}

const directoriesIn = oncePer((task: TaskDefinition): readonly DataDirectory[] => task.containers.flatMap((container) => container.mounts
  .filter((mount) => !mount.readOnly && isDataDirectory(mount.path))
  .flatMap((mount) => {
    const volume = task.volumes.find(({ name }) => name === mount.volume);
    return volume === undefined ? [] : [{ task, volume, container: container.name, path: mount.path }];
  })));

/** Equal for volumes that show the same files: the access point, else the directory of the file system. Undefined where that is not known. */
export function filesKey(volume: EfsVolume): string | undefined {
  const fileSystem = keyOf(volume.fileSystemId);
  const accessPoint = volume.accessPoint && keyOf(volume.accessPoint);
  if (volume.accessPoint !== undefined) return accessPoint;
  return fileSystem === undefined ? undefined : `${fileSystem} ${volume.rootDirectory}`;
}
