import type { Rule } from './rule';
import { inEachSubnet } from '../../app-model/endpoints/endpoint';
import { NamedHosts, portsOf } from '../../app-model/named-hosts';
import { readTaskRuns } from '../../app-model/task-runs';
import { nameOf } from '../../template/values';

/** The application starts, waits for its database, and times out. */
export const namedHostUnreachable: Rule = {
  id: 'named-host-unreachable',
  severity: 'error',
  says: 'The environment of a service or scheduled task names a database or another service of the app, which it cannot reach.',
  change: 'Call service.connections.allowTo(database, port): the service\'s group must let out, the database\'s group must let in.',
  evaluate: (app) => {
    const hosts = NamedHosts.in(app);
    return readTaskRuns(app).flatMap((run) => hosts.of(run).flatMap((named) => {
      const { resource, taskDefinition, endpoints } = run;
      const [port, ...others] = portsOf(app, named);
      // Which of several ports is meant is not known.
      if (port === undefined || others.length > 0 || named.target === resource) return [];
      const targets = app.endpointsOf(named.target);
      // Tasks may start in any of their subnets.
      const sources = endpoints.flatMap((source) => [source, ...inEachSubnet(source)]);
      const ways = sources.flatMap((source) => targets.map((target) => app.judge.onPort(source, target, port)));
      const blocked = ways.find(({ verdict }) => verdict === 'blocked');
      return blocked === undefined ? [] : [{
        at: resource,
        related: [named.target, taskDefinition.resource],
        causes: [blocked.missing!.text],
        saw: `${named.variable} names ${nameOf(named.target)}, but ${nameOf(resource)} cannot reach it on port ${port}: ${blocked.missing!.text}`,
      }];
    }));
  },
};
