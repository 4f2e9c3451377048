import { PathVerdict } from './path-answer';
import type { NetworkPath, PathLink } from './path-answer';
import { readablePorts } from '../private/aws/port-range';

/** Beyond so many columns a matrix cannot be read; a list can. */
const WIDEST_MATRIX = 12;

/** Writes the open paths as a matrix, or as a list where there are too many targets, and what is undecided below it. */
export function writeMarkdown(paths: readonly NetworkPath[], undecided: readonly PathLink[]): string {
  const targets = [...new Set(paths.map(({ target }) => target))];
  const sources = [...new Set(paths.map(({ source }) => source))];
  const table = targets.length <= WIDEST_MATRIX ? matrix(paths, sources, targets) : list(paths);
  const notes = [...new Set(undecided.map(({ path, text }) => `- ${cell(path)}: ${cell(text)}`))];
  return [
    'TCP ports that are open, from the source on the left. `?` marks what rules open while something on the way is not decided.',
    '',
    ...(paths.length === 0 ? ['Nothing is open.'] : table),
    ...(notes.length === 0 ? [] : ['', 'Not decided by the templates:', '', ...notes]),
    '',
  ].join('\n');
}

function matrix(paths: readonly NetworkPath[], sources: readonly string[], targets: readonly string[]): string[] {
  const cells = new Map<string, string[]>();
  for (const path of paths) {
    const key = `${path.source} ${path.target}`;
    cells.set(key, [...(cells.get(key) ?? []), portsOf(path)]);
  }
  return [
    row(['from \\ to', ...targets]),
    row(['---', ...targets.map(() => '---')]),
    ...sources.map((source) => row([source, ...targets.map((target) => (cells.get(`${source} ${target}`) ?? ['']).join(', '))])),
  ];
}

function list(paths: readonly NetworkPath[]): string[] {
  return [row(['from', 'to', 'ports']), row(['---', '---', '---']), ...paths.map((path) => row([path.source, path.target, portsOf(path)]))];
}

function portsOf(path: NetworkPath): string {
  return `${readablePorts({ from: path.fromPort, to: path.toPort })}${path.verdict === PathVerdict.UNKNOWN ? ' ?' : ''}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}
