import { pathOf } from './assembly';
import type { Template } from './assembly';
import type { LiveRule, LiveState } from './live-state';

/** One open connection, as `NetworkPaths` and as the read-back rules have it. */
export interface Way {
  readonly source: string;
  readonly target: string;
  readonly fromPort: number;
  readonly toPort: number;
}

interface LiveEnd {
  readonly path: string;
  readonly groups: readonly string[];
  readonly subnets: readonly string[];
}

const INTERNET = 'internet';
const ANYWHERE = '0.0.0.0/0';

/**
 * What is open between the endpoints that `NetworkPaths` names, found from what the services answer: rules of both sides, and for the internet a
 * default route too. TCP and IPv4, as far as the examples use them.
 */
export function liveWays(state: LiveState, templates: Record<string, Template>, endpoints: readonly string[]): Way[] {
  const ends = endpoints.map((path) => endAt(path, state, templates));
  const rules = (end: LiveEnd, side: LiveRule['side']): LiveRule[] => (
    end.groups.flatMap((id) => state.network.groups[id]?.rules ?? [])
      .filter((rule) => rule.side === side && (rule.protocol === 'tcp' || rule.protocol === '-1')));
  const way = (source: string, target: string, [fromPort, toPort]: readonly [number, number]): Way => ({ source, target, fromPort, toPort });
  const between = ends.flatMap((source) => ends.filter((target) => target !== source).flatMap((target) => (
    rules(target, 'in').filter(({ peer }) => source.groups.includes(peer)).flatMap((entry) => (
      rules(source, 'out').filter(({ peer }) => target.groups.includes(peer) || peer === ANYWHERE)
        .map((exit): [number, number] => [Math.max(entry.from, exit.from), Math.min(entry.to, exit.to)])
        .filter(([from, to]) => from <= to).map((ports) => way(source.path, target.path, ports)))))));
  const inwards = ends.filter((end) => end.subnets.some((subnet) => goesTo(state, subnet, 'igw-')))
    .flatMap((end) => rules(end, 'in').filter(({ peer }) => peer === ANYWHERE).map(({ from, to }) => way(INTERNET, end.path, [from, to])));
  const outwards = ends.filter((end) => end.subnets.some((subnet) => goesTo(state, subnet, 'nat-')))
    .flatMap((end) => rules(end, 'out').filter(({ peer }) => peer === ANYWHERE).map(({ from, to }) => way(end.path, INTERNET, [from, to])));
  return [...between, ...inwards, ...outwards];
}

function goesTo(state: LiveState, subnet: string, kind: string): boolean {
  return (state.network.waysOut[subnet] ?? []).some((target) => target.startsWith(kind) && (kind !== 'nat-' || state.network.nats.includes(target)));
}

/** The live resources at or below a construct path that have a network interface. */
function endAt(path: string, state: LiveState, templates: Record<string, Template>): LiveEnd {
  const found = Object.entries(templates).flatMap(([stack, { Resources }]) => (
    Object.entries(Resources).filter(([, resource]) => pathOf(resource) === path || pathOf(resource).startsWith(`${path}/`))
      .map(([id]) => state.endpoints[state.stacks[stack]?.resources[id]?.physical]).filter((end) => end !== undefined)));
  return { path, groups: [...new Set(found.flatMap(({ groups }) => groups))], subnets: [...new Set(found.flatMap(({ subnets }) => subnets))] };
}

/** What one list has and the other has not, in words. */
export function difference(promised: readonly Way[], live: readonly Way[]): string[] {
  const [wanted, there] = [new Set(promised.map(inWords)), new Set(live.map(inWords))];
  return [
    ...[...wanted].filter((one) => !there.has(one)).map((one) => `promised, but not open: ${one}`),
    ...[...there].filter((one) => !wanted.has(one)).map((one) => `open, but not promised: ${one}`),
  ];
}

function inWords({ source, target, fromPort, toPort }: Way): string {
  return `${source} -> ${target} on ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
}
