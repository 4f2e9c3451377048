import { acknowledgementsOf, isOver } from './baseline';
import type { Accepted } from './baseline';
import { Acknowledgements } from '../../checks/acknowledgements';
import { CheckSeverity } from '../../checks/check-report';
import type { CheckFinding, CheckReport } from '../../checks/check-report';
import { CANNOT_JUDGE, judgeApp } from '../../checks/findings';
import type { Verdict } from '../../checks/findings';
import { reportOf } from '../../checks/report-of';
import { ALL_RULES } from '../../checks/rules/all-rules';
import type { NetworkModel } from '../../paths/judging/network-model';
import type { App } from '../base/app';
import { CannotDo, didYouMean } from '../base/problem';

/** Which findings are wanted. */
export interface CheckRequest {
  /** Only these rules are judged; all where there is none. */
  readonly rules: readonly string[];
  readonly disabled: readonly string[];
  readonly accepted: readonly Accepted[];
  readonly details: boolean;
  readonly today: Date;
}

/** Ids of all rules. */
export const RULE_IDS: readonly string[] = [...ALL_RULES.map(({ id }) => id), CANNOT_JUDGE.id];

/** What was accepted until a day that is over. */
const EXPIRED = 'accepted-until-over';
/** What was accepted, and is not there. */
const STALE = 'accepted-but-gone';

/** Judges an app as `HaChecks.ofAssembly` does, and holds the findings against those that are accepted. */
export function checkApp(app: App, request: CheckRequest, model?: NetworkModel): CheckReport {
  return reportFor(app, judgedBy(app, request, model), request);
}

/** The judgement behind a report, with its zone-loss table. */
export function judgedBy({ content }: App, { rules, disabled }: CheckRequest, model?: NetworkModel): Verdict {
  const chosen = known(rules);
  if (chosen.length > 0 && chosen.every((id) => disabled.includes(id))) {
    throw new CannotDo('--rule and --disable name the same rules, so that none is left');
  }
  const leftOut = [...known(disabled), ...(chosen.length === 0 ? [] : RULE_IDS.filter((id) => !chosen.includes(id) && id !== CANNOT_JUDGE.id))];
  const verdict = judgeApp(content, leftOut, model);
  return { ...verdict, findings: verdict.findings.filter(({ rule }) => !leftOut.includes(rule)) };
}

/** The report of a judgement. */
export function reportFor({ content, directory }: App, verdict: Verdict, { accepted, details, today }: CheckRequest): CheckReport {
  const acknowledgements = new Acknowledgements([...content.acknowledged ?? [], ...acknowledgementsOf(accepted, today)], 'HaChecks');
  const report = reportOf(verdict, { directory, origins: content.origins, acknowledgements, details });
  return { ...report, findings: [...report.findings, ...accepted.flatMap((entry) => aboutEntry(entry, verdict, today))] };
}

function aboutEntry(entry: Accepted, { findings }: Verdict, today: Date): CheckFinding[] {
  const { rule, path, owner, until } = entry;
  const one = new Acknowledgements([{ path, id: `HaChecks::${rule}`, reason: '' }], 'HaChecks');
  if (!findings.some((finding) => one.of(finding.rule, finding.paths) !== undefined)) {
    return [warning(STALE, path, `The baseline accepts ${rule} at ${path || 'the app'}, where it is not found.`, 'Take the entry out.')];
  }
  return isOver(entry, today)
    ? [warning(EXPIRED, path, `The baseline accepted ${rule} at ${path || 'the app'} until ${until}.`, `Mend it, or let ${owner} accept it anew.`)]
    : [];
}

function warning(rule: string, path: string, description: string, fix: string): CheckFinding {
  return {
    rule,
    path,
    description,
    fix,
    severity: CheckSeverity.WARNING,
    places: [path],
    consequence: 'The list of what is accepted no longer says what is.',
  };
}

function known(ids: readonly string[]): readonly string[] {
  const wrong = ids.find((id) => !RULE_IDS.includes(id));
  if (wrong !== undefined) throw new CannotDo(`there is no rule ${wrong}${didYouMean(wrong, RULE_IDS)}`);
  return ids;
}
