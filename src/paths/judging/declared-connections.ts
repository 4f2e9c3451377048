import type { Directory } from './directory';
import { unclear } from './judgement';
import type { Judgement } from './judgement';
import type { NetworkModel } from './network-model';
import { INTERNET, isEndpoint } from './path-end';
import type { PathEnd } from './path-end';
import { declaredPorts } from '../../app-model/declared-ports';
import type { PortRange } from '../../private/aws/port-range';
import type { Declaration } from '../../template/stack-template';

/** One source and one target of a stated connection. */
export interface JudgedPair {
  readonly source: string;
  readonly target: string;
  readonly judgement: Judgement;
}

/** A stated connection with the ends it turned out to have. */
export interface JudgedDeclaration {
  readonly ports: PortRange;
  /** At least one: what is stated but not in the app stands for itself. */
  readonly pairs: readonly JudgedPair[];
  readonly sources: string[];
  readonly targets: string[];
  readonly judgement: Judgement;
}

const BAD_TO_GOOD = ['blocked', 'unknown', 'reachable'];

/** Judges a stated connection. Every source must reach every target: the worst pair decides. */
export function judgeDeclaration(model: NetworkModel, directory: Directory, declaration: Declaration): JudgedDeclaration {
  const [sources, behind] = [declaration.source, declaration.target].map((names) => (
    names.includes(INTERNET.label) ? [INTERNET] : directory.behindGroups(names)
  ));
  const targets = answering(behind);
  const ports = declaredPorts(model, declaration);
  const judged = sources.flatMap((source) => targets.map((target) => (
    { source: source.label, target: target.label, judgement: emptyGroup(model.judge.onPorts(source, target, ports), [source, target]) }
  )));
  const [worst] = [...judged].sort((a, b) => BAD_TO_GOOD.indexOf(a.judgement.verdict) - BAD_TO_GOOD.indexOf(b.judgement.verdict));
  const lost = [...(sources.length === 0 ? declaration.source : []), ...(targets.length === 0 ? declaration.target : [])];
  const judgement = worst?.judgement ?? unclear(`security group ${lost.join(', ') || '(none)'} is not in any template of this app`);
  const [from, to] = [namesOf(sources, declaration.source), namesOf(targets, declaration.target)];
  return {
    ports,
    pairs: judged.length > 0 ? judged : from.flatMap((source) => to.map((target) => ({ source, target, judgement }))),
    sources: from,
    targets: to,
    judgement,
  };
}

/** A task of a schedule or a runbook may share the group of a service: it takes no connections, and nobody means it. */
function answering(ends: PathEnd[]): PathEnd[] {
  const open = ends.filter((end) => !isEndpoint(end) || end.listens !== undefined);
  return open.length > 0 ? open : ends;
}

/** What no rule forbids is still no connection where nothing is in the group. */
function emptyGroup(judgement: Judgement, ends: readonly PathEnd[]): Judgement {
  const empty = ends.find((end) => isEndpoint(end) && end.resource === undefined);
  return judgement.verdict !== 'reachable' || empty === undefined ? judgement : unclear(`nothing of this app is in security group ${empty.label}`);
}

function namesOf(ends: readonly PathEnd[], stated: readonly string[]): string[] {
  return ends.length === 0 ? [...stated] : [...new Set(ends.map(({ label }) => label))];
}
