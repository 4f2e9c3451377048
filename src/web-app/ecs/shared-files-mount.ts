import type { aws_ec2 as ec2, aws_ecs as ecs } from 'aws-cdk-lib';
import type { Construct, IDependable } from 'constructs';
import { fail, isKnown } from '../../private/errors';
import type { WebAppSharedFiles } from '../shared-files-options';

/** The file systems of a task, each with one volume, whichever containers mount it. */
export class SharedFilesMounts {
  private readonly volumes = new Map<unknown, ecs.Volume>();

  public constructor(private readonly scope: Construct, private readonly taskDefinition: ecs.TaskDefinition) {}

  /** Gives a container its directories, and the task role the right to mount them. */
  public add(container: ecs.ContainerDefinition, mounts: WebAppSharedFiles[]): void {
    requirePaths(this.scope, mounts);
    for (const { files, containerPath, readOnly = false } of mounts) {
      const volume = this.volumes.get(files) ?? files.volume();
      if (!this.volumes.has(files)) {
        this.taskDefinition.addVolume(volume);
        files.grantMount(this.taskDefinition.taskRole);
        this.volumes.set(files, volume);
      }
      container.addMountPoints({ sourceVolume: volume.name, containerPath, readOnly });
    }
  }
}

/** Lets the application reach the mount targets, and returns what the service must wait for: without them its tasks could not start. */
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
