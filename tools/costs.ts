import { readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { App } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bookstore } from '../examples/typescript/bookstore/bookstore';
import { ecsAutoscaling } from '../examples/typescript/ecs-autoscaling/services';
import { completeLab } from '../examples/typescript/ecs-lab/delivery';
import { flaskSharedFiles } from '../examples/typescript/flask-shared-files/flask';
import { wordPress } from '../examples/typescript/wordpress/wordpress';
import { costTable } from '../src/tool/costs/cost-table';
import { monthlyCost } from '../src/tool/costs/monthly-cost';

const REPOSITORY = resolve(__dirname, '..');
const SHOWN = /<!-- costs -->\n[\s\S]*?<!-- \/costs -->/;

/** A program, and the forms of it whose costs stand side by side. */
interface Costed {
  readonly document: string;
  readonly build: (scope: Construct) => void;
  readonly forms: ReadonlyArray<readonly [name: string, context: Record<string, string>]>;
}

/** Every document that says what an example costs. */
export const COSTS: readonly Costed[] = [
  { document: 'examples/typescript/ecs-lab/README.md', build: completeLab, forms: [['EC2', {}]] },
  {
    document: 'examples/typescript/ecs-autoscaling/README.md',
    build: ecsAutoscaling,
    forms: [['Fargate', {}], ['EC2', { capacity: 'ec2' }]],
  },
  {
    document: 'examples/typescript/wordpress/README.md',
    build: wordPress,
    forms: [
      ['Fargate', {}],
      ['EC2', { capacity: 'ec2' }],
      ['one task, Fargate', { form: 'same-task' }],
      ['one task, EC2', { form: 'same-task', capacity: 'ec2' }],
    ],
  },
  {
    document: 'examples/typescript/flask-shared-files/README.md',
    build: flaskSharedFiles,
    forms: [['instances', {}], ['Fargate', { form: 'ecs' }]],
  },
  { document: 'examples/typescript/bookstore/README.md', build: bookstore, forms: [['instances', {}]] },
];

/** The text of a document, and what it would be with the costs as templates and prices give them now. */
export function withCurrentCosts({ document, build, forms }: Costed): { shown: string; current: string } {
  const table = costTable(forms.map(([name, context]) => {
    const app = new App({ context });
    build(app);
    return { name, cost: monthlyCost(app.synth().directory) };
  }));
  const shown = readFileSync(join(REPOSITORY, document), 'utf8');
  return { shown, current: shown.replace(SHOWN, () => `<!-- costs -->\n${table}\n<!-- /costs -->`) };
}

if (require.main === module) {
  COSTS.forEach((costed) => writeFileSync(join(REPOSITORY, costed.document), withCurrentCosts(costed).current));
}
