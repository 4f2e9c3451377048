import type { Rule } from './rule';
import { nameOf } from '../../template/values';

/** With a file-system policy that knows only IAM, such a volume cannot be mounted; without one, anybody on the network can mount it. */
export const efsVolumeProtection: Rule = {
  id: 'efs-volume-protection',
  severity: 'warning',
  says: 'An EFS volume is mounted without encryption in transit, without IAM authorization or without an access point.',
  change: 'Set transitEncryption ENABLED and authorizationConfig { accessPointId, iam: ENABLED }, and allow the task role to mount.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => task.volumes.flatMap((volume) => {
    const missing = [
      volume.encrypted ? undefined : 'encryption in transit',
      volume.iam ? undefined : 'IAM authorization',
      volume.accessPoint === undefined ? 'an access point' : undefined,
    ].filter((one) => one !== undefined);
    return missing.length === 0 ? [] : [{
      at: task.resource,
      related: [volume.fileSystem],
      saw: `volume ${volume.name}${volume.fileSystem === undefined ? '' : ` of ${nameOf(volume.fileSystem)}`} is without ${missing.join(', ')}`,
    }];
  })),
};
