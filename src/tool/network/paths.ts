import { NetworkPaths } from '../../paths/network-paths';
import { PathVerdict } from '../../paths/path-answer';
import type { NetworkPath } from '../../paths/path-answer';
import { readablePorts } from '../../private/aws/port-range';
import { readApp } from '../base/app';
import { columns } from '../base/columns';
import { CannotDo, didYouMean } from '../base/problem';
import { Progress, printable } from '../base/terminal';
import type { Terminal } from '../base/terminal';

/** What `paths` was asked for. */
export interface PathsOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
  readonly stage?: string;
}

const EXPLAINED = 'TCP ports that are open; ? marks what is open unless something undecided on the way stops it.';

/** Beyond so many columns a matrix is wider than a terminal. */
const WIDEST_MATRIX = 6;

/** Writes what can reach what. */
export function listPaths(places: readonly string[], { from, to, json, stage }: PathsOptions, terminal: Terminal): number {
  const progress = new Progress(terminal);
  const app = readApp(places, terminal.workingDirectory, stage);
  progress.step(`Judging ${app.name}`);
  const paths = NetworkPaths._fromContent(app.content);
  const all = paths.openPaths();
  const open = all.filter((path) => isAt(from, path.source) && isAt(to, path.target));
  mustBeKnown('--from', from, all.map(({ source }) => source), paths);
  mustBeKnown('--to', to, all.map(({ target }) => target), paths);
  const undecided = paths.undecided();
  if (json === true) {
    terminal.out.write(`${JSON.stringify({ openPaths: open, undecided }, undefined, 2)}\n`);
    return 0;
  }
  const notes = undecided.map(({ path, text }) => `  ${path}: ${text}`);
  terminal.out.write([
    ...(open.length === 0 ? ['Nothing is open.'] : [EXPLAINED, '', ...tableOf(open)]),
    ...(notes.length === 0 ? [] : ['', 'Not decided by the templates:', ...notes]),
    '',
  ].map(printable).join('\n'));
  return 0;
}

function tableOf(paths: readonly NetworkPath[]): string[] {
  const targets = [...new Set(paths.map(({ target }) => target))];
  const sources = [...new Set(paths.map(({ source }) => source))];
  if (targets.length > WIDEST_MATRIX) return columns([['from', 'to', 'ports'], ...paths.map((path) => [path.source, path.target, portsOf(path)])]);
  return columns([
    ['from \\ to', ...targets],
    ...sources.map((source) => [
      source, ...targets.map((target) => paths.filter((path) => path.source === source && path.target === target).map(portsOf).join(', ')),
    ]),
  ]);
}

function portsOf({ fromPort, toPort, verdict }: NetworkPath): string {
  return `${readablePorts({ from: fromPort, to: toPort })}${verdict === PathVerdict.UNKNOWN ? ' ?' : ''}`;
}

function isAt(wanted: string | undefined, path: string): boolean {
  return wanted === undefined || path === wanted || path.startsWith(`${wanted}/`);
}

/** What has no open path is known all the same. */
function mustBeKnown(option: string, name: string | undefined, ends: readonly string[], paths: NetworkPaths): void {
  const known = [...ends, 'internet', ...paths.endpoints().map(({ path }) => path)];
  if (name === undefined || known.some((one) => isAt(name, one))) return;
  throw new CannotDo(`${option} is ${name}, which nothing in the app is called${didYouMean(name, known)}`);
}
