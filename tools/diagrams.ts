import { readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { App } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { diagramOf } from './architecture';
import { bookstore } from '../examples/typescript/bookstore/bookstore';
import { ecsAutoscaling } from '../examples/typescript/ecs-autoscaling/services';
import { completeLab } from '../examples/typescript/ecs-lab/delivery';
import { flaskSharedFiles } from '../examples/typescript/flask-shared-files/flask';
import { wordPress } from '../examples/typescript/wordpress/wordpress';
import { NetworkPaths } from 'cdk-ha-ecs';

const REPOSITORY = resolve(__dirname, '..');
const SHOWN = /<!-- diagram -->\n[\s\S]*?<!-- \/diagram -->/;

/** The documents that show the diagram of an example, and what builds that example. */
export const DIAGRAMS: ReadonlyArray<[document: string, build: (scope: Construct) => void]> = [
  ['examples/typescript/bookstore/README.md', bookstore],
  ['examples/typescript/ecs-autoscaling/README.md', ecsAutoscaling],
  ['examples/typescript/ecs-lab/README.md', completeLab],
  ['examples/typescript/flask-shared-files/README.md', flaskSharedFiles],
  ['examples/typescript/wordpress/README.md', wordPress],
];

/** The text of a document, and what it would be with the diagram as the templates give it now. */
export function withCurrentDiagram(document: string, build: (scope: Construct) => void): { shown: string; current: string } {
  const app = new App();
  build(app);
  const diagram = diagramOf(app.synth().directory);
  const shown = readFileSync(join(REPOSITORY, document), 'utf8');
  return { shown, current: shown.replace(SHOWN, () => `<!-- diagram -->\n${diagram}\n<!-- /diagram -->`) };
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
