import { describeApp } from './describe-app';
import { mustBeDrawable, mustNotReplace, writeDrawing } from './write-drawing';
import { readApp } from '../base/app';
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
  mustBeDrawable(out, terminal);
  const app = readApp(places, terminal.workingDirectory, stage);
  mustNotReplace(out, [app], terminal);
  progress.step(`Judging ${app.name}`);
  const drawing = describeApp(app, title ?? `Architecture of ${app.name}`, terminal);
  progress.step(`Drawing ${app.name}`);
  writeDrawing(drawing, out, terminal);
  return 0;
}
