import type { Box } from './box';
import type { DrawnEdge, DrawnNode, Drawing } from './drawing';
import { INTERNET_OUT, OUTSIDE } from './ends';
import { escape, shortened } from './escape';
import { foldCrowd } from './fold-crowd';
import { layOut } from './layout';
import type { Frame, PlacedEdge } from './layout';
import { COLOURS, DRAWING_STYLE } from './style';

const NAME_LENGTH = 22;
const TEXT_LENGTH = 30;
const CORNER = 8;

/** The drawing as a file of its own. Ways out are one mark for each thing: drawn out, they cross everything. */
export function writeSvg(drawing: Drawing): string {
  const svg = svgOf(foldCrowd(drawing), false);
  return svg.replace('>', `><style>${COLOURS.replace(/:root/g, 'svg')}\n${DRAWING_STYLE}</style>`).concat('\n');
}

/** The drawing as an element of a page, where each thing and each connection can be chosen. */
export function svgOf(drawing: Drawing, interactive: boolean): string {
  const layout = layOut(interactive ? drawing : folded(drawing));
  const nodes = drawing.nodes.filter(({ id }) => layout.nodes.has(id));
  const index = new Map(drawing.edges.map((edge, position) => [edge, position]));
  const positions = new Map(drawing.nodes.map((node, position) => [node, position]));
  const names = new Map(drawing.nodes.map(({ id, name }) => [id, name]));
  const out = waysOut(drawing.edges);
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`
      + ` role="${interactive ? 'group' : 'img'}" aria-label="${escape(drawing.title)}">`,
    `<title>${escape(drawing.title)}</title>`,
    ...layout.frames.map(frameOf),
    ...layout.edges.map((placed) => edgeOf(placed, names, index.get(placed.edge)!, interactive)),
    ...nodes.map((node) => nodeOf(node, layout.nodes.get(node.id)!, out.get(node.id) ?? '', positions.get(node)!, interactive)),
    '</svg>',
  ].join('\n');
}

function folded(drawing: Drawing): Drawing {
  return {
    ...drawing,
    nodes: drawing.nodes.filter(({ id }) => id !== INTERNET_OUT),
    edges: drawing.edges.filter(({ to }) => to !== INTERNET_OUT),
  };
}

/** The ports on which each thing calls out to the internet. */
function waysOut(edges: readonly DrawnEdge[]): Map<string, string> {
  return new Map(edges.filter(({ to, kind }) => to === INTERNET_OUT && kind !== 'closed').map(({ from, label }) => [from, label]));
}

function frameOf({ x, y, width, height, label, kind }: Frame): string {
  return `<g class="frame ${kind}"><rect${rectangle({ x, y, width, height })} rx="10"/>`
    + `<text x="${round(x + 12)}" y="${round(y + 19)}">${escape(kind === 'vpc' ? `VPC ${label}` : label)}</text></g>`;
}

function nodeOf(node: DrawnNode, box: Box, out: string, position: number, interactive: boolean): string {
  const { id, name, kind, lane, ports, replicas, zones } = node;
  const left = box.x + 12;
  const right = round(box.x + box.width - 10);
  const details = [replicas, ports.length === 0 ? '' : `TCP ${ports.join(', ')}`].filter((text) => text !== '').join(' · ');
  // The slash of a block of addresses leads to nothing below it.
  const parts = id.startsWith(OUTSIDE) ? [name] : name.split('/');
  const stack = parts.length > 1 ? parts[0] : '';
  const below = details || (zones.length > 0 ? zones.join(', ') : stack === '' ? '' : `in ${stack}`);
  const silent = silentIf(interactive);
  const shown = [shortened(nearName(parts), NAME_LENGTH), shortened(kind, TEXT_LENGTH), shortened(below, out === '' ? TEXT_LENGTH : TEXT_LENGTH - 6)];
  const way = out === '' ? '' : `↗ ${shortened(out, 9)}`;
  // Whoever speaks to the page says what he reads: that comes first, and the whole name after it.
  const said = [...shown, way, `(${name})`].filter((text) => text !== '').join(' ');
  const chosen = interactive ? ` tabindex="0" role="button" data-node="${position}" data-name="${escape(name)}" aria-label="${escape(said)}"` : '';
  return [
    `<g class="node ${lane === 'edge' ? 'edge-lane' : lane}"${chosen}><title>${escape(said)}</title>`,
    `<rect class="body"${rectangle(box)} rx="${/^(EFS|RDS|ElastiCache|S3|DynamoDB)/.test(kind) ? 18 : lane === 'clients' ? 35 : 7}"/>`,
    `<text class="name"${silent} x="${round(left)}" y="${round(box.y + 22)}">${escape(shown[0])} </text>`,
    `<text class="kind"${silent} x="${round(left)}" y="${round(box.y + 40)}">${escape(shown[1])} </text>`,
    `<text class="kind"${silent} x="${round(left)}" y="${round(box.y + 58)}">${escape(shown[2])} </text>`,
    way === '' ? '' : `<text class="wayout"${silent} x="${right}" y="${round(box.y + 58)}" text-anchor="end">${escape(way)}</text>`,
    interactive ? `<text class="badge"${silent} x="${round(box.x + box.width - 10)}" y="${round(box.y + 22)}" text-anchor="end"></text>` : '',
    '</g>',
  ].join('');
}

/** What a label says already is not read out a second time. */
function silentIf(labelled: boolean): string {
  return labelled ? ' aria-hidden="true"' : '';
}

/** The end of a construct path says most; the stack is told elsewhere. */
function nearName(parts: readonly string[]): string {
  const own = parts.length > 1 ? parts.slice(1) : parts;
  const more = own.slice(-3).join('/');
  // A middle that is left out still tells two things of one name apart.
  return more.length <= NAME_LENGTH + 6 ? more : own.slice(-2).join('/');
}

function edgeOf({ edge, points, corners }: PlacedEdge, names: ReadonlyMap<string, string>, position: number, interactive: boolean): string {
  const said = `${names.get(edge.from)} to ${names.get(edge.to)}, ${edge.label}`;
  const chosen = interactive ? ` tabindex="0" role="button" data-edge="${position}" aria-label="${escape(said)}"` : '';
  const silent = silentIf(interactive);
  const path = corners ? cornered(points) : curve(points);
  const [endX, endY] = points[points.length - 1];
  const back = endX >= points[points.length - 2][0] ? -8 : 8;
  const label = labelPlace(points);
  return [
    `<g class="edge ${edge.kind}${edge.to === INTERNET_OUT ? ' leaving' : ''}"${chosen}><title>${escape(said)}</title>`,
    interactive ? `<path class="hit" d="${path}"/>` : '',
    `<path class="line" d="${path}"/>`,
    `<path class="tip" d="M${round(endX)} ${round(endY)}l${back} -4.5v9z"/>`,
    `<text class="label"${silent} x="${round(label.x)}" y="${round(label.y - 5)}"${label.anchor}>${escape(shortened(edge.label, 18))}</text>`,
    '</g>',
  ].join('');
}

/** A line that leaves and arrives level, so that it can be followed. */
function curve(points: PlacedEdge['points']): string {
  const [[startX, startY], ...rest] = points;
  let [x, y] = [startX, startY];
  return `M${round(x)} ${round(y)}${rest.map(([nextX, nextY]) => {
    const middle = (x + nextX) / 2;
    const part = isLoop(points)
      ? `C${round(nextX)} ${round(y)} ${round(nextX)} ${round(nextY)} ${round(nextX)} ${round(nextY)}`
      : `C${round(middle)} ${round(y)} ${round(middle)} ${round(nextY)} ${round(nextX)} ${round(nextY)}`;
    [x, y] = [nextX, nextY];
    return part;
  }).join('')}`;
}

/** What is said of a line stands where it begins: there it is beside no other, and upon no thing. */
function labelPlace(points: PlacedEdge['points']): { readonly x: number; readonly y: number; readonly anchor: string } {
  const [[startX, startY], [nextX, nextY]] = points;
  if (isLoop(points)) return { x: nextX, y: nextY, anchor: ' text-anchor="middle"' };
  return nextX >= startX ? { x: startX + 5, y: startY, anchor: '' } : { x: startX - 5, y: startY, anchor: ' text-anchor="end"' };
}

/** A line of level and upright parts, with round corners. */
function cornered(points: PlacedEdge['points']): string {
  const [first, ...rest] = points;
  const parts = rest.map(([x, y], index) => {
    const [beforeX, beforeY] = points[index];
    const next = rest[index + 1];
    if (next === undefined) return `L${round(x)} ${round(y)}`;
    const [back, on] = [towards([x, y], [beforeX, beforeY]), towards([x, y], next)];
    return `L${back}Q${round(x)} ${round(y)} ${on}`;
  });
  return `M${round(first[0])} ${round(first[1])}${parts.join('')}`;
}

/** A point on the way from one to the other, where the corner begins or ends. */
function towards([x, y]: readonly [number, number], [otherX, otherY]: readonly [number, number]): string {
  const [dx, dy] = [otherX - x, otherY - y];
  const part = Math.min(CORNER, (Math.abs(dx) + Math.abs(dy)) / 2) / Math.max(Math.abs(dx) + Math.abs(dy), 1);
  return `${round(x + dx * part)} ${round(y + dy * part)}`;
}

/** True for a line between things of one column: it bulges to the right. */
function isLoop(points: PlacedEdge['points']): boolean {
  return points.length === 3 && points[0][0] === points[2][0];
}

function rectangle({ x, y, width, height }: Box): string {
  return ` x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

