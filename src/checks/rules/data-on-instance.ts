import type { Rule } from './rule';
import { serverImage } from '../../private/aws/server-images';
import { asList, dig } from '../../template/json';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** The disk of an instance goes with the instance, and instances of a group come and go. */
export const dataOnInstance: Rule = {
  id: 'data-on-instance',
  severity: 'warning',
  says: 'A database server keeps its data on the disk of an instance of an Auto Scaling group.',
  change: 'Keep the data on EFS or in RDS.',
  leadsTo: 'When the instance is replaced, or the task is placed on another one, the data are gone.',
  evaluate: ({ services }) => services.filter(({ groups }) => groups.length > 0).flatMap(({ resource, taskDefinition, groups }) => {
    const local = asList(dig(taskDefinition?.resource.properties, 'Volumes')).filter((volume) => {
      const driver = dig(volume, 'DockerVolumeConfiguration', 'Driver');
      return dig(volume, 'Host', 'SourcePath') !== undefined
        || (dig(volume, 'DockerVolumeConfiguration') !== undefined && [undefined, 'local'].includes(driver as string | undefined)
          && dig(volume, 'DockerVolumeConfiguration', 'DriverOpts') === undefined);
    }).map((volume) => dig(volume, 'Name'));
    return (taskDefinition?.containers ?? []).flatMap((container) => {
      const server = serverImage(literalOf(container.image) ?? '');
      const mount = container.mounts.find(({ volume, path, readOnly }) => !readOnly && local.includes(volume)
        && server?.directories.some((one) => one === path || path.startsWith(`${one}/`)));
      return mount === undefined ? [] : [{
        at: taskDefinition!.resource,
        related: [resource, ...groups.map((group) => group.resource)],
        saw: `container ${container.name} of ${nameOf(taskDefinition!.resource)} runs ${server!.engine} with its data in volume ${mount.volume}`,
      }];
    });
  }),
};
