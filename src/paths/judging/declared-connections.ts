import type { Directory } from './directory';
import { unclear } from './judgement';
import type { Judgement } from './judgement';
import type { NetworkModel } from './network-model';
import { INTERNET } from './path-end';
import type { PathEnd } from './path-end';
import type { Declaration } from '../../template/stack-template';

/** One source and one target of a stated connection. */
export interface JudgedPair {
  readonly source: string;
  readonly target: string;
  readonly judgement: Judgement;
}

/** A stated connection with the ends it turned out to have. */
export interface JudgedDeclaration {
  /** At least one: what is stated but not in the app stands for itself. */
  readonly pairs: readonly JudgedPair[];
  readonly sources: string[];
  readonly targets: string[];
  readonly judgement: Judgement;
}

const BAD_TO_GOOD = ['blocked', 'unknown', 'reachable'];

/** Judges a stated connection. Every source must reach every target: the worst pair decides. */
export function judgeDeclaration(model: NetworkModel, directory: Directory, declaration: Declaration): JudgedDeclaration {
  const [sources, targets] = [declaration.source, declaration.target].map((names) => (
    names.includes(INTERNET.label) ? [INTERNET] : directory.behindGroups(names)
  ));
  const ports = { from: declaration.fromPort, to: declaration.toPort };
  const judged = sources.flatMap((source) => targets.map((target) => (
    { source: source.label, target: target.label, judgement: model.judge.onPorts(source, target, ports) }
  )));
  const [worst] = [...judged].sort((a, b) => BAD_TO_GOOD.indexOf(a.judgement.verdict) - BAD_TO_GOOD.indexOf(b.judgement.verdict));
  const lost = [...(sources.length === 0 ? declaration.source : []), ...(targets.length === 0 ? declaration.target : [])];
  const judgement = worst?.judgement ?? unclear(`security group ${lost.join(', ') || '(none)'} is not in any template of this app`);
  const [from, to] = [namesOf(sources, declaration.source), namesOf(targets, declaration.target)];
  return {
    pairs: judged.length > 0 ? judged : from.flatMap((source) => to.map((target) => ({ source, target, judgement }))),
    sources: from,
    targets: to,
    judgement,
  };
}

function namesOf(ends: readonly PathEnd[], stated: readonly string[]): string[] {
  return ends.length === 0 ? [...stated] : [...new Set(ends.map(({ label }) => label))];
}
