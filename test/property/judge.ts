import { rmSync } from 'fs';
import { Template } from 'aws-cdk-lib/assertions';
import { wrongConnection } from './connections';
import type { Recipe } from './recipes';
import { dependencyCycle } from './template-cycle';
import { World } from './world';

/** How a case ended. */
export type Ending = 'refused' | 'template';

/** `Test/App: minTasks is 1, but must be …: set it`: where, what, what else, and what to do. */
const SENTENCE = /^[^\n]+?: .+, but must be .+: .+/s;

/** What JavaScript makes of things that are no text. */
const NO_TEXT = /\bNaN\b|\[object Object\]|\bundefined\b|Token\[|-1\.8881545/;

/** Makes the thing, and throws unless that ends in a sentence of ours or in a template that CloudFormation could read. */
export function judge(make: (world: World, props: never) => unknown, recipe: Recipe): Ending {
  const world = new World();
  let made: unknown;
  let props: unknown;
  try {
    props = recipe.make(world);
    made = make(world, props as never);
  } catch (error) {
    requireSentence(error);
    return 'refused';
  }
  let template;
  try {
    template = Template.fromStack(world.stack).toJSON();
  } catch (error) {
    requireSentence(error);
    return 'refused';
  }
  const residue = findResidue(template, '');
  if (residue !== undefined) throw new Error(`the template has ${residue}`);
  const cycle = dependencyCycle(template as never);
  if (cycle !== undefined) throw new Error(`the template is a circle: ${cycle.join(' -> ')}`);
  const connection = wrongConnection(world, made, props);
  // Thousands of cases would fill the disk.
  rmSync(world.app.outdir, { recursive: true, force: true });
  if (connection !== undefined) throw new Error(connection);
  return 'template';
}

/** Where a template holds what JSON makes of no number, or a text that is none. */
function findResidue(value: unknown, path: string): string | undefined {
  if (value === null) return `null at ${path}`;
  if (typeof value === 'string') return NO_TEXT.test(value) ? `'${NO_TEXT.exec(value)![0]}' at ${path}: ${value.slice(0, 300)}` : undefined;
  if (typeof value !== 'object') return undefined;
  return Object.entries(value!).map(([key, each]) => findResidue(each, `${path}/${key}`)).find((found) => found !== undefined);
}

/** Validations are told by the CDK in a list: each of its lines has to be ours. */
function requireSentence(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const told = message.includes('Validation failed with the following errors') ? message.split('\n').slice(1).map((line) => line.trim()).filter(Boolean) : [message];
  const foreign = told.find((line) => !(line.startsWith('[') ? / but must be .+: .+/s : SENTENCE).test(line) || /Token\[/.test(line));
  if (foreign !== undefined || error instanceof TypeError) throw new Error(`no sentence of ours: ${message}\n${error instanceof Error ? error.stack : ''}`);
}
