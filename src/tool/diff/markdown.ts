import type { Changes, State } from './changes';
import type { ZoneChange } from './zone-changes';
import type { CheckFinding } from '../../checks/check-report';
import type { ChangedConnection } from '../../paths/comparison';
import { isEndpoint } from '../../paths/judging/path-end';
import { readablePorts } from '../../private/aws/port-range';
import { StatedLines } from '../../template/stated-lines';
import { count } from '../../template/values';
import { inline, table } from '../base/markdown';

/** The changes for the comment on a pull request. */
export function writeChanges(changes: Changes, before: State, after: State, workingDirectory: string): string {
  const [old, now] = [before, after].map(({ app, model }) => new StatedLines(model.model, { directory: app.directory, workingDirectory }));
  return [
    '## What this change does to the architecture',
    '',
    headline(changes),
    '',
    ...connections('Newly reachable from the internet', changes.toInternet, after, now),
    ...connections('Connections opened', changes.opened, after, now),
    ...connections('Connections closed', changes.closed, before, old),
    ...zones('Lost when a zone is lost', changes.zonesLost),
    ...zones('Gained when a zone is lost', changes.zonesGained),
    ...findings('New findings', changes.findingsNew),
    ...findings('Findings that are gone', changes.findingsGone),
    changes.findingsStay.length === 0 ? 'No finding from before is left.'
      : `Still there from before: ${count(changes.findingsStay.length, 'finding')}.`,
    '',
  ].join('\n');
}

function headline({ toInternet, opened, closed, zonesLost, zonesGained, findingsNew, findingsGone }: Changes): string {
  const parts = [
    [toInternet, 'newly reachable from the internet'], [opened, 'opened'], [closed, 'closed'], [zonesLost, 'worse without a zone'],
    [zonesGained, 'better without a zone'], [findingsNew, 'new findings'], [findingsGone, 'findings gone'],
  ] as const;
  const told = parts.filter(([list]) => list.length > 0).map(([list, what]) => `${what}: ${list.length}`);
  const text = told.join(', ');
  return told.length === 0 ? 'Nothing that can be judged changes.' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function connections(title: string, list: readonly ChangedConnection[], state: State, lines: StatedLines): string[] {
  if (list.length === 0) return [];
  const rows = list.map((connection) => [
    `${connection.source.label} -> ${connection.target.label}`,
    `${readablePorts(connection.ports)}${connection.certain ? '' : ' (not decided)'}`,
    becauseOf(connection, state, lines),
  ]);
  return [`### ${title}`, '', ...table(['From and to', 'TCP', 'By'], rows), ''];
}

/** The rule that did it, or else what stands on its way in the state that has it open. */
function becauseOf(connection: ChangedConnection, { model }: State, lines: StatedLines): string {
  const { source, target, ports, rules, endsStay } = connection;
  if (rules.length === 0 && !endsStay) {
    const ends = [source, target].filter(isEndpoint).map(({ label }) => label);
    return `no rule of its own: ${ends.join(' or ')} itself comes or goes`;
  }
  const steps = rules.length > 0 ? rules : model.judge.onPorts(source, target, ports).steps;
  return steps.map(({ path, text }) => {
    const places = lines.of(path);
    return `${path} ${text}${places === '' ? '' : ` (${places})`}`;
  }).join('; ');
}

function zones(title: string, changes: readonly ZoneChange[]): string[] {
  if (changes.length === 0) return [];
  const rows = changes.map(({ zone, path, kind, before, after, why }) => [`${path} (${kind})`, zone, before ?? 'not there', after, why]);
  return [`### ${title}`, '', ...table(['What', 'Without', 'Before', 'After', 'Why'], rows), ''];
}

function findings(title: string, list: readonly CheckFinding[]): string[] {
  if (list.length === 0) return [];
  const items = list.map(({ rule, severity, path, description, fix }) => (
    `- ${severity} \`${rule}\` at **${inline(path || 'the app')}**: ${inline(description)} ${inline(fix)}`
  ));
  return [`### ${title}`, '', ...items, ''];
}
