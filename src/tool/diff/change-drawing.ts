import type { Changes, State } from './changes';
import type { DrawnEdge, DrawnNode, Drawing } from '../../page/drawing';
import type { ChangedConnection } from '../../paths/comparison';
import type { Terminal } from '../base/terminal';
import { describeApp } from '../draw/describe-app';

/** The app after the change, with what it opened, and what it closed or took away as it was before. */
export function drawChange(changes: Changes, before: State, after: State, terminal: Terminal): Drawing {
  const [old, now] = [before, after].map(({ app }) => describeApp(app, `What changes in ${after.app.name}`, terminal));
  const opened = pairsOf([...changes.toInternet, ...changes.opened]);
  const closed = pairsOf(changes.closed);
  const known = new Map(now.nodes.map((node) => [`${node.lane} ${node.name}`, node]));
  const nameIn = ({ nodes }: Drawing) => new Map(nodes.map((node) => [node.id, node]));
  const [oldNodes, newNodes] = [nameIn(old), nameIn(now)];
  const gone = new Map<string, DrawnNode>();
  const closedEdges = old.edges.filter(isConnection).filter((edge) => closed.has(pairOf(edge, oldNodes))).map((edge): DrawnEdge => {
    const [from, to] = [edge.from, edge.to].map((id) => {
      const node = oldNodes.get(id)!;
      const still = known.get(`${node.lane} ${node.name}`);
      if (still === undefined) gone.set(`before ${id}`, { ...node, id: `before ${id}`, kind: `${node.kind}, taken away` });
      return still?.id ?? `before ${id}`;
    });
    return { ...edge, from, to, kind: 'closed' };
  });
  return {
    ...now,
    nodes: [...now.nodes, ...gone.values()],
    edges: [
      ...now.edges.map((edge): DrawnEdge => (isConnection(edge) && opened.has(pairOf(edge, newNodes)) ? { ...edge, kind: 'opened' } : edge)),
      ...closedEdges,
    ],
  };
}

function pairsOf(connections: readonly ChangedConnection[]): Set<string> {
  return new Set(connections.map(({ source, target }) => `${source.label} -> ${target.label}`));
}

function pairOf({ from, to }: DrawnEdge, nodes: ReadonlyMap<string, DrawnNode>): string {
  return `${nodes.get(from)?.name} -> ${nodes.get(to)?.name}`;
}

function isConnection({ kind }: DrawnEdge): boolean {
  return kind !== 'reference';
}
