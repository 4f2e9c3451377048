import { existsSync, writeFileSync } from 'fs';
import { dirname, extname, resolve } from 'path';
import type { Drawing } from '../../page/drawing';
import { writeHtml } from '../../page/html';
import { writeMermaid } from '../../page/mermaid';
import { writeSvg } from '../../page/svg';
import { shown } from '../base/app';
import type { App } from '../base/app';
import { CannotDo, reasonOf } from '../base/problem';
import type { Terminal } from '../base/terminal';

const WRITERS: Readonly<Record<string, (drawing: Drawing) => string>> = {
  '.html': writeHtml,
  '.svg': writeSvg,
  '.json': (drawing) => `${JSON.stringify(drawing, undefined, 2)}\n`,
  '.mmd': writeMermaid,
  '.md': (drawing) => ['```mermaid', writeMermaid(drawing).trimEnd(), '```', ''].join('\n'),
};

/** Throws `CannotDo` where the ending of the file names no format, or where its folder is not there: before any work is done for it. */
export function mustBeDrawable(out: string, { workingDirectory }: Terminal): void {
  if (WRITERS[extname(out).toLowerCase()] === undefined) throw new CannotDo(`--out is ${out}, but must end in ${Object.keys(WRITERS).join(', ')}`);
  const folder = dirname(resolve(workingDirectory, out));
  if (!existsSync(folder)) throw new CannotDo(`--out is ${out}, but there is no folder ${shown(folder, workingDirectory)}: make it first`);
}

/** Throws `CannotDo` where the drawing would take the place of a template that it was made from. */
export function mustNotReplace(out: string, apps: readonly App[], { workingDirectory }: Terminal): void {
  const place = resolve(workingDirectory, out);
  const own = apps.flatMap(({ content }) => content.stacks.flatMap(({ file }) => (file === undefined ? [] : [resolve(file)])));
  if (own.includes(place)) throw new CannotDo(`--out is ${out}, but that is one of the templates that are read`);
}

/** Writes a drawing into a file, in the format that its ending names. */
export function writeDrawing(drawing: Drawing, out: string, { workingDirectory }: Terminal): void {
  const text = WRITERS[extname(out).toLowerCase()](drawing);
  try {
    writeFileSync(resolve(workingDirectory, out), text);
  } catch (error) {
    throw new CannotDo(`${out} cannot be written: ${reasonOf(error)}`);
  }
}
