import type { Acknowledgements } from './acknowledgements';
import { CheckSeverity } from './check-report';
import type { CheckFinding, CheckReport } from './check-report';
import { summaryOf } from './coverage';
import type { Finding, Verdict } from './findings';
import { groupFindings } from './grouping';
import type { GroupedFinding } from './grouping';
import { originOf } from '../template/origins';
import { SourceLines } from '../template/source-lines';

/** What a report is made with. */
export interface ReportSources {
  readonly directory: string;
  /** See `AssemblyContent.origins`. */
  readonly origins?: ReadonlyMap<string, string>;
  readonly acknowledgements: Acknowledgements;
  readonly details: boolean;
}

/** The judgement as users get it. */
export function reportOf({ findings, lookedAt }: Verdict, { directory, origins, acknowledgements, details }: ReportSources): CheckReport {
  const lines = new SourceLines(directory);
  const reasons = new Map(findings.map((finding) => [finding, reasonOf(finding, acknowledgements)]));
  const open = findings.filter((finding) => reasons.get(finding) === undefined);
  const told = details ? open.map((finding) => ({ ...finding, places: [finding] })) : groupFindings(open);
  const accepted = findings.filter((finding) => reasons.get(finding) !== undefined).map((finding) => ({ ...finding, places: [finding] }));
  return {
    findings: told.map((finding) => findingOf(finding, lines, origins)),
    acknowledged: accepted.map((finding) => ({ ...findingOf(finding, lines, origins), acknowledged: reasons.get(finding.places[0]) })),
    lookedAt: lookedAt.subjects.map(({ what, total, undecided }) => (
      { what, total, judged: total - undecided.length, undecided: undecided.map(({ subject, reason }) => ({ path: subject, text: reason })) }
    )),
    notCovered: [...lookedAt.notCovered],
    passed: lookedAt.templates > 0 && open.every(({ severity }) => severity !== 'error'),
    summary: summaryOf(lookedAt),
  };
}

function reasonOf({ rule, at, paths }: Finding, acknowledgements: Acknowledgements): string | undefined {
  return (acknowledgements.of(rule, paths) ?? acknowledgements.ofLongId(rule, at?.path ?? ''))?.reason;
}

function findingOf(
  { rule, severity, at, description, fix, consequence, places }: GroupedFinding, lines: SourceLines, origins?: ReadonlyMap<string, string>,
): CheckFinding {
  const source = at === undefined ? undefined : lines.of(at);
  const madeAt = at === undefined ? undefined : originOf(origins, at.path);
  return {
    rule,
    severity: severity === 'error' ? CheckSeverity.ERROR : CheckSeverity.WARNING,
    path: at?.path ?? '',
    ...(source === undefined ? {} : { source }),
    ...(madeAt === undefined ? {} : { madeAt }),
    description,
    fix,
    consequence,
    places: places.map((place) => place.at?.path ?? ''),
  };
}
