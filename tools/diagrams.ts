import { readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { App } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { diagramOf } from './architecture';
import { rolesOf } from './roles';
import { bookstore } from '../examples/typescript/bookstore/bookstore';
import { completeLab } from '../examples/typescript/ecs-lab/delivery';
import { flaskSharedFiles } from '../examples/typescript/flask-shared-files/flask';

const REPOSITORY = resolve(__dirname, '..');
const SHOWN = /<!-- diagram -->\n[\s\S]*?<!-- \/diagram -->/;
const ROLES = /<!-- roles -->\n[\s\S]*?<!-- \/roles -->/;

/** The documents that show the diagram of an example, and what builds that example. */
export const DIAGRAMS: ReadonlyArray<[document: string, build: (scope: Construct) => void]> = [
  ['README.md', completeLab],
  ['docs/es/README.md', completeLab],
  ['docs/security-model.md', completeLab],
  ['examples/typescript/bookstore/README.md', bookstore],
  ['examples/typescript/ecs-lab/README.md', completeLab],
  ['examples/typescript/flask-shared-files/README.md', flaskSharedFiles],
];

/** The text of a document, and what it would be with the diagram, and the roles where it lists them, as the templates give them now. */
export function withCurrentDiagram(document: string, build: (scope: Construct) => void): { shown: string; current: string } {
  // The roles are told by the paths of their constructs, which the command line of the CDK asks for, too.
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  build(app);
  const assembly = app.synth().directory;
  const shown = readFileSync(join(REPOSITORY, document), 'utf8');
  const current = shown.replace(SHOWN, () => `<!-- diagram -->\n${diagramOf(assembly)}\n<!-- /diagram -->`)
    .replace(ROLES, () => `<!-- roles -->\n${rolesOf(assembly)}\n<!-- /roles -->`);
  return { shown, current };
}

if (require.main === module) {
  DIAGRAMS.forEach(([document, build]) => writeFileSync(join(REPOSITORY, document), withCurrentDiagram(document, build).current));
}
