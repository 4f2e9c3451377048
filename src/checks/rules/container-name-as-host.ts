import type { Rule } from './rule';
import { hostVariables } from '../../app-model/compute/host-variables';
import { literalOf } from '../../template/text';

/** Only bridge mode with links knows containers by name; in awsvpc mode they share one loopback address. */
export const containerNameAsHost: Rule = {
  id: 'container-name-as-host',
  severity: 'error',
  says: 'A container of an awsvpc task names a sibling container as host: that name does not resolve.',
  change: 'Use 127.0.0.1 as the host, and let the container wait for the sibling to be HEALTHY, by a health check of the sibling.',
  evaluate: (app) => app.taskDefinitions.filter(({ networkMode }) => networkMode === 'awsvpc')
    .flatMap((task) => task.containers.flatMap((container) => {
      const siblings = task.containers.filter((other) => other !== container).map(({ name }) => name.toLowerCase());
      return hostVariables(container).flatMap(({ variable, host }) => {
        const named = literalOf(host)?.toLowerCase();
        return named === undefined || !siblings.includes(named) ? [] : [{
          at: task.resource,
          saw: `container ${container.name} has ${variable}=${literalOf(host)}, the name of its sibling container`,
        }];
      });
    })),
};
