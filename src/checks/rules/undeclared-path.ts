import type { Rule } from './rule';
import { declaredPorts } from '../../app-model/declared-ports';
import { Directory } from '../../paths/judging/directory';
import type { NetworkModel } from '../../paths/judging/network-model';
import { findOpenConnections } from '../../paths/judging/open-connections';
import type { OpenConnection } from '../../paths/judging/open-connections';
import { INTERNET, isEndpoint } from '../../paths/judging/path-end';
import type { PathEnd } from '../../paths/judging/path-end';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
import { covers, readablePorts } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';

/** Constructs that state their connections mean that there are no others. */
export const undeclaredPath: Rule = {
  id: 'undeclared-path',
  severity: 'warning',
  says: 'A connection is open to or from a construct that states all its connections, and it is none of them.',
  change: 'Remove the rule that opens it, or ask the construct for the connection, as with database.allowConnectionsFrom(…).',
  evaluate: (app) => {
    const declared = readDeclared(app);
    if (declared.length === 0) return [];
    const targets = new Set(declared.flatMap((one) => one.targets).filter(isEndpoint));
    const sources = new Set(declared.flatMap((one) => one.sources).filter(isEndpoint));
    return findOpenConnections(app).filter(({ certain }) => certain).flatMap((open) => {
      const inward = isEndpoint(open.target) && targets.has(open.target) && !isChosenAccess(open);
      // HTTPS to anywhere is how images, logs and secrets are reached: no construct states that of itself.
      const isHttps = open.ports.from === HTTPS_PORT && open.ports.to === HTTPS_PORT;
      const outward = open.target === INTERNET && isEndpoint(open.source) && sources.has(open.source) && !isHttps;
      const end = [open.target, open.source].find((one) => isEndpoint(one));
      if ((!inward && !outward) || end?.resource === undefined || declared.some((one) => states(one, open))) return [];
      return [{
        at: end.resource,
        related: [isEndpoint(open.source) ? open.source.resource : undefined],
        saw: `${open.source.label} reaches ${open.target.label} on ${open.ports.from === open.ports.to ? 'port ' : ''}${readablePorts(open.ports)}`,
      }];
    });
  },
};

interface Declared {
  readonly sources: readonly PathEnd[];
  readonly targets: readonly PathEnd[];
  readonly ports: PortRange;
}

function readDeclared(app: NetworkModel): Declared[] {
  const directory = Directory.of(app);
  const ends = (names: readonly string[]) => (names.includes(INTERNET.label) ? [INTERNET] : directory.behindGroups(names));
  return app.model.content.declarations.map((declaration) => ({
    sources: ends(declaration.source), targets: ends(declaration.target), ports: declaredPorts(app, declaration),
  }));
}

function states(declared: Declared, { source, target, ports }: OpenConnection): boolean {
  const includes = (ends: readonly PathEnd[], end: PathEnd) => ends.includes(end) || (!isEndpoint(end) && ends.includes(INTERNET));
  // A port that only the deployment knows may be any, and is no reason to call a connection unstated.
  return (declared.ports.name !== undefined || covers(declared.ports, ports))
    && includes(declared.sources, source) && includes(declared.targets, target);
}

/** Who may call a load balancer is its user's choice. */
function isChosenAccess({ source, target }: OpenConnection): boolean {
  return !isEndpoint(source) && source !== INTERNET && isEndpoint(target) && target.kind.endsWith('load balancer');
}
