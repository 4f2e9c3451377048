import { byConsequence, counted, isError } from './order';
import type { ReportContext, ReportWriter } from './report-writer';
import type { CheckFinding } from '../../checks/check-report';
import { shownPlaces } from '../../template/places';
import { printable } from '../base/terminal';

/** For a person at a terminal: what each fault leads to, then what is wrong where, and what to change. */
export const writeText: ReportWriter = ({ findings, acknowledged, summary }, context) => {
  const { name, paint } = context;
  const groups = byConsequence(findings).flatMap((group) => [
    isError(group) ? paint('red', `ERROR    ${group.text}`) : paint('yellow', `WARNING  ${group.text}`),
    ...group.findings.flatMap((finding) => linesOf(finding, context)),
  ]);
  const accepted = acknowledged.length === 0 ? [] : [`${acknowledged.length} accepted, with a reason: not shown.`];
  const verdict = findings.length === 0 ? paint('green', `${name}: no findings.`) : paint('bold', `${name}: ${counted(findings)}.`);
  return [...groups, verdict, ...accepted, summary, ''].map(printable).join('\n');
};

function linesOf(finding: CheckFinding, context: ReportContext): string[] {
  const { rule, path, description, fix } = finding;
  const places = shownPlaces(finding, context);
  return [
    `  ${context.paint('bold', path || 'the app')}  ${context.paint('dim', `[${rule}]`)}`,
    `    ${description}`,
    `    Change: ${fix}`,
    ...(places.length === 0 ? [] : [`    At: ${places.join(', ')}`]),
    '',
  ];
}
