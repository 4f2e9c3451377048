import type { Endpoint } from '../../app-model/endpoints/endpoint';
import { readablePorts } from '../../private/aws/port-range';
import type { NetworkModel } from '../network-model';
import { findOpenConnections } from '../open-connections';
import type { OpenConnection } from '../open-connections';
import { INTERNET, isEndpoint } from '../path-end';
import type { PathEnd } from '../path-end';

/** Draws who can open connections to whom, stack by stack. Dotted lines are open by the rules, but something on the way is not decided. */
export function drawMermaid(model: NetworkModel): string {
  const ways = findOpenConnections(model);
  const nodes = new Map<string, PathEnd>();
  for (const end of ways.flatMap(({ source, target }) => [source, target])) {
    nodes.set(keyOf(end), end);
  }
  const ids = new Map([...nodes.keys()].map((key, index) => [key, `n${index}`]));
  return [
    'flowchart LR',
    ...[...byStack(nodes.values())].flatMap(([stack, ends], index) => (
      boxed(index, stack, ends.map((end) => `${ids.get(keyOf(end))}${shapeOf(end, stack)}`))
    )),
    ...edges(ways).map(({ source, target, label, certain }) => `  ${ids.get(source)} ${certain ? '-->' : '-.->'}|"${label}"| ${ids.get(target)}`),
    '',
  ].join('\n');
}

interface Edge {
  readonly source: string;
  readonly target: string;
  readonly label: string;
  readonly certain: boolean;
}

/** One line per pair, with all its ports. */
function edges(ways: readonly OpenConnection[]): Edge[] {
  const found = new Map<string, Edge>();
  for (const { source, target, ports, certain } of ways) {
    const key = `${keyOf(source)} ${keyOf(target)} ${certain}`;
    const known = found.get(key);
    const label = known === undefined ? readablePorts(ports) : `${known.label}, ${readablePorts(ports)}`;
    found.set(key, { source: keyOf(source), target: keyOf(target), label, certain });
  }
  return [...found.values()];
}

/** What belongs to no stack comes first, under no name. */
function byStack(ends: Iterable<PathEnd>): Map<string, PathEnd[]> {
  const stacks = new Map<string, PathEnd[]>([['', []]]);
  for (const end of ends) {
    const stack = isEndpoint(end) ? end.resource?.stack.path ?? '' : '';
    stacks.set(stack, [...(stacks.get(stack) ?? []), end]);
  }
  return stacks;
}

function boxed(index: number, stack: string, lines: readonly string[]): string[] {
  return stack === ''
    ? lines.map((line) => `  ${line}`)
    : [`  subgraph s${index}["${escaped(stack)}"]`, ...lines.map((line) => `    ${line}`), '  end'];
}

function shapeOf(end: PathEnd, stack: string): string {
  if (!isEndpoint(end)) {
    return `(("${escaped(end.label)}"))`;
  }
  const name = end.label.startsWith(`${stack}/`) ? end.label.slice(stack.length + 1) : end.label;
  const text = `${escaped(name)}<br/>${end.kind}`;
  return isStore(end) ? `[("${text}")]` : `["${text}"]`;
}

function isStore(endpoint: Endpoint): boolean {
  return /^(EFS|RDS|ElastiCache)/.test(endpoint.kind);
}

function keyOf(end: PathEnd): string {
  return isEndpoint(end) ? end.id : end === INTERNET ? 'internet' : `outside ${end.label}`;
}

function escaped(text: string): string {
  return text.replace(/"/g, '#quot;');
}
