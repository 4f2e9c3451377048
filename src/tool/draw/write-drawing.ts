import { writeFileSync } from 'fs';
import { extname, resolve } from 'path';
import type { Drawing } from '../../page/drawing';
import { writeHtml } from '../../page/html';
import { writeMermaid } from '../../page/mermaid';
import { writeSvg } from '../../page/svg';
import { CannotDo } from '../base/problem';
import type { Terminal } from '../base/terminal';

const WRITERS: Readonly<Record<string, (drawing: Drawing) => string>> = {
  '.html': writeHtml,
  '.svg': writeSvg,
  '.json': (drawing) => `${JSON.stringify(drawing, undefined, 2)}\n`,
  '.mmd': writeMermaid,
  '.md': (drawing) => ['```mermaid', writeMermaid(drawing).trimEnd(), '```', ''].join('\n'),
};

/** Throws `CannotDo` where the ending of the file names no format: before any work is done for it. */
export function mustBeDrawable(out: string): void {
  if (WRITERS[extname(out).toLowerCase()] === undefined) throw new CannotDo(`--out is ${out}, but must end in ${Object.keys(WRITERS).join(', ')}`);
}

/** Writes a drawing into a file, in the format that its ending names. */
export function writeDrawing(drawing: Drawing, out: string, { workingDirectory }: Terminal): void {
  const text = WRITERS[extname(out).toLowerCase()](drawing);
  try {
    writeFileSync(resolve(workingDirectory, out), text);
  } catch (error) {
    throw new CannotDo(`${out} cannot be written: ${(error as Error).message}`);
  }
}
