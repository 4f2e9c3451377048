import type { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct, IDependable } from 'constructs';
import { fail, isKnown } from '../../private/errors';
import type { WebAppSharedFiles } from '../web-app-options';

/** Gives the application's container its shared directories, and the task role the right to mount them. */
export function mountSharedFiles(scope: Construct, container: ecs.ContainerDefinition, mounts: WebAppSharedFiles[]): void {
  requirePaths(scope, mounts);
  const { taskDefinition } = container;
  const mounted = new Map<unknown, ecs.Volume>();
  for (const { files, containerPath, readOnly = false } of mounts) {
    const volume = mounted.get(files) ?? files.volume();
    if (!mounted.has(files)) {
      taskDefinition.addVolume(volume);
      files.grantMount(taskDefinition.taskRole);
      mounted.set(files, volume);
    }
    container.addMountPoints({ sourceVolume: volume.name, containerPath, readOnly });
  }
}

/** Opens the way to the mount targets, and returns what the service must wait for: without them its tasks could not start (DB-22). */
export function reachSharedFiles(consumer: ec2.IConnectable, mounts: WebAppSharedFiles[]): IDependable[] {
  const fileSystems = [...new Set(mounts.map((mount) => mount.files))];
  fileSystems.forEach((files) => files.allowConnectionsFrom(consumer));
  return fileSystems.flatMap((files) => files.mountDependencies);
}

function requirePaths(scope: Construct, mounts: WebAppSharedFiles[]): void {
  const paths = mounts.map((mount) => mount.containerPath);
  for (const [index, path] of paths.entries()) {
    if (!isKnown(path)) continue;
    if (!/^\/[^:]+$/.test(path)) {
      fail(scope, {
        got: `sharedFiles containerPath is '${path}'`,
        allowed: 'an absolute path below the root, without a colon',
        fix: "write it like '/var/www/html/uploads'",
      });
    }
    if (paths.indexOf(path) !== index) {
      fail(scope, {
        got: `sharedFiles containerPath '${path}' is given twice`,
        allowed: 'a path of its own for each mount',
        fix: 'mount one of the two somewhere else',
      });
    }
  }
}
