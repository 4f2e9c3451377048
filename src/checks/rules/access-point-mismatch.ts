import type { Rule } from './rule';
import { mountedVolumes } from '../../app-model/compute/task-definitions';
import type { EfsVolume, TaskDefinition } from '../../app-model/compute/task-definitions';
import { isDataDirectory } from '../../private/aws/data-directories';
import { serverImage } from '../../private/aws/server-images';
import { asList, dig } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';
import { literalOf, referenceOf } from '../../template/text';
import { literalAt, nameOf, numberAt } from '../../template/values';

/** What an access point says is only tried when a task mounts it. */
export const accessPointMismatch: Rule = {
  id: 'access-point-mismatch',
  severity: 'error',
  says: 'Tasks cannot use an EFS access point as they mount it: it is of another file system, its directory is not there, or its user may not write.',
  change: 'Make the access point in the file system that is mounted, with CreationInfo for its path, owned by the user that it enforces.',
  evaluate: ({ model, taskDefinitions }) => taskDefinitions.flatMap((task) => mountedVolumes(task).flatMap((volume) => {
    const point = model.resource(referenceOf(volume.accessPoint ?? [])?.target ?? '');
    if (point?.type !== 'AWS::EFS::AccessPoint') return [];
    const saw = otherFileSystem(model, volume, point) ?? notMade(model, volume, point) ?? notWritable(model, task, volume, point);
    return saw === undefined
      ? []
      : [{ at: point, related: [task.resource, volume.fileSystem], saw: `${nameOf(point)}, mounted as ${volume.name}: ${saw}` }];
  })),
};

function otherFileSystem(model: TemplateModel, { fileSystem }: EfsVolume, point: Resource): string | undefined {
  const own = model.pointee(point, dig(point.properties, 'FileSystemId'));
  return own === undefined || fileSystem === undefined || own === fileSystem
    ? undefined
    : `it belongs to ${nameOf(own)}, and the volume names ${nameOf(fileSystem)}`;
}

/** A new file system has no directories but its root. */
function notMade(model: TemplateModel, { fileSystem }: EfsVolume, point: Resource): string | undefined {
  const root = dig(point.properties, 'RootDirectory');
  const path = literalAt(model, point, 'RootDirectory', 'Path');
  const replicated = dig(fileSystem?.properties, 'ReplicationConfiguration') !== undefined;
  return fileSystem === undefined || replicated || path === undefined || path === '/' || dig(root, 'CreationInfo') !== undefined
    ? undefined
    : `nothing makes its directory ${path}, for it has no CreationInfo`;
}

function notWritable(model: TemplateModel, task: TaskDefinition, volume: EfsVolume, point: Resource): string | undefined {
  const [user, group, owner, ownerGroup] = [
    ['PosixUser', 'Uid'],
    ['PosixUser', 'Gid'],
    ['RootDirectory', 'CreationInfo', 'OwnerUid'],
    ['RootDirectory', 'CreationInfo', 'OwnerGid'],
  ]
    .map((keys) => numberAt(model, point, ...keys));
  const mode = literalAt(model, point, 'RootDirectory', 'CreationInfo', 'Permissions')?.slice(-3);
  const writers = task.containers.filter(({ mounts }) => mounts.some((mount) => mount.volume === volume.name && !mount.readOnly));
  if (writers.length === 0 || user === undefined) return undefined;
  if (user !== 0 && owner !== undefined && mode !== undefined && /^[0-7]{3}$/.test(mode)) {
    const digit = Number(user === owner ? mode[0] : group === ownerGroup ? mode[1] : mode[2]);
    // eslint-disable-next-line no-bitwise
    if ((digit & 2) === 0) return `it enforces user ${user}, who may not write: its directory belongs to ${owner} with permissions ${mode}`;
  }
  const server = writers.find(({ name, image, mounts }) => {
    const body = asList(dig(task.resource.properties, 'ContainerDefinitions')).find((one) => dig(one, 'Name') === name);
    const wanted = serverImage(literalOf(image) ?? '')?.user;
    const data = mounts.some((mount) => mount.volume === volume.name && isDataDirectory(mount.path));
    return wanted !== undefined && wanted !== user && user !== 0 && data && dig(body, 'User') === undefined
      && !(literalOf(image) ?? '').includes('alpine');
  });
  return server === undefined
    ? undefined
    : `it enforces user ${user}, but the server in container ${server.name} hands its files to user `
      + `${serverImage(literalOf(server.image)!)!.user}, and may not`;
}
