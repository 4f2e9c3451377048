import type { DrawnEdge, DrawnNode, Drawing, Statement } from './drawing';
import { INTERNET_IN, OUTSIDE } from './ends';
import { count } from '../template/values';

/** Beyond so many lines none can be followed, and a page of them takes a browser minutes. */
const MOST_LINES = 1000;
/** Ports that a line of many names itself; its rules name all. */
const MOST_PORTS = 3;

/** Where there are more lines than anybody can follow, blocks of addresses outside of the app are drawn as one thing on each side. */
export function foldBlocks(drawing: Drawing): Drawing {
  const blocks = drawing.edges.length > MOST_LINES ? drawing.nodes.filter(({ id }) => id.startsWith(OUTSIDE) && id !== INTERNET_IN) : [];
  if (blocks.length < 2) return drawing;
  const stands = new Map(blocks.map((block) => [block.id, idFor(block)]));
  const groups = together(blocks, idFor);
  return {
    ...drawing,
    nodes: [...drawing.nodes.filter(({ id }) => !stands.has(id)), ...[...groups].map(([id, own]) => foldedNode(id, own))],
    edges: foldedEdges(drawing.edges.map((edge) => ({ ...edge, from: stands.get(edge.from) ?? edge.from, to: stands.get(edge.to) ?? edge.to }))),
  };
}

function idFor({ lane }: DrawnNode): string {
  return `${OUTSIDE}blocks, ${lane}`;
}

function foldedNode(id: string, blocks: readonly DrawnNode[]): DrawnNode {
  return { ...blocks[0], id, name: count(blocks.length, 'address block'), kind: 'drawn as one', at: '' };
}

function foldedEdges(edges: readonly DrawnEdge[]): DrawnEdge[] {
  return [...together(edges, ({ from, to, kind }) => `${from}\n${to}\n${kind}`).values()].map((own) => (own.length === 1 ? own[0] : {
    ...own[0], label: labelOf(own), why: unique(own.flatMap(({ why }) => why)), rules: unique(own.flatMap(({ rules }) => rules)),
  }));
}

function labelOf(edges: readonly DrawnEdge[]): string {
  const labels = [...new Set(edges.map(({ label }) => label))];
  const more = labels.length - MOST_PORTS;
  return `${labels.slice(0, MOST_PORTS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function together<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const known = groups.get(keyOf(one)) ?? [];
    known.push(one);
    groups.set(keyOf(one), known);
  }
  return groups;
}

function unique(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((one) => [`${one.path} ${one.text}`, one])).values()];
}
