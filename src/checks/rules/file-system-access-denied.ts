import type { Rule } from './rule';
import { mountedVolumes } from '../../app-model/compute/task-definitions';
import { roleOf } from '../../app-model/compute/task-needs';
import { refusal } from '../../app-model/iam/file-system-policy';
import { referenceOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** A mount that the policies refuse stops the task before its first container; without the right to write, the first write fails. */
export const fileSystemAccessDenied: Rule = {
  id: 'file-system-access-denied',
  severity: 'error',
  says: 'The policies of a file system and of the task role do not let the tasks mount it or write to it as they are told to.',
  change: 'Let the task role do elasticfilesystem:ClientMount and ClientWrite (fileSystem.grantReadWrite), and mount with IAM and encryption in '
    + 'transit.',
  evaluate: ({ model, taskDefinitions }) => taskDefinitions.flatMap((task) => mountedVolumes(task).flatMap((volume) => {
    if (volume.fileSystem === undefined) return [];
    const { fileSystem, iam, encrypted, name } = volume;
    const mounting = {
      role: roleOf(model, task, 'TaskRoleArn'),
      iam,
      encrypted,
      accessPoint: model.resource(referenceOf(volume.accessPoint ?? [])?.target ?? ''),
    };
    const writes = task.containers.some(({ mounts }) => mounts.some((mount) => mount.volume === name && !mount.readOnly));
    const why = refusal(model, fileSystem, mounting, 'elasticfilesystem:ClientMount')
      ?? (writes ? refusal(model, fileSystem, mounting, 'elasticfilesystem:ClientWrite') : undefined);
    return why === undefined
      ? []
      : [{ at: task.resource, related: [fileSystem, mounting.role], saw: `volume ${name} is ${nameOf(fileSystem)}: ${why}` }];
  })),
};
