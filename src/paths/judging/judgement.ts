/** What the templates decide about a connection, and by what. */
export interface Judgement {
  readonly verdict: Verdict;
  /** What lets the connection through, from source to target. */
  readonly steps: readonly Step[];
  /** The first thing on the way that stops it. */
  readonly missing?: Step;
  /** What could not be decided. */
  readonly reasons: readonly string[];
}

/** `unknown` is neither safe nor working. */
export type Verdict = 'reachable' | 'blocked' | 'unknown';

/** One thing on the way: the construct path of what states it, or where it would have to be stated, and the statement. */
export interface Step {
  readonly path: string;
  readonly text: string;
}

export function passes(...steps: Step[]): Judgement {
  return { verdict: 'reachable', steps, reasons: [] };
}

export function stops(path: string, text: string): Judgement {
  return { verdict: 'blocked', steps: [], missing: { path, text }, reasons: [] };
}

export function unclear(...reasons: string[]): Judgement {
  return { verdict: 'unknown', steps: [], reasons: [...new Set(reasons)] };
}

/** All links must let the connection through. One that surely stops it decides, whatever is unknown about the others. */
export function chain(links: readonly Judgement[]): Judgement {
  const stopped = links.find(({ verdict }) => verdict === 'blocked');
  if (stopped !== undefined) return stopped;
  const steps = links.flatMap((link) => link.steps);
  const reasons = [...new Set(links.flatMap((link) => link.reasons))];
  return { verdict: links.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'reachable', steps, reasons };
}

/** One way that lets the connection through is enough. */
export function anyOf(ways: readonly Judgement[]): Judgement {
  return ways.find(({ verdict }) => verdict === 'reachable') ?? ways.find(({ verdict }) => verdict === 'unknown') ?? ways[0];
}

/** The ways stand for parts of one thing, such as its subnets: where they differ, what holds for the whole is not known. */
export function agreed(parts: readonly Judgement[]): Judgement {
  const [first] = parts;
  if (parts.every(({ verdict }) => verdict === first.verdict)) return first;
  const stopped = parts.find(({ verdict }) => verdict === 'blocked');
  const undecided = parts.flatMap(({ reasons }) => reasons);
  return unclear(...(stopped === undefined ? undecided : [`it works for a part only: ${stopped.missing!.text}`, ...undecided]));
}
