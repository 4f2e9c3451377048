import type { DrawnEdge, DrawnLoss, DrawnNode, Drawing } from './drawing';
import { INTERNET_OUT, OUTSIDE } from './ends';
import { MOST_LINES, foldBlocks } from './fold-blocks';
import { mergeEdges, together } from './merge-edges';

/** How often things that look alike are told apart by what their neighbours look like. */
const ROUNDS = 3;

/**
 * The drawing with no more lines than somebody can follow: things of one kind and place that connect to the same are drawn as one that names
 * them all. Where that is not enough, those that connect to alike things are, and then all of one kind and place.
 */
export function foldCrowd(whole: Drawing): Drawing {
  const drawing = foldBlocks(whole);
  if (drawing.edges.length <= MOST_LINES) return drawing;
  const looks = [new Map(drawing.nodes.map((node) => [node.id, lookOf(node)]))];
  for (let round = 0; round < ROUNDS; round++) looks.push(refined(looks[round], drawing.edges));
  looks.push(twins(looks[0], drawing.edges));
  const chosen = looks.reverse().find((look) => linesOf(drawing.edges, look) <= MOST_LINES) ?? looks[looks.length - 1];
  return foldedBy(chosen, drawing);
}

/** What tells things apart, whatever they connect to; nothing outside of the app is like another. */
function lookOf({ id, kind, lane, vpc, zones, losses }: DrawnNode): string {
  const outside = id.startsWith(OUTSIDE) || id === INTERNET_OUT;
  return outside ? id : JSON.stringify([kind, lane, vpc, zones, losses.map(({ zone, outcome }) => [zone, outcome])]);
}

/** Things that looked alike and have neighbours that do not are told apart. The new looks are numbers, so that they do not grow. */
function refined(looks: ReadonlyMap<string, string>, edges: readonly DrawnEdge[]): Map<string, string> {
  const around = new Map([...looks.keys()].map((id) => [id, new Set<string>()]));
  for (const { from, to, kind, label } of edges) {
    around.get(from)!.add(`to ${kind} ${label} ${looks.get(to)}`);
    around.get(to)!.add(`from ${kind} ${label} ${looks.get(from)}`);
  }
  const numbers = new Map<string, string>();
  return new Map([...looks].map(([id, look]) => {
    const all = [look, ...[...around.get(id)!].sort()].join('\n');
    if (!numbers.has(all)) numbers.set(all, String(numbers.size));
    return [id, numbers.get(all)!];
  }));
}

/** Things that connect to the very same, or to the very same and to each other. */
function twins(looks: ReadonlyMap<string, string>, edges: readonly DrawnEdge[]): Map<string, string> {
  const around = new Map([...looks.keys()].map((id) => [id, { ends: new Set<string>(), labels: new Set<string>() }]));
  const add = (id: string, end: string, { kind, label }: DrawnEdge) => {
    around.get(id)!.ends.add(end);
    around.get(id)!.labels.add(`${kind} ${label}`);
  };
  for (const edge of edges) {
    add(edge.from, `to ${edge.to}`, edge);
    add(edge.to, `from ${edge.from}`, edge);
  }
  const keyOf = (id: string, more: readonly string[]) => (
    JSON.stringify([looks.get(id), [...new Set([...around.get(id)!.ends, ...more])].sort(), [...around.get(id)!.labels].sort()])
  );
  const eachOther = new Map([...looks.keys()].map((id) => [id, keyOf(id, [`to ${id}`, `from ${id}`])]));
  const sizes = together([...eachOther.values()], (key) => key);
  return new Map([...eachOther].map(([id, key]) => [id, sizes.get(key)!.length > 1 ? key : keyOf(id, [])]));
}

function linesOf(edges: readonly DrawnEdge[], looks: ReadonlyMap<string, string>): number {
  return new Set(edges.map(({ from, to, kind }) => `${looks.get(from)} ${looks.get(to)} ${kind}`)).size;
}

function foldedBy(looks: ReadonlyMap<string, string>, drawing: Drawing): Drawing {
  const groups = [...together(drawing.nodes, ({ id }) => looks.get(id)!).values()];
  const stands = new Map(groups.flatMap((own) => own.map(({ id }) => [id, own[0].id] as const)));
  return {
    ...drawing,
    nodes: groups.map((own) => (own.length === 1 ? own[0] : drawnAsOne(own))),
    edges: mergeEdges(drawing.edges.map((edge) => ({ ...edge, from: stands.get(edge.from)!, to: stands.get(edge.to)! }))),
    findings: drawing.findings.map((finding) => ({ ...finding, node: finding.node === undefined ? undefined : stands.get(finding.node) })),
  };
}

function drawnAsOne(nodes: readonly DrawnNode[]): DrawnNode {
  const [first] = nodes;
  return {
    ...first,
    name: `${first.name} and ${nodes.length - 1} more`,
    kind: `${first.kind}, ${nodes.length} as one`,
    replicas: '',
    ports: [...new Set(nodes.flatMap(({ ports }) => ports))].sort((a, b) => a - b),
    at: '',
    cost: '',
    losses: first.losses.map((loss, index) => ({ ...loss, why: sameReason(nodes, index, loss) })),
    members: nodes.map(({ name, replicas, cost }) => [name, replicas, cost].filter((text) => text !== '').join(', ')),
  };
}

function sameReason(nodes: readonly DrawnNode[], index: number, { why }: DrawnLoss): string {
  return nodes.every(({ losses }) => losses[index].why === why) ? why : 'each for a reason of its own, told in the table of zones';
}
