import type { Box } from './box';
import { Corridors } from './corridors';
import type { Bands } from './corridors';
import type { Drawing, DrawnEdge, DrawnNode } from './drawing';
import { bandsOf, columnsOf, isGateway } from './lanes';
import type { Band } from './lanes';

/** A drawing with a place for everything, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: readonly PlacedEdge[];
  readonly frames: readonly Frame[];
}

/** A frame around the things of a VPC, of a zone, or of what stands apart. */
export interface Frame extends Box {
  readonly label: string;
  readonly kind: 'vpc' | 'zone' | 'apart';
}

export interface PlacedEdge {
  readonly edge: DrawnEdge;
  readonly points: ReadonlyArray<readonly [x: number, y: number]>;
  /** True for a line that turns corners: it leads between things of different bands, through the gaps between what stands there. */
  readonly corners: boolean;
}

export const NODE_WIDTH = 212;
export const NODE_HEIGHT = 70;
const COLUMN_GAP = 92;
/** Beyond so many lines none can be followed, and leading each around what stands between takes minutes: they are drawn straight. */
const MOST_ROUTED = 1000;
const ROW_GAP = 22;
const PADDING = 18;
const TITLE = 26;
const BAND_GAP = 26;
const MARGIN = 20;

/** What is used of dagre. Its own types are those of an ECMAScript module, which this one is not. */
interface Dagre {
  readonly graphlib: { readonly Graph: new (options: { multigraph: boolean }) => DagreGraph };
  layout(graph: DagreGraph): void;
}

interface DagreGraph {
  setGraph(options: object): void;
  setNode(id: string, size: { width: number; height: number; rank: number }): void;
  setEdge(from: string, to: string, options: object, name: string): void;
  node(id: string): { x: number; y: number };
  edge(from: string, to: string, name: string): { points: Array<{ x: number; y: number }> };
}

type Place = Map<string, { x: number; y: number }>;

/** Places the things in lanes from the requests to the data, and around them the frames of their VPCs and zones. Loads dagre. */
export function layOut(drawing: Drawing): Layout {
  const columns = columnsOf(drawing);
  const width = Math.max(...columns.values(), 0) + 1;
  const place: Place = new Map();
  const frames: Frame[] = [];
  const inner = new Map<DrawnEdge, ReadonlyArray<readonly [number, number]>>();
  const bands: Bands = new Map();
  let y = MARGIN;
  for (const band of bandsOf(drawing)) {
    const top = y;
    const members = [...band.nodes, ...band.zones.flatMap(({ nodes }) => nodes)];
    const framed = band.frame === undefined ? [] : members.filter((node) => band.frame!.kind !== 'vpc' || node.vpc === band.frame!.label);
    y += band.frame === undefined ? 0 : TITLE + PADDING;
    y = placeTogether(band.nodes, drawing.edges, { columns, width, top: y }, place, inner);
    setBand(bands, band.nodes, { top, bottom: y });
    const rows = band.zones.filter(({ nodes: own }) => own.every(isGateway));
    const rowTop = y + ROW_GAP;
    y = placeInRow(rows, y, leftOf(framed, place), place, frames);
    setBand(bands, rows.flatMap(({ nodes }) => nodes), { top: rowTop, bottom: y });
    for (const zone of band.zones.filter((one) => !rows.includes(one))) {
      const start = y + ROW_GAP;
      y = placeTogether(zone.nodes, drawing.edges, { columns, width, top: start + TITLE }, place, inner);
      frames.push({ ...around(zone.nodes, place, start), label: zone.label, kind: 'zone' });
      y += PADDING / 2;
      setBand(bands, zone.nodes, { top: start, bottom: y });
    }
    if (band.frame !== undefined) {
      frames.unshift({ ...widened(around(framed, place, top)), height: y + PADDING - top, ...band.frame });
      y += PADDING;
    }
    y += BAND_GAP;
  }
  const nodes = new Map([...place].map(([id, at]) => [id, { ...at, width: NODE_WIDTH, height: NODE_HEIGHT }]));
  const corridors = new Corridors(bands);
  const edges = drawing.edges.flatMap((edge): PlacedEdge[] => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const points = inner.get(edge);
    if (points !== undefined) return [{ edge, points, corners: false }];
    return bands.get(edge.from) === bands.get(edge.to) ? [{ edge, points: direct(from, to), corners: false }]
      : [{ edge, points: corridors.between(edge, from, to), corners: true }];
  });
  const boxes = MARGIN * 2 + width * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP + PADDING * 2;
  return {
    // Lines that come back pass to the right of the last column.
    width: edges.reduce((most, { points }) => Math.max(most, ...points.map(([x]) => x + MARGIN)), boxes),
    height: Math.max(y, MARGIN * 2),
    nodes,
    edges: spread(edges),
    frames,
  };
}

function setBand(bands: Bands, nodes: readonly DrawnNode[], band: { readonly top: number; readonly bottom: number }): void {
  nodes.forEach(({ id }) => bands.set(id, band));
}

interface Grid {
  readonly columns: ReadonlyMap<string, number>;
  readonly width: number;
  readonly top: number;
}

/** Lets dagre order and place things in their columns, and lead their connections around what stands between. Returns where they end. */
function placeTogether(
  nodes: readonly DrawnNode[], edges: readonly DrawnEdge[], { columns, width, top }: Grid, place: Place,
  routes: Map<DrawnEdge, ReadonlyArray<readonly [number, number]>>,
): number {
  if (nodes.length === 0) return top;
  // Loaded only by who draws.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const dagre = require('@dagrejs/dagre') as Dagre;
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranker: 'none', nodesep: ROW_GAP, edgesep: 14, ranksep: COLUMN_GAP });
  // A thing of no height in each column keeps all bands in step.
  for (let column = 0; column < width; column++) graph.setNode(`column ${column}`, { width: NODE_WIDTH, height: 0, rank: column * 2 });
  nodes.forEach(({ id }) => graph.setNode(`node ${id}`, { width: NODE_WIDTH, height: NODE_HEIGHT, rank: columns.get(id)! * 2 }));
  const own = new Set(nodes.map(({ id }) => id));
  const inside = edges.filter(({ from, to }) => own.has(from) && own.has(to) && columns.get(from)! < columns.get(to)!);
  const forward = inside.length > MOST_ROUTED ? [] : inside;
  forward.forEach(({ from, to }, index) => graph.setEdge(`node ${from}`, `node ${to}`, { weight: 1 }, `edge ${index}`));
  dagre.layout(graph);
  const placed = nodes.map(({ id }) => ({ id, ...graph.node(`node ${id}`) }));
  const highest = Math.min(...placed.map(({ y }) => y)) - NODE_HEIGHT / 2;
  const leftmost = graph.node('column 0').x - NODE_WIDTH / 2;
  const shift = { x: MARGIN + PADDING - leftmost, y: top - highest };
  placed.forEach(({ id, x, y }) => place.set(id, { x: x + shift.x - NODE_WIDTH / 2, y: y + shift.y - NODE_HEIGHT / 2 }));
  let bottom = Math.max(...placed.map(({ y }) => y)) + NODE_HEIGHT / 2 + shift.y;
  forward.forEach((edge, index) => {
    const { points } = graph.edge(`node ${edge.from}`, `node ${edge.to}`, `edge ${index}`);
    const between = points.slice(1, -1).map(({ x, y }): [number, number] => [x + shift.x, Math.max(y + shift.y, top - TITLE)]);
    const [from, to] = [place.get(edge.from)!, place.get(edge.to)!];
    routes.set(edge, [[from.x + NODE_WIDTH, from.y + NODE_HEIGHT / 2], ...between, [to.x, to.y + NODE_HEIGHT / 2]]);
    bottom = Math.max(bottom, ...between.map(([, y]) => y));
  });
  return bottom;
}

/** The way between things of one column, or back. */
function direct(from: Box, to: Box): Array<readonly [number, number]> {
  const [fromY, toY] = [from.y + from.height / 2, to.y + to.height / 2];
  if (from.x + from.width <= to.x) return [[from.x + from.width, fromY], [to.x, toY]];
  const right = Math.max(from.x + from.width, to.x + to.width) + COLUMN_GAP / 3;
  return from.x === to.x
    ? [[from.x + from.width, fromY], [right, (fromY + toY) / 2], [to.x + to.width, toY]]
    : [[from.x, fromY], [to.x + to.width, toY]];
}

/** Lines that leave or reach the same side of a thing do so below each other, in the order of where they come from or lead to. */
function spread(edges: readonly PlacedEdge[]): PlacedEdge[] {
  const ys = new Map<PlacedEdge, { from: number; to: number }>(edges.map((placed) => [placed, { from: 0, to: 0 }]));
  const sides = new Map<string, Array<{ placed: PlacedEdge; end: 'from' | 'to'; towards: number }>>();
  for (const placed of edges) {
    const { edge, points, corners } = placed;
    const [first, last] = [points[0], points[points.length - 1]];
    const [afterStart, beforeEnd] = corners ? [points[2][1], points[points.length - 3][1]] : [points[1][1], points[points.length - 2][1]];
    const ends = [[edge.from, 'from', first[0], afterStart], [edge.to, 'to', last[0], beforeEnd]] as const;
    for (const [id, end, x, towards] of ends) {
      const key = `${id} ${x}`;
      const side = sides.get(key) ?? [];
      side.push({ placed, end, towards });
      sides.set(key, side);
    }
  }
  for (const together of sides.values()) {
    const step = Math.min(16, (NODE_HEIGHT - 16) / Math.max(together.length - 1, 1));
    together.sort((a, b) => a.towards - b.towards)
      .forEach(({ placed, end }, index) => { ys.get(placed)![end] = (index - (together.length - 1) / 2) * step; });
  }
  return edges.map((placed) => {
    const { from, to } = ys.get(placed)!;
    const last = placed.points.length - 1;
    // The first and the last part of a line with corners are level.
    const level = placed.corners ? 1 : 0;
    return { ...placed, points: placed.points.map(([x, y], index) => [x, y + (index <= level ? from : index >= last - level ? to : 0)] as const) };
  });
}

/** Zones that hold nothing but gateways stand beside each other. Returns where they end. */
function placeInRow(zones: Band['zones'], top: number, left: number, place: Place, frames: Frame[]): number {
  if (zones.length === 0) return top;
  const start = top + ROW_GAP;
  let x = left;
  let bottom = start;
  for (const { label, nodes } of zones) {
    nodes.forEach(({ id }, index) => place.set(id, { x, y: start + TITLE + index * (NODE_HEIGHT + ROW_GAP) }));
    const frame = around(nodes, place, start);
    frames.push({ ...frame, label, kind: 'zone' });
    bottom = Math.max(bottom, frame.y + frame.height);
    x += NODE_WIDTH + COLUMN_GAP;
  }
  return bottom;
}

/** A frame of frames stands clear of them. */
function widened({ x, y, width, height }: Box): Box {
  return { x: x - PADDING / 2, y, width: width + PADDING, height };
}

/** Where the first column of things begins that have a place already. */
function leftOf(nodes: readonly DrawnNode[], place: Place): number {
  const xs = nodes.flatMap(({ id }) => place.get(id)?.x ?? []);
  return xs.length === 0 ? MARGIN + PADDING : Math.min(...xs);
}

function around(nodes: readonly DrawnNode[], place: Place, top: number): Box {
  const xs = nodes.map(({ id }) => place.get(id)!.x);
  const bottom = Math.max(...nodes.map(({ id }) => place.get(id)!.y)) + NODE_HEIGHT;
  const left = Math.min(...xs) - PADDING;
  return { x: left, y: top, width: Math.max(...xs) + NODE_WIDTH + PADDING - left, height: bottom + PADDING / 2 - top };
}
