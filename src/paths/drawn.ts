import type { NetworkModel } from './judging/network-model';
import type { PathLink } from './path-answer';
import type * as description from '../page/describe';
import type { Drawing } from '../page/drawing';
import type * as html from '../page/html';
import type * as mermaid from '../page/mermaid';
import type * as svg from '../page/svg';
import { StatedLines } from '../template/stated-lines';

/** The app as a flowchart of Mermaid. */
export function mermaidOf(app: NetworkModel, undecided: readonly PathLink[]): string {
  return lazily<typeof mermaid>('../page/mermaid').writeMermaid(drawingOf(app, undecided));
}

/** The app as a picture. */
export function svgOf(app: NetworkModel, undecided: readonly PathLink[]): string {
  return lazily<typeof svg>('../page/svg').writeSvg(drawingOf(app, undecided));
}

/** The app as a page. */
export function htmlOf(app: NetworkModel, undecided: readonly PathLink[]): string {
  return lazily<typeof html>('../page/html').writeHtml(drawingOf(app, undecided));
}

function drawingOf(app: NetworkModel, undecided: readonly PathLink[]): Drawing {
  const lines = new StatedLines(app.model, { directory: '', workingDirectory: process.cwd() });
  const { describe } = lazily<typeof description>('../page/describe');
  return describe(app, { title: 'Architecture', undecided, lineOf: (path) => lines.of(path) });
}

/** What draws is loaded by who draws. */
function lazily<T>(module: string): T {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(module) as T;
}
