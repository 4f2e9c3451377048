import { Template } from 'aws-cdk-lib/assertions';
import type { Recipe } from './recipes';
import { World } from './world';
import { dependencyCycle } from './template-cycle';

/** How a case ended. */
export type Ending = 'refused' | 'template';

/** `Test/App: minTasks is 1, but must be …: set it`: where, what, what else, and what to do. */
const SENTENCE = /^[^\n]+?: .+, but must be .+: .+/s;

/** What no template may hold: what JSON makes of no number, and what JavaScript makes of things that are no text. */
const RESIDUE = /null|NaN|\[object Object\]|\bundefined\b|Token\[|-1\.8881545/;

/** Makes the thing, and throws unless that ends in a sentence of ours or in a template that CloudFormation could read. */
export function judge(make: (world: World, props: never) => unknown, recipe: Recipe): Ending {
  const world = new World();
  try {
    make(world, recipe.make(world) as never);
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
  const residue = RESIDUE.exec(JSON.stringify(template));
  if (residue !== null) {
    const text = JSON.stringify(template);
    throw new Error(`the template has ${residue[0]}: ${text.slice(Math.max(0, residue.index - 200), residue.index + 60)}`);
  }
  const cycle = dependencyCycle(template as never);
  if (cycle !== undefined) throw new Error(`the template is a circle: ${cycle.join(' -> ')}`);
  return 'template';
}

/** Validations are told by the CDK in a list: each of its lines has to be ours. */
function requireSentence(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const told = message.includes('Validation failed with the following errors') ? message.split('\n').slice(1).map((line) => line.trim()).filter(Boolean) : [message];
  const foreign = told.find((line) => !(line.startsWith('[') ? / but must be .+: .+/s : SENTENCE).test(line) || /Token\[/.test(line));
  if (foreign !== undefined || error instanceof TypeError) throw new Error(`no sentence of ours: ${message}\n${error instanceof Error ? error.stack : ''}`);
}
