import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bookstore } from '../../../examples/typescript/bookstore/bookstore';
import { BookstoreSettings } from '../../../examples/typescript/bookstore/settings';
import { ecsAutoscaling } from '../../../examples/typescript/ecs-autoscaling/services';
import { Settings as AutoscalingSettings } from '../../../examples/typescript/ecs-autoscaling/settings';
import { completeLab } from '../../../examples/typescript/ecs-lab/delivery';
import { LabSettings } from '../../../examples/typescript/ecs-lab/settings';
import { flaskSharedFiles } from '../../../examples/typescript/flask-shared-files/flask';
import { FlaskSettings } from '../../../examples/typescript/flask-shared-files/settings';
import { Settings as WordPressSettings } from '../../../examples/typescript/wordpress/settings';
import { wordPress } from '../../../examples/typescript/wordpress/wordpress';
import { REPOSITORY } from '../../packaging/python';

type Context = Record<string, string>;

export interface Example {
  readonly build: (scope: Construct) => void;
  readonly placeholders: (app: App) => string[];
}

export const EXAMPLES: Record<string, Example> = {
  'bookstore': { build: bookstore, placeholders: (app) => new BookstoreSettings(app.node).placeholders },
  'ecs-autoscaling': { build: ecsAutoscaling, placeholders: (app) => new AutoscalingSettings(app.node).placeholders },
  'ecs-lab': { build: completeLab, placeholders: (app) => new LabSettings(app.node).placeholders },
  'flask-shared-files': { build: flaskSharedFiles, placeholders: (app) => new FlaskSettings(app.node).placeholders },
  'wordpress': { build: wordPress, placeholders: (app) => new WordPressSettings(app.node).placeholders },
};

/** The names of settings that a program of the example asks for. */
export function settingsOf(example: string, file = join('typescript', example, 'settings.ts')): string[] {
  const source = readFileSync(join(REPOSITORY, 'examples', file), 'utf8');
  return [...new Set([...source.matchAll(/(?:setting|choice|tryGetContext|try_get_context)\(['"](\w+)['"]/g)].map(([, name]) => name))].sort();
}

export function contextOf(folder: string): Context {
  return JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8')).context ?? {};
}

const built: Record<string, Record<string, string[]>> = {};

/** The stacks of an example, and the outputs of each. */
export function stacksOf(example: string, { application, ...context }: Context): Record<string, string[]> {
  // `application` leads there from the folder of the program, which may be a copy.
  return built[JSON.stringify([example, context])] ??= build(example, context);
}

function build(example: string, context: Context): Record<string, string[]> {
  const app = new App({ context });
  EXAMPLES[example].build(app);
  return Object.fromEntries(app.node.children.filter(Stack.isStack).map((stack) => [
    stack.stackName,
    stack.node.findAll().filter((each): each is CfnOutput => each instanceof CfnOutput).map((output) => stack.getLogicalId(output)),
  ]));
}

/** The example whose program, or whose copy, a folder is; what its package is called says so. */
export function exampleAt(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  const name = existsSync(file) ? /^(.+)-(typescript|python)$/.exec(JSON.parse(readFileSync(file, 'utf8')).name)?.[1] : undefined;
  return name !== undefined && name in EXAMPLES ? name : undefined;
}
