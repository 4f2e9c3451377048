import type { DrawnEdge, Statement } from './drawing';

/** Ports that a line of many names itself; its rules name all. */
const MOST_PORTS = 3;

/** One line for all of one kind that begin and end at the same things, with the rules of them all. */
export function mergeEdges(edges: readonly DrawnEdge[]): DrawnEdge[] {
  return [...together(edges, ({ from, to, kind }) => `${from}\n${to}\n${kind}`).values()].map((own) => (own.length === 1 ? own[0] : {
    ...own[0], label: labelOf(own), why: unique(own.map(({ why }) => why)), rules: unique(own.map(({ rules }) => rules)),
  }));
}

/** The values by what they have in common. */
export function together<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [one]);
    else known.push(one);
  }
  return groups;
}

function labelOf(edges: readonly DrawnEdge[]): string {
  const labels = [...new Set(edges.map(({ label }) => label))];
  const more = labels.length - MOST_PORTS;
  return `${labels.slice(0, MOST_PORTS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function unique(lists: ReadonlyArray<readonly Statement[]>): Statement[] {
  const known = new Set<Statement>();
  lists.forEach((list) => list.forEach((one) => known.add(one)));
  return [...new Map([...known].map((one) => [`${one.path} ${one.text}`, one])).values()];
}
