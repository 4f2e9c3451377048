import type { Endpoint } from '../../app-model/network/endpoint';
import { readablePorts } from '../../private/aws/port-range';
import type { NetworkModel } from '../network-model';
import { openWays } from '../open-ways';
import type { OpenWay } from '../open-ways';
import { INTERNET, isEndpoint } from '../party';
import type { Party } from '../party';

/** Draws who can open connections to whom, stack by stack. Dotted lines are open by the rules, but something on the way is not decided. */
export function drawMermaid(model: NetworkModel): string {
  const ways = openWays(model);
  const nodes = new Map<string, Party>();
  for (const party of ways.flatMap(({ source, target }) => [source, target])) {
    nodes.set(keyOf(party), party);
  }
  const ids = new Map([...nodes.keys()].map((key, index) => [key, `n${index}`]));
  return [
    'flowchart LR',
    ...[...byStack(nodes.values())].flatMap(([stack, parties], index) => (
      boxed(index, stack, parties.map((party) => `${ids.get(keyOf(party))}${shapeOf(party, stack)}`))
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
function edges(ways: readonly OpenWay[]): Edge[] {
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
function byStack(parties: Iterable<Party>): Map<string, Party[]> {
  const stacks = new Map<string, Party[]>([['', []]]);
  for (const party of parties) {
    const stack = isEndpoint(party) ? party.resource?.stack.path ?? '' : '';
    stacks.set(stack, [...(stacks.get(stack) ?? []), party]);
  }
  return stacks;
}

function boxed(index: number, stack: string, lines: readonly string[]): string[] {
  return stack === ''
    ? lines.map((line) => `  ${line}`)
    : [`  subgraph s${index}["${escaped(stack)}"]`, ...lines.map((line) => `    ${line}`), '  end'];
}

function shapeOf(party: Party, stack: string): string {
  if (!isEndpoint(party)) {
    return `(("${escaped(party.label)}"))`;
  }
  const name = party.label.startsWith(`${stack}/`) ? party.label.slice(stack.length + 1) : party.label;
  const text = `${escaped(name)}<br/>${party.kind}`;
  return isStore(party) ? `[("${text}")]` : `["${text}"]`;
}

function isStore(endpoint: Endpoint): boolean {
  return /^(EFS|RDS|ElastiCache)/.test(endpoint.kind);
}

function keyOf(party: Party): string {
  return isEndpoint(party) ? party.id : party === INTERNET ? 'internet' : `outside ${party.label}`;
}

function escaped(text: string): string {
  return text.replace(/"/g, '#quot;');
}
