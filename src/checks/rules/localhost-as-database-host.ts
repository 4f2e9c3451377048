import type { Rule } from './rule';
import { hostVariables } from '../../app-model/host-variables';
import { literalOf } from '../../template/text';

const DATABASE_VARIABLE = /(^|_)(DB|DATABASE|MYSQL|MARIADB)/i;

/** Told to the server itself: from where its root may log in. */
const OF_THE_SERVER = /ROOT_HOST$/i;

/** PHP and the MySQL client read `localhost` as "the socket file on this disk", which the other container has and this one has not. */
export const localhostAsDatabaseHost: Rule = {
  id: 'localhost-as-database-host',
  severity: 'warning',
  says: 'A container reaches its database as "localhost", which PHP and MySQL clients take for a socket file, not for an address.',
  change: 'Use 127.0.0.1.',
  evaluate: (app) => app.taskDefinitions.flatMap((task) => task.containers.flatMap((container) => hostVariables(container)
    .filter(({ variable, host }) => DATABASE_VARIABLE.test(variable) && !OF_THE_SERVER.test(variable) && literalOf(host) === 'localhost')
    .map(({ variable }) => ({ at: task.resource, saw: `container ${container.name} has ${variable}=localhost` })))),
};
