import type { Rule } from './rule';
import { hostVariables } from '../../app-model/compute/host-variables';
import { namesMysqlHost } from '../../private/aws/host-variables';
import { literalOf } from '../../template/text';

/** PHP and the MySQL client read `localhost` as "the socket file on this disk", which the other container has and this one has not. */
export const localhostAsDatabaseHost: Rule = {
  id: 'localhost-as-database-host',
  severity: 'warning',
  says: 'A container reaches its database as "localhost", which PHP and MySQL clients take for a socket file, not for an address.',
  change: 'Use 127.0.0.1.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => task.containers.flatMap((container) => hostVariables(container)
    .filter(({ variable, host }) => namesMysqlHost(variable) && literalOf(host) === 'localhost')
    .map(({ variable }) => ({ at: task.resource, saw: `container ${container.name} has ${variable}=localhost` })))),
};
