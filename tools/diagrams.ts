import { readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { App } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { diagramOf } from './architecture';
import { rolesOf } from './roles';
import { bookstore } from '../examples/typescript/bookstore/bookstore';
import { ecsAutoscaling } from '../examples/typescript/ecs-autoscaling/services';
import { completeLab } from '../examples/typescript/ecs-lab/delivery';
import { flaskSharedFiles } from '../examples/typescript/flask-shared-files/flask';
import { wordPress } from '../examples/typescript/wordpress/wordpress';
import { NetworkPaths } from 'cdk-ha-ecs';

const REPOSITORY = resolve(__dirname, '..');
const SHOWN = /<!-- diagram -->\n[\s\S]*?<!-- \/diagram -->/;
const ROLES = /<!-- roles -->\n[\s\S]*?<!-- \/roles -->/;

/** The documents that show the diagram of an example, and what builds that example. */
export const DIAGRAMS: ReadonlyArray<[document: string, build: (scope: Construct) => void]> = [
  ['docs/security-model.md', completeLab],
  ['examples/typescript/bookstore/README.md', bookstore],
  ['examples/typescript/ecs-autoscaling/README.md', ecsAutoscaling],
  ['examples/typescript/ecs-lab/README.md', completeLab],
  ['examples/typescript/flask-shared-files/README.md', flaskSharedFiles],
  ['examples/typescript/wordpress/README.md', wordPress],
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

/** The picture of the lab that the README shows, as it is and as the templates give it now. */
export const PICTURE = 'docs/lab.svg';

export function currentPicture(): string {
  const app = new App();
  completeLab(app);
  return NetworkPaths.fromAssembly(app.synth().directory).toSvg();
}

if (require.main === module) {
  writeFileSync(join(REPOSITORY, PICTURE), currentPicture());
  DIAGRAMS.forEach(([document, build]) => writeFileSync(join(REPOSITORY, document), withCurrentDiagram(document, build).current));
}
