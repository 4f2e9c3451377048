import { readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { App } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { diagramOf } from './architecture';
import { bookstore } from '../examples/typescript/bookstore/bookstore';
import { completeLab } from '../examples/typescript/ecs-lab/delivery';
import { flaskSharedFiles } from '../examples/typescript/flask-shared-files/flask';

const REPOSITORY = resolve(__dirname, '..');
const SHOWN = /<!-- diagram -->\n[\s\S]*?<!-- \/diagram -->/;

/** The documents that show the diagram of an example, and what builds that example. */
export const DIAGRAMS: ReadonlyArray<[document: string, build: (scope: Construct) => void]> = [
  ['README.md', completeLab],
  ['examples/typescript/bookstore/README.md', bookstore],
  ['examples/typescript/ecs-lab/README.md', completeLab],
  ['examples/typescript/flask-shared-files/README.md', flaskSharedFiles],
];

/** The text of a document, and what it would be with the diagram as the templates give it now. */
export function withCurrentDiagram(document: string, build: (scope: Construct) => void): { shown: string; current: string } {
  const app = new App();
  build(app);
  const diagram = diagramOf(app.synth().directory);
  const shown = readFileSync(join(REPOSITORY, document), 'utf8');
  return { shown, current: shown.replace(SHOWN, () => `<!-- diagram -->\n${diagram}\n<!-- /diagram -->`) };
}

if (require.main === module) {
  DIAGRAMS.forEach(([document, build]) => writeFileSync(join(REPOSITORY, document), withCurrentDiagram(document, build).current));
}
