import type { Observation, Rule } from './rule';
import { mountedVolumes } from '../../app-model/compute/task-definitions';
import type { EfsVolume } from '../../app-model/compute/task-definitions';
import { readTaskRuns } from '../../app-model/task-runs';
import type { TaskRun } from '../../app-model/task-runs';
import type { NetworkModel } from '../../paths/judging/network-model';
import { NFS_PORT } from '../../private/aws/engine-ports';
import { nameOf } from '../../template/values';

/** In awsvpc mode the task's own interface mounts; in bridge and host mode that of the instance. */
export const fileSystemUnreachable: Rule = {
  id: 'file-system-unreachable',
  severity: 'error',
  says: 'A task mounts an EFS file system that it cannot reach on port 2049; in bridge mode that is asked of its instances.',
  change: 'Call service.connections.allowTo(fileSystem, Port.tcp(2049)); in bridge mode for the Auto Scaling group instead of the service.',
  evaluate: (app) => readTaskRuns(app).flatMap((run) => mountedVolumes(run.taskDefinition)
    .filter(({ fileSystem }) => fileSystem !== undefined)
    .flatMap((volume) => judge(app, run, volume))),
};

function judge(app: NetworkModel, { resource: at, taskDefinition, endpoints }: TaskRun, volume: EfsVolume): Observation[] {
  const fileSystem = volume.fileSystem!;
  const who = `volume ${volume.name} of ${nameOf(at)} (${taskDefinition.networkMode})`;
  const finding = (why: string) => [{ at, related: [fileSystem], causes: [why], saw: `${who} needs ${nameOf(fileSystem)}: ${why}` }];
  const mountTargets = app.mountTargetsOf(fileSystem).flatMap((target) => app.endpointsOf(target));
  if (mountTargets.length === 0) return fileSystem.type === 'AWS::EFS::FileSystem' ? finding('it has no mount target') : [];
  const blocked = endpoints.flatMap((source) => mountTargets.map((target) => app.judge.onPort(source, target, NFS_PORT)))
    .find(({ verdict }) => verdict === 'blocked');
  return blocked === undefined ? [] : finding(blocked.missing!.text);
}

