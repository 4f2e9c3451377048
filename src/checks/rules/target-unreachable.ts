import type { Observation, Rule } from './rule';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import { keepsClientAddress, readTargetGroups } from '../../app-model/targets';
import type { Target, TargetGroup } from '../../app-model/targets';
import { anyOf, passes } from '../../paths/judging/judgement';
import type { Judgement } from '../../paths/judging/judgement';
import type { NetworkModel } from '../../paths/judging/network-model';
import { INTERNET } from '../../paths/judging/path-end';
import { readablePorts } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';
import type { Resource } from '../../template/resource';
import { nameOf } from '../../template/values';

/** Such targets never become healthy: the service is taken for broken and replaced until the deployment fails, hours later. */
export const targetUnreachable: Rule = {
  id: 'target-unreachable',
  severity: 'error',
  says: 'A load balancer cannot open connections to its targets, on the port of the traffic or of the health check.',
  change: 'Let the load balancer\'s security group out to the targets\' port, and in on the targets\' side: '
    + 'targets.connections.allowFrom(loadBalancer, port).',
  evaluate: (app) => readTargetGroups(app).flatMap((group) => group.balancers
    .flatMap((balancer) => group.targets.flatMap((target) => judgeTarget(app, group, balancer, target)))),
};

/** What a load balancer does with a target. */
interface Use {
  readonly port: PortRange;
  readonly why: 'traffic' | 'health checks';
}

function judgeTarget(app: NetworkModel, group: TargetGroup, balancer: Resource, target: Target): Observation[] {
  return app.endpointsOf(balancer).flatMap((source) => {
    const judged = usesOf(app, group, target, source).flatMap((use) => {
      const blocked = target.endpoints.map((endpoint) => judge(app, group, source, endpoint, use)).find(({ verdict }) => verdict === 'blocked');
      return blocked === undefined ? [] : [{ use, missing: blocked.missing!.text }];
    });
    return judged.length === 0 ? [] : [{
      at: target.resource,
      related: [group.resource, balancer],
      causes: judged.map(({ missing }) => missing),
      saw: `${nameOf(balancer)} cannot reach ${nameOf(target.resource)} on port `
        + `${judged.map(({ use, missing }) => `${readablePorts(use.port)} (${use.why}): ${missing}`).join('; and on port ')}`,
    }];
  });
}

/** Where both go to one port from one sender, they are one. */
function usesOf(app: NetworkModel, group: TargetGroup, { port }: Target, source: Endpoint): Use[] {
  const health = group.healthPort ?? port;
  const uses: Use[] = [];
  if (port !== undefined && group.takesTcp) uses.push({ port, why: 'traffic' });
  const apart = showsClients(app, group, source) || uses.length === 0 || readablePorts(health ?? port!) !== readablePorts(port!);
  if (health !== undefined && group.healthChecked && apart) uses.push({ port: health, why: 'health checks' });
  return uses;
}

function showsClients(app: NetworkModel, group: TargetGroup, { kind }: Endpoint): boolean {
  return kind === 'network load balancer' && keepsClientAddress(app.model, group.resource);
}

/** A network load balancer that shows the clients' addresses needs the targets to let the clients in; its health checks come from its own. */
function judge(app: NetworkModel, group: TargetGroup, source: Endpoint, target: Endpoint, { port, why }: Use): Judgement {
  const listening = target.listens?.find((one) => port.from === port.to && one.port === port.from);
  const ports = listening?.ports ?? port;
  const fromBalancer = () => app.judge.onPorts(source, target, ports);
  if (why === 'health checks' || !showsClients(app, group, source)) return fromBalancer();
  if (source.publicAddress !== 'yes') return passes();
  const fromClients = app.filter.judge(target, 'ingress', INTERNET, ports, 4);
  return source.unfiltered ? fromClients : anyOf([fromClients, fromBalancer()]);
}
