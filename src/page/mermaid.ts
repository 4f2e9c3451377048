import type { DrawnEdge, DrawnNode, Drawing } from './drawing';
import { INTERNET_OUT } from './ends';
import { foldCrowd } from './fold-crowd';

const ARROWS: Record<DrawnEdge['kind'], string> = { open: '-->', opened: '==>', closed: '-.-', undecided: '-.->', reference: '-.->' };

/**
 * Writes what is connected as a flowchart of Mermaid. Requests come in on the left. A way out is a mark on who has it: as lines, the ways out
 * of all to one internet would cross everything.
 */
export function writeMermaid(whole: Drawing): string {
  const drawing = foldCrowd(whole);
  const edges = drawing.edges.filter(({ to }) => to !== INTERNET_OUT);
  const connected = new Set(drawing.edges.flatMap(({ from, to }) => [from, to]));
  const nodes = drawing.nodes.filter(({ id }) => connected.has(id) && id !== INTERNET_OUT);
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const groups = [...new Set(nodes.map(groupOf))].sort((a, b) => Number(a !== '') - Number(b !== ''));
  return [
    'flowchart LR',
    ...groups.flatMap((group, index) => {
      const lines = nodes.filter((node) => groupOf(node) === group).map((node) => `${ids.get(node.id)}${shapeOf(node, drawing.edges)}`);
      return group === '' ? lines.map((line) => `  ${line}`)
        : [`  subgraph g${index}["${escaped(group)}"]`, ...lines.map((line) => `    ${line}`), '  end'];
    }),
    ...edges.map(({ from, to, kind, label }) => `  ${ids.get(from)} ${ARROWS[kind]}${label === '' ? '' : `|"${escaped(label)}"|`} ${ids.get(to)}`),
    '',
  ].join('\n');
}

function groupOf({ vpc, lane }: DrawnNode): string {
  if (vpc !== '') return `VPC ${vpc}`;
  return lane === 'delivery' ? 'Delivery' : '';
}

function shapeOf({ id, name, kind, lane }: DrawnNode, edges: readonly DrawnEdge[]): string {
  if (lane === 'clients') return `(("${escaped(name)}"))`;
  const out = edges.filter(({ from, to }) => from === id && to === INTERNET_OUT).map(({ label }) => label);
  const text = [escaped(name), escaped(kind), ...(out.length === 0 ? [] : [`↗ internet ${escaped(out.join(', '))}`])].join('<br/>');
  return lane === 'data' ? `[("${text}")]` : `["${text}"]`;
}

/** Names are text: what Mermaid or a browser would take for markup is written as its code. */
function escaped(text: string): string {
  return text.replace(/[#"<>&`\\]/g, (mark) => `#${mark.charCodeAt(0)};`).replace(/[\u0000-\u001f]/g, ' ');
}
