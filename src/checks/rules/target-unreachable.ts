import type { Observation, Rule } from './rule';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import { keepsClientAddress, readTargetGroups } from '../../app-model/targets';
import type { Target, TargetGroup } from '../../app-model/targets';
import { nameOf } from '../../template/values';
import type { Judgement } from '../../paths/judgement';
import { INTERNET } from '../../paths/path-end';
import type { Resource } from '../../template/resource';
import type { CheckedApp } from '../checked-app';

/** Such targets never become healthy: the service is taken for broken and replaced until the deployment fails, hours later. */
export const targetUnreachable: Rule = {
  id: 'target-unreachable',
  severity: 'error',
  says: 'A load balancer cannot open connections to its targets, on the port of the traffic or of the health check.',
  change: 'Let the load balancer\'s security group out to the targets\' port, and in on the targets\' side: targets.connections.allowFrom(loadBalancer, port).',
  evaluate: (app) => readTargetGroups(app).flatMap((group) => group.balancers
    .flatMap((balancer) => group.targets.flatMap((target) => judgeTarget(app, group, balancer, target)))),
};

function judgeTarget(app: CheckedApp, group: TargetGroup, balancer: Resource, target: Target): Observation[] {
  const uses = [{ port: target.port, why: 'traffic' }, { port: group.healthPort, why: 'health checks' }]
    .filter(({ port }, index, all) => port !== undefined && all.findIndex((one) => one.port === port) === index);
  return app.endpointsOf(balancer).flatMap((source) => uses.flatMap(({ port, why }) => {
    const blocked = target.endpoints.map((endpoint) => judge(app, group, source, endpoint, port!)).find(({ verdict }) => verdict === 'blocked');
    return blocked === undefined ? [] : [{
      at: target.resource,
      related: [group.resource, balancer],
      saw: `${nameOf(balancer)} cannot reach ${nameOf(target.resource)} on port ${port} (${why}): ${blocked.missing!.text}`,
    }];
  }));
}

/** A network load balancer without security groups shows the clients' addresses to its targets, so that these must let the clients in. */
function judge(app: CheckedApp, group: TargetGroup, source: Endpoint, target: Endpoint, port: number): Judgement {
  const { judge: judgeOf, filter } = app.network;
  if (source.unfiltered && source.publicAddress === 'yes' && keepsClientAddress(app.model, group.resource)) {
    const ports = target.listens?.find((one) => one.port === port)?.ports ?? { from: port, to: port };
    const clients = filter.judge(target, 'ingress', INTERNET, ports, 4);
    if (clients.verdict === 'blocked') {
      return clients;
    }
  }
  return judgeOf.onPort(source, target, port);
}
