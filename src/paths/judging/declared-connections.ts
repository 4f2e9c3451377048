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
  readonly sources: string[];
  readonly targets: string[];
  readonly judgement: Judgement;
}

const BAD_TO_GOOD = ['blocked', 'unknown', 'reachable'];

/** Judges a stated connection. Every source must reach every target: the worst pair decides. */
export function judgeDeclaration(model: NetworkModel, directory: Directory, declaration: Declaration): JudgedDeclaration {
  const pairs = judgePairs(model, directory, declaration);
  const [worst] = [...pairs].sort((a, b) => BAD_TO_GOOD.indexOf(a.judgement.verdict) - BAD_TO_GOOD.indexOf(b.judgement.verdict));
  return {
    sources: [...new Set(pairs.map(({ source }) => source))],
    targets: [...new Set(pairs.map(({ target }) => target))],
    judgement: worst.judgement,
  };
}

/** Judges each pair of a stated connection. What is stated but not in the app stands for itself, so that there is always a pair. */
export function judgePairs(model: NetworkModel, directory: Directory, declaration: Declaration): JudgedPair[] {
  const ports = { from: declaration.fromPort, to: declaration.toPort };
  const [sources, targets] = [declaration.source, declaration.target].map((names) => endsOf(directory, names));
  const pairs = sources.flatMap((source) => targets.map((target): JudgedPair => {
    const lost = [source, target].filter(({ end }) => end === undefined).map(({ name }) => name);
    return {
      source: source.name,
      target: target.name,
      judgement: source.end && target.end
        ? model.judge.onPorts(source.end, target.end, ports)
        : unclear(`security group ${lost.join(', ')} is not in any template of this app`),
    };
  }));
  return pairs;
}

interface NamedEnd {
  readonly name: string;
  readonly end?: PathEnd;
}

function endsOf(directory: Directory, stated: readonly string[]): NamedEnd[] {
  if (stated.includes(INTERNET.label)) return [{ name: INTERNET.label, end: INTERNET }];
  const found = directory.behindGroups(stated).map((end) => ({ name: end.label, end }));
  return found.length > 0 ? found : (stated.length > 0 ? stated : ['(none)']).map((name) => ({ name }));
}
