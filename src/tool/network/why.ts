import { NetworkPaths } from '../../paths/network-paths';
import { PathVerdict } from '../../paths/path-answer';
import type { PathAnswer, PathLink } from '../../paths/path-answer';
import { StatedLines } from '../../template/stated-lines';
import { readApp } from '../base/app';
import { CannotDo } from '../base/problem';
import { painter, printable } from '../base/terminal';
import type { Colour, Terminal } from '../base/terminal';

/** What `why` was asked for besides the ends. */
export interface WhyOptions {
  readonly app: string[];
  readonly stage?: string;
  readonly expect?: string;
  readonly json?: boolean;
}

const COLOURS: Record<PathVerdict, Colour> = { reachable: 'green', blocked: 'red', unknown: 'yellow' };

/** Pairs of one source and one target that are told one by one. */
const MOST_PAIRS = 10;

/** Tells why one end can connect to the other, or why not. Returns 1 where `expect` names another verdict. */
export function why(source: string, target: string, port: string, options: WhyOptions, terminal: Terminal): number {
  const number = portOf(port);
  const expected = options.expect;
  if (expected !== undefined && !(Object.values(PathVerdict) as string[]).includes(expected)) {
    throw new CannotDo(`--expect is ${expected}, but must be reachable, blocked or unknown`);
  }
  const app = readApp(options.app, terminal.workingDirectory, options.stage);
  const paths = NetworkPaths._fromContent(app.content);
  const there = paths._why(source, target, number);
  if (there.lost !== undefined) throw new CannotDo(there.lost);
  const back = paths._why(target, source, number).answer;
  const { answer } = there;
  if (options.json === true) {
    terminal.out.write(`${JSON.stringify({ answer, pairs: there.pairs, theOtherWayRound: back }, undefined, 2)}\n`);
    return expected !== undefined && answer.verdict !== expected ? 1 : 0;
  }
  const lines = new StatedLines(paths._app.model, { directory: app.directory, workingDirectory: terminal.workingDirectory });
  const paint = painter(terminal);
  const told = there.pairs.length === 1 ? there.pairs : there.pairs.filter((pair) => pair.answer.verdict === answer.verdict);
  terminal.out.write([
    `${source} -> ${target} on TCP ${port}: ${paint(COLOURS[answer.verdict], answer.verdict)}`,
    ...told.slice(0, MOST_PAIRS).flatMap((pair) => ['', ...chainOf(pair.answer, lines), ...rulesOf(pair.rules, pair.answer, lines)]),
    ...(told.length > MOST_PAIRS ? ['', `and ${told.length - MOST_PAIRS} more pairs of what these names stand for`] : []),
    '',
    'The way back: security groups let answers through unasked; network ACLs on the way are judged in both directions.',
    `The other way round, ${target} -> ${source} on TCP ${port}: ${back.verdict}${back.missing === undefined ? '' : `: ${back.missing.text}`}`,
    '',
  ].map(printable).join('\n'));
  return expected !== undefined && answer.verdict !== expected ? 1 : 0;
}

function chainOf(answer: PathAnswer, lines: StatedLines): string[] {
  const subject = `${answer.source} -> ${answer.target}`;
  switch (answer.verdict) {
    case PathVerdict.REACHABLE:
      return [`${subject}, link by link:`, ...answer.links.flatMap((link, index) => stated(`  ${index + 1}. `, link, lines))];
    case PathVerdict.BLOCKED:
      return [`${subject} is missing:`, ...stated('  ', { path: answer.missing!.path, text: answer.missing!.text }, lines, false)];
    default:
      return [`${subject} is not decided by the templates:`, ...answer.reasons.map((reason) => `  ${reason}`)];
  }
}

function rulesOf(rules: ReadonlyArray<PathLink>, { verdict }: PathAnswer, lines: StatedLines): string[] {
  if (rules.length === 0) return [];
  const title = verdict === PathVerdict.REACHABLE ? 'Every rule that opens it:' : 'Rules of the two ends that do let it through:';
  return [title, ...rules.flatMap((rule) => stated('  - ', rule, lines))];
}

function stated(mark: string, { path, text }: PathLink, lines: StatedLines, named = true): string[] {
  const places = lines.of(path);
  const indent = ' '.repeat(mark.length);
  return [`${mark}${named ? `${path} ${text}` : text}`, ...(places === '' ? [] : [`${indent}at ${places}`])];
}

function portOf(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw new CannotDo(`the port is ${text}, but must be a whole number from 1 to 65535`);
  return port;
}
