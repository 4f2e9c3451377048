import type { Rule } from './rule';
import { hostVariables } from '../../app-model/compute/host-variables';
import { readRegisteredNames, spelledHost } from '../../app-model/registered-names';
import { isComplete } from '../../template/decided';
import { Mentions } from '../../template/mentions';

/** The name of a private namespace is answered by nobody else: what nothing registers does not resolve. */
export const privateNameMissing: Rule = {
  id: 'private-name-missing',
  severity: 'error',
  says: 'A container is told a host of the app\'s private namespace that no service registers, or that has no address record.',
  change: 'Register the service under that name (cloudMapOptions), with A records for awsvpc tasks, or correct the host.',
  evaluate: ({ model, pointers, taskDefinitions }) => {
    const { namespaces, registered } = readRegisteredNames(model, pointers);
    if (namespaces.size === 0 || registered === undefined || !isComplete(model)) return [];
    return taskDefinitions.flatMap((task) => task.containers.flatMap((container) => hostVariables(container).flatMap(({ variable, host }) => {
      const name = spelledHost(model, host);
      const namespace = name && [...namespaces.keys()].find((one) => name.endsWith(`.${one}`));
      if (!name || !namespace || Mentions.of(model).isHandedOut(namespaces.get(namespace)!)) return [];
      const found = registered.get(name);
      const bare = found?.records !== undefined && found.records.length > 0 && found.records.every((type) => type === 'SRV');
      if (found !== undefined && !bare) return [];
      const others = [...registered.keys()].filter((one) => one.endsWith(namespace)).join(', ') || 'no name';
      return [{
        at: task.resource,
        related: [namespaces.get(namespace), found?.entry],
        saw: `container ${container.name} has ${variable}=${name}, `
          + (bare ? 'which has SRV records alone' : `but in ${namespace} there is ${others}`),
      }];
    })));
  },
};
