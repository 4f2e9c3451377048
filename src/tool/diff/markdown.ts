import type { Changes, State } from './changes';
import type { CostChange } from './cost-changes';
import type { ZoneChange } from './zone-changes';
import type { CheckFinding } from '../../checks/check-report';
import type { ChangedConnection } from '../../paths/comparison';
import { isEndpoint } from '../../paths/judging/path-end';
import { readablePorts } from '../../private/aws/port-range';
import { StatedLines } from '../../template/stated-lines';
import { count } from '../../template/values';
import { inline, table } from '../base/markdown';
import { READ_ON } from '../costs/unit-prices';

/** GitHub takes 65,536 characters for a comment: beyond so many rows of a section it is told how many more there are. */
const MOST_ROWS = 50;

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
    ...cost(changes.cost),
    changes.findingsStay.length === 0 ? 'No finding from before is left.'
      : `Still there from before: ${count(changes.findingsStay.length, 'finding')}.`,
    '',
  ].join('\n');
}

function headline(changes: Changes): string {
  const { toInternet, opened, closed, zonesLost, zonesGained, findingsNew, findingsGone, cost: costs } = changes;
  const parts = [
    [toInternet, 'newly reachable from the internet'], [opened, 'opened'], [closed, 'closed'], [zonesLost, 'worse without a zone'],
    [zonesGained, 'better without a zone'], [findingsNew, 'new findings'], [findingsGone, 'findings gone'],
  ] as const;
  const told = [
    ...parts.filter(([list]) => list.length > 0).map(([list, what]) => `${what}: ${list.length}`),
    ...(costs === undefined || costs.beforeUsd === costs.afterUsd ? [] : [`monthly floor cost: ${usd(costs.beforeUsd)} -> ${usd(costs.afterUsd)}`]),
  ];
  const text = told.join(', ');
  return told.length === 0 ? 'Nothing that can be judged changes.' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function connections(title: string, list: readonly ChangedConnection[], state: State, lines: StatedLines): string[] {
  if (list.length === 0) return [];
  const rows = list.slice(0, MOST_ROWS).map((connection) => [
    `${connection.source.label} -> ${connection.target.label}`,
    `${readablePorts(connection.ports)}${connection.certain ? '' : ' (not decided)'}`,
    becauseOf(connection, state, lines),
  ]);
  return [`### ${title}`, '', ...table(['From and to', 'TCP', 'By'], rows), ...more(list), ''];
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
  const rows = changes.slice(0, MOST_ROWS)
    .map(({ zone, path, kind, before, after, why }) => [`${path} (${kind})`, zone, before ?? 'not there', after, why]);
  return [`### ${title}`, '', ...table(['What', 'Without', 'Before', 'After', 'Why'], rows), ...more(changes), ''];
}

function findings(title: string, list: readonly CheckFinding[]): string[] {
  if (list.length === 0) return [];
  const items = list.slice(0, MOST_ROWS).map(({ rule, severity, path, description, fix }) => (
    `- ${severity} \`${rule}\` at **${inline(path || 'the app')}**: ${inline(description)} ${inline(fix)}`
  ));
  return [`### ${title}`, '', ...items, ...more(list), ''];
}

function more(list: readonly unknown[]): string[] {
  return list.length <= MOST_ROWS ? [] : ['', `And ${list.length - MOST_ROWS} more, which \`--format json\` tells.`];
}

function cost(change: CostChange | undefined): string[] {
  if (change === undefined) return [];
  const { beforeUsd, afterUsd, lines, unpriced } = change;
  const rows = lines.map(({ what, before, after, unitUsd }) => [what, String(before), String(after), unitUsd.toFixed(2)]);
  return [
    '### Monthly floor cost',
    '',
    `${usd(beforeUsd)} before, ${usd(afterUsd)} after: list prices of ${READ_ON} for 730 hours at the smallest size, without traffic.`,
    '',
    ...(rows.length === 0 ? [] : [...table(['What', 'Before', 'After', 'USD a month for one'], rows), '']),
    ...(unpriced.length === 0 ? [] : [`Without a price here, and in no sum: ${unpriced.map(inline).join(', ')}.`, '']),
  ];
}

function usd(amount: number): string {
  return `${amount.toFixed(2)} USD`;
}
