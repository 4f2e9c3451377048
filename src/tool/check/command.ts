import { readBaseline } from './baseline';
import { RULE_IDS, checkApp } from './check-app';
import { FORMATS } from './formats';
import { isError } from './order';
import { readApp } from '../base/app';
import { CannotDo, didYouMean } from '../base/problem';
import { Progress, painter } from '../base/terminal';
import type { Terminal } from '../base/terminal';
import { packageVersion } from '../base/version';

/** What `check` was asked for. */
export interface CheckOptions {
  readonly format: string;
  readonly failOn: string;
  readonly rule: string[];
  readonly disable: string[];
  readonly details?: boolean;
  readonly baseline?: string;
  readonly stage?: string;
}

/** How many findings of which weight let the command fail. */
export const FAIL_ON = ['error', 'warning', 'never'];

/** Judges what lies at the paths, and writes the report. Returns the exit code: 0 clean, 1 findings. */
export function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): number {
  const write = chosen('--format', options.format, Object.keys(FORMATS), FORMATS);
  chosen('--fail-on', options.failOn, FAIL_ON, {});
  const progress = new Progress(terminal);
  const accepted = options.baseline === undefined ? [] : readBaseline(options.baseline, terminal.workingDirectory, RULE_IDS);
  const app = readApp(paths, terminal.workingDirectory, options.stage);
  progress.step(`Judging ${app.name}`);
  const request = { rules: options.rule, disabled: options.disable, accepted, details: options.details ?? false, today: terminal.now() };
  const report = checkApp(app, request);
  progress.step('Writing the report');
  const folders = { directory: app.directory, workingDirectory: terminal.workingDirectory };
  terminal.out.write(write!({ ...report }, { ...folders, name: app.name, version: packageVersion(), paint: painter(terminal) }));
  const counts = report.findings.filter((finding) => options.failOn === 'warning' || (options.failOn === 'error' && isError(finding)));
  return counts.length > 0 ? 1 : 0;
}

function chosen<T>(name: string, word: string, known: readonly string[], values: Readonly<Record<string, T>>): T | undefined {
  if (!known.includes(word)) throw new CannotDo(`${name} is ${word}, but must be one of ${known.join(', ')}${didYouMean(word, known)}`);
  return values[word];
}
