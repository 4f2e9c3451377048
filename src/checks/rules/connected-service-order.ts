import type { Observation, Rule } from './rule';
import { NamedHosts } from '../../app-model/named-hosts';
import { readTaskRuns } from '../../app-model/task-runs';
import { nameOf } from '../../template/values';

/**
 * Tasks hear the names of Service Connect that were there when they started, and no later ones.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html (read 2026-11-21)
 */
export const connectedServiceOrder: Rule = {
  id: 'connected-service-order',
  severity: 'warning',
  says: 'A client of Service Connect does not wait for its server: tasks that start first never hear the server\'s name.',
  change: 'Call client.node.addDependency(server), or DependsOn.',
  leadsTo: 'After the first deployment the name does not resolve, until the client is deployed once more.',
  evaluate: (app) => {
    const hosts = NamedHosts.in(app);
    return readTaskRuns(app).filter(({ resource }) => resource.type === 'AWS::ECS::Service').flatMap((run) => hosts.of(run)
      .filter(({ target, answering }) => answering !== undefined && target !== run.resource)
      .filter(({ target }) => !app.dependencies.isAfter(run.resource, target) && !app.dependencies.isAfter(target, run.resource))
      .map(({ target, variable }): Observation => ({
        at: run.resource, related: [target], saw: `${variable} of ${nameOf(run.resource)} names ${nameOf(target)}, for which it does not wait`,
      })));
  },
};
