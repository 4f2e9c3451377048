import type { Step } from './judgement';
import type { NetworkModel } from './network-model';
import { INTERNET, isEndpoint, matches } from './path-end';
import type { PathEnd } from './path-end';
import type { Endpoint } from '../../app-model/endpoints/endpoint';
import type { Peer } from '../../app-model/network/security-group';
import { isEveryone } from '../../private/aws/ip-range';
import { ALL_PORTS, intersect, merge } from '../../private/aws/port-range';
import type { PortRange } from '../../private/aws/port-range';
import { oncePer } from '../../template/once-per';

/** A connection that the rules of both sides let through, or may let through. */
export interface OpenConnection {
  readonly source: PathEnd;
  readonly target: PathEnd;
  readonly ports: PortRange;
  readonly certain: boolean;
  readonly reasons: readonly string[];
  /** What lets it through, from source to target. */
  readonly steps: readonly Step[];
}

/**
 * Every open connection of the app. Found from the rules and not by trying every pair, so that the work grows with the rules.
 * A rule for addresses is one connection from those addresses, whoever of the app may live there.
 */
export const findOpenConnections = oncePer((model: NetworkModel): readonly OpenConnection[] => {
  const { endpoints } = model;
  return [...endpoints.flatMap((target) => connectionsTo(model, target)), ...endpoints.flatMap((source) => connectionsOut(model, source))];
});

function connectionsTo(model: NetworkModel, target: Endpoint): OpenConnection[] {
  if (target.listens === undefined) return [];
  const found = new Map<string, { source: PathEnd; ports: PortRange[] }>();
  const add = (source: PathEnd, ports: PortRange): void => {
    const key = isEndpoint(source) ? source.id : source.label;
    const known = found.get(key) ?? { source, ports: [] };
    known.ports.push(ports);
    found.set(key, known);
  };
  const spansOf = new Map<PathEnd, PortRange[]>();
  for (const rule of model.filter.groupsOf(target).flatMap((group) => group.ingress)) {
    for (const source of sourcesOf(model, rule.peer)) {
      const spans = spansOf.get(source) ?? egressSpans(model, source, target);
      spansOf.set(source, spans);
      spans.flatMap((span) => intersect(span, rule.ports) ?? []).forEach((span) => add(source, span));
    }
  }
  if (target.unfiltered) {
    target.listens.forEach(({ ports }) => add(INTERNET, ports));
  }
  return [
    ...[...found.values()].flatMap(({ source, ports }) => merge(ports).flatMap((span) => judged(model, source, target, span))),
    ...unreadable(model, target),
  ];
}

/** Rules for somebody the template does not name, such as the members of a prefix list. */
function unreadable(model: NetworkModel, target: Endpoint): OpenConnection[] {
  return model.filter.groupsOf(target).flatMap((group) => group.ingress).flatMap(({ peer, ports }) => (
    peer.kind === 'unknown' ? [{ source: { label: peer.name }, target, ports, certain: false, reasons: [peer.reason], steps: [] }] : []
  ));
}

function connectionsOut(model: NetworkModel, source: Endpoint): OpenConnection[] {
  if (!source.opensConnections) return [];
  return merge(egressSpans(model, source, INTERNET)).flatMap((span) => judged(model, source, INTERNET, span));
}

function judged(model: NetworkModel, source: PathEnd, target: PathEnd, ports: PortRange): OpenConnection[] {
  const { verdict, reasons, steps } = model.judge.onPorts(source, target, ports);
  return verdict === 'blocked' ? [] : [{ source, target, ports, certain: verdict === 'reachable', reasons, steps }];
}

function sourcesOf(model: NetworkModel, peer: Peer): readonly PathEnd[] {
  if (peer.kind === 'group') return model.membersOf(peer.id);
  if (peer.kind === 'unknown') return [];
  if (isEveryone(peer.range)) return [INTERNET];
  return [{ label: peer.range.text, range: peer.range }];
}

/** The ports on which the source's own groups let it out to the target, perhaps or surely. */
function egressSpans(model: NetworkModel, source: PathEnd, target: PathEnd): PortRange[] {
  if (!isEndpoint(source) || source.unfiltered) return [ALL_PORTS];
  const spans = model.filter.candidates(source, 'egress', target)
    .filter((rule) => ([4, 6] as const).some((family) => matches(rule.peer, target, family) !== 'no'))
    .map((rule) => rule.ports);
  const whole = spans.find(({ from, to, name }) => from <= ALL_PORTS.from && to >= ALL_PORTS.to && name === undefined);
  return whole === undefined ? spans : [whole];
}
