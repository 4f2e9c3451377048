import type { Rule } from './rule';
import { Directory } from '../../paths/directory';
import { findOpenConnections } from '../../paths/open-connections';
import type { OpenConnection } from '../../paths/open-connections';
import { INTERNET, isEndpoint } from '../../paths/path-end';
import type { PathEnd } from '../../paths/path-end';
import { readablePorts } from '../../private/aws/port-range';
import { HTTPS_PORT } from '../../private/aws/engine-ports';
import type { CheckedApp } from '../checked-app';

/** Constructs that state their connections mean that there are no others. */
export const undeclaredPath: Rule = {
  id: 'undeclared-path',
  severity: 'warning',
  says: 'A connection is open to or from a construct that states all its connections, and it is none of them.',
  change: 'Remove the rule that opens it, or ask the construct for the connection, as with database.allowConnectionsFrom(…).',
  evaluate: (app) => {
    const declared = readDeclared(app);
    if (declared.length === 0) {
      return [];
    }
    const targets = new Set(declared.flatMap((one) => one.targets).filter(isEndpoint));
    const sources = new Set(declared.flatMap((one) => one.sources).filter(isEndpoint));
    return findOpenConnections(app.network).filter(({ certain }) => certain).flatMap((way) => {
      const inward = isEndpoint(way.target) && targets.has(way.target) && !isChosenAccess(way);
      // HTTPS to anywhere is how images, logs and secrets are reached: no construct states that of itself.
      const isHttps = way.ports.from === HTTPS_PORT && way.ports.to === HTTPS_PORT;
      const outward = way.target === INTERNET && isEndpoint(way.source) && sources.has(way.source) && !isHttps;
      const end = [way.target, way.source].find((end) => isEndpoint(end));
      if ((!inward && !outward) || end?.resource === undefined || declared.some((one) => covers(one, way))) {
        return [];
      }
      return [{
        at: end.resource,
        related: [isEndpoint(way.source) ? way.source.resource : undefined],
        saw: `${way.source.label} reaches ${way.target.label} on ${way.ports.from === way.ports.to ? 'port ' : ''}${readablePorts(way.ports)}`,
      }];
    });
  },
};

interface Declared {
  readonly sources: readonly PathEnd[];
  readonly targets: readonly PathEnd[];
  readonly from: number;
  readonly to: number;
}

function readDeclared(app: CheckedApp): Declared[] {
  const directory = new Directory(app.network);
  const ends = (names: readonly string[]) => (names.includes(INTERNET.label) ? [INTERNET] : directory.behindGroups(names));
  return app.model.content.declarations.map(({ source, target, fromPort, toPort }) => ({
    sources: ends(source), targets: ends(target), from: fromPort, to: toPort,
  }));
}

function covers(declared: Declared, { source, target, ports }: OpenConnection): boolean {
  const includes = (ends: readonly PathEnd[], end: PathEnd) => ends.includes(end) || (!isEndpoint(end) && ends.includes(INTERNET));
  return declared.from <= ports.from && ports.to <= declared.to && includes(declared.sources, source) && includes(declared.targets, target);
}

/** Who may call a load balancer is its user's choice. */
function isChosenAccess({ source, target }: OpenConnection): boolean {
  return !isEndpoint(source) && source !== INTERNET && isEndpoint(target) && target.kind.endsWith('load balancer');
}
