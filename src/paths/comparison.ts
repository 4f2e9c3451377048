import type { NetworkModel } from './judging/network-model';
import { findOpenConnections } from './judging/open-connections';
import type { OpenConnection } from './judging/open-connections';
import { openingRules } from './judging/opening-rules';
import type { OpeningRule } from './judging/opening-rules';
import { isEndpoint } from './judging/path-end';
import type { PathEnd } from './judging/path-end';
import { intersect, merge } from '../private/aws/port-range';
import type { PortRange } from '../private/aws/port-range';

/** Ports of a connection that one state of an app has open, and the other has not. */
export interface ChangedConnection extends OpenConnection {
  /** The rules that the other state does not have; empty where it was no rule but an address, a route or the thing itself. */
  readonly rules: readonly OpeningRule[];
  /** True where both ends were there before and are there after. */
  readonly endsStay: boolean;
}

/** What may be open in one state of an app, and surely is not in the other. */
export function connectionsOnlyIn(one: NetworkModel, other: NetworkModel): ChangedConnection[] {
  const known = spansByPair(findOpenConnections(other));
  const ends = new Map(other.endpoints.map((endpoint) => [endpoint.label, endpoint]));
  let rules: ReadonlySet<string> | undefined;
  const counterpart = (end: PathEnd) => (isEndpoint(end) ? ends.get(end.label) : end);
  return findOpenConnections(one).flatMap((connection) => (
    without(connection.ports, known.get(keyOf(connection)) ?? []).flatMap((ports) => {
      const [source, target] = [counterpart(connection.source), counterpart(connection.target)];
      // A rule for wider addresses is listed as a connection from those, and lets this one through as well.
      if (source !== undefined && target !== undefined && other.judge.onPorts(source, target, ports).verdict !== 'blocked') return [];
      const opening = openingRules(one, connection.source, connection.target, ports);
      const told = rules ??= rulePathsOf(other);
      return {
        ...connection,
        ports,
        rules: opening.filter(({ path, text }) => !told.has(`${path} ${text}`)),
        endsStay: source !== undefined && target !== undefined,
      };
    })
  ));
}

function spansByPair(connections: readonly OpenConnection[]): Map<string, PortRange[]> {
  const spans = new Map<string, PortRange[]>();
  for (const connection of connections) {
    const known = spans.get(keyOf(connection)) ?? [];
    known.push(connection.ports);
    spans.set(keyOf(connection), known);
  }
  return spans;
}

function keyOf({ source, target }: OpenConnection): string {
  return `${source.label} -> ${target.label}`;
}

/** What is left of a span where the others are taken out. A port that has only a name is the same where the name is. */
function without(span: PortRange, others: readonly PortRange[]): PortRange[] {
  if (span.name !== undefined) return others.some(({ name }) => name === span.name) ? [] : [span];
  const left: PortRange[] = [];
  let from = span.from;
  for (const other of merge(others)) {
    const common = intersect({ from, to: span.to }, other);
    if (common === undefined) continue;
    if (common.from > from) left.push({ from, to: common.from - 1 });
    from = common.to + 1;
  }
  return from <= span.to ? [...left, { from, to: span.to }] : left;
}

/** All rules of the groups, as they are told of a connection. */
function rulePathsOf(model: NetworkModel): Set<string> {
  const told = findOpenConnections(model).flatMap(({ source, target, ports }) => openingRules(model, source, target, ports));
  return new Set(told.map(({ path, text }) => `${path} ${text}`));
}
