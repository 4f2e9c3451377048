import type { Directory } from './directory';
import { unclear } from './judgement';
import type { Judgement } from './judgement';
import type { NetworkModel } from './network-model';
import { INTERNET, isEndpoint } from './path-end';
import type { PathEnd } from './path-end';
import { declaredPorts } from '../../app-model/declared-ports';
import type { PortRange } from '../../private/aws/port-range';
import type { Declaration } from '../../template/stack-template';

/** A stated connection with the ends it turned out to have. */
export interface JudgedDeclaration {
  readonly ports: PortRange;
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
  const ports = declaredPorts(model, declaration);
  const pairs = sources.flatMap((source) => targets.map((target) => model.judge.onPorts(source, target, ports)));
  const [worst] = pairs.map((one) => emptyGroup(one, [...sources, ...targets]))
    .sort((a, b) => BAD_TO_GOOD.indexOf(a.verdict) - BAD_TO_GOOD.indexOf(b.verdict));
  const lost = [...(sources.length === 0 ? declaration.source : []), ...(targets.length === 0 ? declaration.target : [])];
  return {
    ports,
    sources: namesOf(sources, declaration.source),
    targets: namesOf(targets, declaration.target),
    judgement: worst ?? unclear(`security group ${lost.join(', ') || '(none)'} is not in any template of this app`),
  };
}

/** What no rule forbids is still no connection where nothing is in the group. */
function emptyGroup(judgement: Judgement, ends: readonly PathEnd[]): Judgement {
  const empty = ends.find((end) => isEndpoint(end) && end.resource === undefined);
  return judgement.verdict !== 'reachable' || empty === undefined ? judgement : unclear(`nothing of this app is in security group ${empty.label}`);
}

function namesOf(ends: readonly PathEnd[], stated: readonly string[]): string[] {
  return ends.length === 0 ? [...stated] : [...new Set(ends.map(({ label }) => label))];
}
