import type { Rule } from './rule';
import { asList, dig } from '../../template/json';

export const mountWithoutVolume: Rule = {
  id: 'mount-without-volume',
  severity: 'error',
  says: 'A container mounts a volume that its task definition does not have.',
  change: 'Add the volume to the task definition, or name one that is there.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => {
    const volumes = asList(dig(task.resource.properties, 'Volumes')).map((volume) => dig(volume, 'Name'));
    // A name that only the deployment knows may be any of them.
    if (volumes.some((name) => typeof name !== 'string')) return [];
    return task.containers.flatMap((container) => container.mounts.filter(({ volume }) => !volumes.includes(volume)).map(({ volume, path }) => ({
      at: task.resource,
      saw: `container ${container.name} mounts ${volume} at ${path}, but the volumes are ${volumes.join(', ') || 'none'}`,
    })));
  }),
};
