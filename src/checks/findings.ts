import { consequenceOf } from './consequences';
import { NOTHING, coverageOf } from './coverage';
import type { Coverage } from './coverage';
import { ALL_RULES } from './rules/all-rules';
import { declaredPathMissing } from './rules/declared-path-missing';
import { fewerThanTwoZones } from './rules/fewer-than-two-zones';
import type { Place, Rule, Severity } from './rules/rule';
import { zoneLossOf } from './rules/zone-loss-rule';
import { NetworkModel } from '../paths/judging/network-model';
import type { AssemblyContent, Problem, StackTemplate } from '../template/stack-template';
import type { ZoneLossTable } from './zones/zone-loss-table';

/** What one rule has against one place of an app. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly description: string;
  readonly fix: string;
  readonly consequence: string;
  /** Undefined where not even a stack can be named. */
  readonly at?: Place;
  /** Construct paths on which it can be acknowledged: itself, or anything around it. */
  readonly paths: readonly string[];
  /** See `Observation.causes`. */
  readonly causes: readonly string[];
}

/** The findings of an app, what was looked at, and its zone-loss table for reports. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly lookedAt: Coverage;
  /** All templates that were read. */
  readonly templates: readonly StackTemplate[];
  readonly zoneLoss?: ZoneLossTable;
}

/** Says what could not be judged, and why. Never an error: an unread template is no proof of a mistake. */
export const CANNOT_JUDGE = {
  id: 'cannot-judge',
  severity: 'warning' as const,
  says: 'A part of the app cannot be judged.',
  change: 'Mend the template, if it is broken; otherwise check by hand what this part does.',
  leadsTo: 'What this part does is not judged: a fault in it stays unseen.',
};

/**
 * Judges an app by every rule that is not left out. Nothing that a template holds makes it throw. Who has its model already gives it along:
 * a large one takes as long to make as to judge.
 */
export function judgeApp(content: AssemblyContent, leftOut: readonly string[] = [], model?: NetworkModel): Verdict {
  let app: NetworkModel;
  try {
    app = model ?? new NetworkModel(content);
  } catch (error) {
    return { findings: [...problemsOf(content.problems), cannotJudge('the app', messageOf(error))], lookedAt: NOTHING, templates: content.stacks };
  }
  const rules = ALL_RULES.filter(({ id }) => !leftOut.includes(id));
  const findings = onePerCause(rules.flatMap((rule) => evaluate(app, rule)));
  // Problems are read after the rules: some are only met on the way.
  return {
    findings: [...problemsOf(app.model.problems, app), ...findings],
    lookedAt: coverageOf(app),
    templates: content.stacks,
    zoneLoss: tableOf(app),
  };
}

function evaluate(app: NetworkModel, rule: Rule): Finding[] {
  try {
    return rule.evaluate(app).map(({ at, saw, change, related, causes }) => ({
      rule: rule.id,
      severity: rule.severity,
      description: `${rule.says} Seen: ${saw}.`,
      fix: change === undefined ? rule.change : `${capital(change)}.`,
      consequence: consequenceOf(rule),
      at,
      paths: [at, ...related ?? []].flatMap((place) => place?.path ?? []),
      causes: causes ?? [],
    }));
  } catch (error) {
    return [cannotJudge(`rule ${rule.id}`, messageOf(error))];
  }
}

/**
 * What one missing link leads to is one finding, which can be acknowledged wherever the others could. Where a construct states the
 * connection, that finding says best why it is wanted; a network of one zone is the root of all that stands in it; else the first of the catalogue tells it.
 */
function onePerCause(findings: readonly Finding[]): Finding[] {
  const teller = new Map<string, Finding>();
  const others = new Map<Finding, Finding[]>();
  for (const finding of [...findings].sort((a, b) => rankOf(a) - rankOf(b))) {
    const tellers = finding.causes.map((cause) => teller.get(cause));
    const [first] = tellers;
    if (first !== undefined && !tellers.includes(undefined)) {
      others.set(first, [...(others.get(first) ?? []), finding]);
    } else {
      finding.causes.forEach((cause) => teller.set(cause, teller.get(cause) ?? finding));
    }
  }
  const told = new Set([...others.values()].flat());
  return findings.filter((finding) => !told.has(finding)).map((finding) => ({
    ...finding, paths: [...new Set([finding, ...(others.get(finding) ?? [])].flatMap(({ paths }) => paths))],
  }));
}

function rankOf({ rule }: Finding): number {
  return rule === declaredPathMissing.id || rule === fewerThanTwoZones.id ? 0 : 1;
}

function tableOf(app: NetworkModel): ZoneLossTable | undefined {
  try {
    return zoneLossOf(app);
  } catch {
    return undefined;
  }
}

function problemsOf(problems: readonly Problem[], app?: NetworkModel): Finding[] {
  return problems.map(({ subject, reason }) => {
    const stack = app?.stackOf(subject);
    return cannotJudge(subject, reason, stack === undefined ? undefined : { path: subject, stack });
  });
}

function cannotJudge(subject: string, reason: string, at?: Place): Finding {
  return {
    rule: CANNOT_JUDGE.id,
    severity: CANNOT_JUDGE.severity,
    description: `${CANNOT_JUDGE.says} Seen: ${subject}: ${reason}.`,
    fix: CANNOT_JUDGE.change,
    consequence: CANNOT_JUDGE.leadsTo,
    at,
    paths: at === undefined ? [] : [at.path],
    causes: [],
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
