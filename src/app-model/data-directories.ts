import type { EfsVolume, TaskDefinition } from './task-definitions';
import { keyOf } from '../template/text';

/** Directories that a database server takes for itself alone: a second server on the same files refuses to start, or ruins them. */
const DATA_DIRECTORIES = [
  '/var/lib/mysql', '/var/lib/mariadb', '/var/lib/postgresql', '/var/lib/pgsql', '/var/lib/mongodb', '/var/lib/cassandra', '/var/lib/neo4j',
  '/var/lib/rabbitmq', '/var/lib/influxdb', '/var/opt/mssql', '/data/db', '/usr/share/elasticsearch/data', '/usr/share/opensearch/data',
  '/bitnami/mysql', '/bitnami/mariadb', '/bitnami/postgresql', '/bitnami/mongodb',
];

/** A data directory of a database on an EFS volume. */
export interface DataDirectory {
  readonly task: TaskDefinition;
  readonly volume: EfsVolume;
  readonly container: string;
  readonly path: string;
}

/** The data directories that a task definition keeps on EFS. */
export function dataDirectoriesOf(task: TaskDefinition | undefined): DataDirectory[] {
  return (task?.containers ?? []).flatMap((container) => container.mounts
    .filter((mount) => !mount.readOnly && DATA_DIRECTORIES.some((known) => mount.path === known || mount.path.startsWith(`${known}/`)))
    .flatMap((mount) => {
      const volume = task!.volumes.find(({ name }) => name === mount.volume);
      return volume === undefined ? [] : [{ task: task!, volume, container: container.name, path: mount.path }];
    }));
}

/** Equal for volumes that show the same files: the access point, else the directory of the file system. Undefined where that is not known. */
export function filesKey(volume: EfsVolume): string | undefined {
  const fileSystem = keyOf(volume.fileSystemId);
  const accessPoint = volume.accessPoint && keyOf(volume.accessPoint);
  if (volume.accessPoint !== undefined) {
    return accessPoint;
  }
  return fileSystem === undefined ? undefined : `${fileSystem} ${volume.rootDirectory}`;
}
