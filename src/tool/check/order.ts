import { CheckSeverity } from '../../checks/check-report';
import type { CheckFinding } from '../../checks/check-report';
import { count } from '../../template/values';

/** Findings that lead to the same. */
export interface Consequence {
  readonly severity: CheckSeverity;
  readonly text: string;
  readonly findings: readonly CheckFinding[];
}

/** The findings by what they lead to, errors first. */
export function byConsequence(findings: readonly CheckFinding[]): Consequence[] {
  const groups = new Map<string, CheckFinding[]>();
  for (const finding of [...findings].sort((a, b) => weight(a) - weight(b))) {
    const key = `${finding.severity} ${finding.consequence}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((together) => ({ severity: together[0].severity, text: together[0].consequence, findings: together }));
}

export function isError({ severity }: { readonly severity: CheckSeverity }): boolean {
  return severity === CheckSeverity.ERROR;
}

/** `2 errors, 1 warning`. */
export function counted(findings: readonly CheckFinding[]): string {
  const errors = findings.filter(isError).length;
  const parts = [errors === 0 ? '' : count(errors, 'error'), errors === findings.length ? '' : count(findings.length - errors, 'warning')];
  return parts.filter((part) => part !== '').join(', ') || 'no findings';
}

function weight({ severity }: CheckFinding): number {
  return severity === CheckSeverity.ERROR ? 0 : 1;
}
