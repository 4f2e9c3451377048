import type { DrawnNode, Drawing } from './drawing';
import { INTERNET_IN, OUTSIDE } from './ends';
import { mergeEdges, together } from './merge-edges';
import { count } from '../template/values';

/** Beyond so many lines none can be followed, and a page of them takes a browser minutes. */
export const MOST_LINES = 1000;

/** Where there are more lines than anybody can follow, blocks of addresses outside of the app are drawn as one thing on each side. */
export function foldBlocks(drawing: Drawing): Drawing {
  const blocks = drawing.edges.length > MOST_LINES ? drawing.nodes.filter(({ id }) => id.startsWith(OUTSIDE) && id !== INTERNET_IN) : [];
  if (blocks.length < 2) return drawing;
  const stands = new Map(blocks.map((block) => [block.id, idFor(block)]));
  const groups = together(blocks, idFor);
  return {
    ...drawing,
    nodes: [...drawing.nodes.filter(({ id }) => !stands.has(id)), ...[...groups].map(([id, own]) => foldedNode(id, own))],
    edges: mergeEdges(drawing.edges.map((edge) => ({ ...edge, from: stands.get(edge.from) ?? edge.from, to: stands.get(edge.to) ?? edge.to }))),
  };
}

function idFor({ lane }: DrawnNode): string {
  return `${OUTSIDE}blocks, ${lane}`;
}

function foldedNode(id: string, blocks: readonly DrawnNode[]): DrawnNode {
  return { ...blocks[0], id, name: count(blocks.length, 'address block'), kind: 'drawn as one', at: '', members: blocks.map(({ name }) => name) };
}
