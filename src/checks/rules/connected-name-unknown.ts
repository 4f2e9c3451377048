import type { Observation, Rule } from './rule';
import { hostVariables } from '../../app-model/compute/host-variables';
import type { HostVariable } from '../../app-model/compute/host-variables';
import { PrivateNames } from '../../app-model/private-names';
import { readTaskRuns } from '../../app-model/task-runs';
import type { TaskRun } from '../../app-model/task-runs';
import { isSlip } from '../../template/slip';
import { literalOf } from '../../template/text';
import { nameOf } from '../../template/values';

/** Names of Service Connect stand in the containers of its members alone: for all others they do not resolve. */
export const connectedNameUnknown: Rule = {
  id: 'connected-name-unknown',
  severity: 'warning',
  says: 'A container is told a name or port of Service Connect that its task does not hear.',
  change: 'Turn Service Connect on for the client too, in the same namespace, and take name and port from the client alias of the server.',
  leadsTo: 'The name does not resolve, or nothing answers on the port.',
  evaluate: (app) => {
    const names = PrivateNames.of(app);
    return readTaskRuns(app).flatMap((run) => run.taskDefinition.containers.flatMap((container) => (
      hostVariables(container).flatMap((told): Observation[] => {
        const host = literalOf(told.host)?.toLowerCase();
        const sibling = run.taskDefinition.containers.some(({ name, links }) => name === host || links.some((link) => link.endsWith(host ?? ' ')));
        const why = host === undefined || host === '' || sibling ? undefined
          : fault(names, run, host, portOf(told, container.environment.get(told.variable)));
        return why === undefined ? []
          : [{
            at: run.resource,
            related: [run.taskDefinition.resource],
            saw: `${told.variable} of container ${container.name} names ${host!}: ${why}`,
          }];
      })
    )));
  },
};

function fault(names: PrivateNames, run: TaskRun, host: string, port: number | undefined): string | undefined {
  const resolved = names.resolve(host, run);
  if (resolved?.answering !== undefined) {
    return port === undefined || resolved.answering.size === 0 || resolved.answering.has(port)
      ? undefined
      : `it answers on ${[...resolved.answering.keys()].join(', ')}, and is asked on ${port}`;
  }
  const bearers = names.connectedAs(host);
  const heard = names.heardBy(run);
  if (resolved !== undefined || heard.includes(host)) return undefined;
  if (bearers.length > 0) return `that is ${nameOf(bearers[0].resource)} in a namespace of Service Connect in which ${nameOf(run.resource)} is not`;
  const close = host.includes('.') || names.isKnown(host) ? undefined : heard.find((name) => isSlip(host, name));
  return close === undefined ? undefined : `no service has that name; one is ${close}`;
}

/** Where an address has a scheme, it has a port. */
function portOf({ port }: HostVariable, value: Parameters<typeof literalOf>[0] | undefined): number | undefined {
  const scheme = /^(https?):\/\//.exec(literalOf(value ?? []) ?? '')?.[1];
  return port ?? (scheme === undefined ? undefined : scheme === 'http' ? 80 : 443);
}
