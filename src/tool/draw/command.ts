import { writeFileSync } from 'fs';
import { extname, resolve } from 'path';
import { describeApp } from './describe-app';
import { writeHtml } from '../../page/html';
import { writeSvg } from '../../page/svg';
import { NetworkPaths } from '../../paths/network-paths';
import { readApp } from '../base/app';
import { CannotDo } from '../base/problem';
import { Progress } from '../base/terminal';
import type { Terminal } from '../base/terminal';

/** What `draw` was asked for. */
export interface DrawOptions {
  readonly out: string;
  readonly stage?: string;
  readonly title?: string;
}

/** Draws an app into a file, in the format that its ending names. */
export function draw(places: readonly string[], { out, stage, title }: DrawOptions, terminal: Terminal): number {
  const progress = new Progress(terminal);
  const ending = extname(out).toLowerCase();
  const writers: Record<string, (() => string) | undefined> = {
    '.html': () => writeHtml(described()),
    '.svg': () => writeSvg(described()),
    '.json': () => `${JSON.stringify(described(), undefined, 2)}\n`,
    '.mmd': () => NetworkPaths._fromContent(app.content).toMermaid(),
    '.md': () => ['```mermaid', NetworkPaths._fromContent(app.content).toMermaid().trimEnd(), '```', ''].join('\n'),
  };
  const write = writers[ending];
  if (write === undefined) throw new CannotDo(`--out is ${out}, but must end in ${Object.keys(writers).join(', ')}`);
  const app = readApp(places, terminal.workingDirectory, stage);
  const described = () => describeApp(app, title ?? `Architecture of ${app.name}`, terminal);
  progress.step(`Drawing ${app.name}`);
  const text = write();
  try {
    writeFileSync(resolve(terminal.workingDirectory, out), text);
  } catch (error) {
    throw new CannotDo(`${out} cannot be written: ${(error as Error).message}`);
  }
  progress.step(`Wrote ${out}`);
  return 0;
}
