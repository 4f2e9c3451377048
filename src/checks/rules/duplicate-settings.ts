import type { Rule } from './rule';
import { asList, dig } from '../../template/json';
import { nameOf } from '../../template/values';

/** Of two settings of one name one is dropped, and which one is nowhere promised. */
export const duplicateSettings: Rule = {
  id: 'duplicate-settings',
  severity: 'warning',
  says: 'A task definition states something twice: a variable, a mount, a volume, a port or a container of the same name.',
  change: 'Keep one of the two.',
  evaluate: ({ taskDefinitions }) => taskDefinitions.flatMap(({ resource }) => {
    const bodies = asList(dig(resource.properties, 'ContainerDefinitions'));
    const inContainers = bodies.flatMap((body) => {
      const names = (list: string, ...keys: string[]) => asList(dig(body, list)).map((one) => keys.map((key) => dig(one, key)).join('/'));
      const twice = [
        ...repeated([...names('Environment', 'Name'), ...names('Secrets', 'Name')]).map((name) => `variable ${name}`),
        ...repeated(names('MountPoints', 'ContainerPath')).map((path) => `mount ${path}`),
        ...repeated(names('PortMappings', 'ContainerPort', 'Protocol')).map((port) => `port ${port.replace(/\/$/, '')}`),
      ];
      return twice.map((what) => `${what} of container ${String(dig(body, 'Name'))}`);
    });
    const around = [
      ...repeated(bodies.map((body) => dig(body, 'Name'))).map((name) => `container ${name}`),
      ...repeated(asList(dig(resource.properties, 'Volumes')).map((volume) => dig(volume, 'Name'))).map((name) => `volume ${name}`),
    ];
    const all = [...inContainers, ...around];
    return all.length === 0 ? [] : [{ at: resource, saw: `${nameOf(resource)} has twice: ${all.join(', ')}` }];
  }),
};

function repeated(names: readonly unknown[]): string[] {
  const plain = names.filter((name): name is string => typeof name === 'string' && name !== '' && !name.includes('[object')
    && !name.includes('undefined'));
  return [...new Set(plain.filter((name, index) => plain.indexOf(name) !== index))];
}
