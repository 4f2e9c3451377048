import type { Drawing, DrawnEdge, DrawnNode, Lane } from './drawing';

/** Things that are laid out together, and stand above each other with the others. */
export interface Band {
  readonly frame?: { readonly label: string; readonly kind: 'vpc' | 'apart' };
  readonly nodes: readonly DrawnNode[];
  readonly zones: ReadonlyArray<{ readonly label: string; readonly nodes: readonly DrawnNode[] }>;
}

const LANES: readonly Lane[] = ['clients', 'edge', 'entry', 'services', 'data', 'out'];

/** The column of each thing: its lane, and within the lane what calls stands before what is called. */
export function columnsOf({ nodes, edges }: Drawing): Map<string, number> {
  const columns = new Map<string, number>();
  let first = 0;
  for (const lane of LANES) {
    const own = nodes.filter((node) => node.lane === lane && !isGateway(node) && !isApart(node));
    const depth = depths(own, edges);
    own.forEach(({ id }) => columns.set(id, first + depth.get(id)!));
    first += own.length === 0 ? 0 : Math.max(...depth.values()) + 1;
  }
  first = closeRanks(columns);
  const delivery = nodes.filter(({ lane }) => lane === 'delivery');
  nodes.filter(isGateway).forEach(({ id }) => columns.set(id, 0));
  nodes.filter(isApart).forEach(({ id }, position) => columns.set(id, position % Math.max(first, 1)));
  depths(delivery, edges).forEach((depth, id) => columns.set(id, Math.min(depth + 1, Math.max(first - 1, depth))));
  return columns;
}

/** Takes out the columns in which nothing stands: things that call each other in a circle leave some. Returns how many are left. */
function closeRanks(columns: Map<string, number>): number {
  const used = [...new Set(columns.values())].sort((a, b) => a - b);
  columns.forEach((column, id) => columns.set(id, used.indexOf(column)));
  return used.length;
}

/** What stands in one zone alone and is on nobody's way: it is placed in a row, and needs no lane. */
export function isGateway({ kind, zones }: DrawnNode): boolean {
  return kind === 'NAT gateway' && zones.length === 1;
}

/** What stands in no VPC and takes no requests from outside. */
function isApart({ vpc, lane }: DrawnNode): boolean {
  return vpc === '' && (lane === 'services' || lane === 'data');
}

const DEEPEST = 3;

function depths(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): Map<string, number> {
  const depth = new Map(nodes.map(({ id }) => [id, 0]));
  const own = edges.filter(({ from, to }) => from !== to && depth.has(from) && depth.has(to));
  const pairs = new Set(own.map(({ from, to }) => `${from}\n${to}`));
  for (let round = 0; round < DEEPEST; round++) {
    for (const { from, to } of own) {
      // What calls each other stays side by side.
      if (!pairs.has(`${to}\n${from}`)) depth.set(to, Math.min(DEEPEST, Math.max(depth.get(to)!, depth.get(from)! + 1)));
    }
  }
  return depth;
}

/** One band for each VPC with what leads into it, one for what stands in none, one for what delivers. */
export function bandsOf({ nodes, edges }: Drawing): Band[] {
  const vpcs = [...new Set(nodes.map(({ vpc }) => vpc))].filter((vpc) => vpc !== '');
  const free = nodes.filter(({ vpc, lane }) => vpc === '' && lane !== 'delivery');
  const before = free.filter((node) => !isApart(node));
  const apart = free.filter(isApart);
  const vpcOf = new Map(nodes.map(({ id, vpc }) => [id, vpc]));
  const joined = new Map(before.map((node) => [node, vpcNextTo(node, edges, vpcOf) ?? vpcs[0]]));
  const delivery = nodes.filter(({ lane }) => lane === 'delivery');
  const bands: Band[] = vpcs.map((vpc) => {
    const own = nodes.filter((node) => node.vpc === vpc);
    const zones = [...new Set(own.flatMap((node) => (node.zones.length === 1 ? node.zones : [])))].sort();
    const alone = own.filter((node) => node.zones.length === 1 && zones.length > 0);
    return {
      frame: { label: vpc, kind: 'vpc' },
      nodes: [...before.filter((node) => joined.get(node) === vpc), ...own.filter((node) => !alone.includes(node))],
      zones: zones.map((label) => ({ label, nodes: alone.filter((node) => node.zones[0] === label) })),
    };
  });
  const rest = before.filter((node) => joined.get(node) === undefined);
  const beside = vpcs.length > 0 ? 'In no VPC' : 'Of the app';
  return [
    ...bands,
    ...(rest.length > 0 ? [{ nodes: [...rest, ...apart], zones: [] }]
      : apart.length > 0 ? [{ frame: { label: beside, kind: 'apart' as const }, nodes: apart, zones: [] }] : []),
    ...(delivery.length > 0 ? [{ frame: { label: 'Delivery', kind: 'apart' as const }, nodes: delivery, zones: [] }] : []),
  ];
}

function vpcNextTo(node: DrawnNode, edges: readonly DrawnEdge[], vpcOf: ReadonlyMap<string, string>): string | undefined {
  const next = edges.flatMap(({ from, to }) => (from === node.id ? [to] : to === node.id ? [from] : []));
  return next.map((id) => vpcOf.get(id)).find((vpc) => vpc !== undefined && vpc !== '');
}
