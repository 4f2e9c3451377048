import { existsSync, readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { App, CfnResource, Stack, aws_ssm as ssm } from 'aws-cdk-lib';
import { CHANGES_PER_FORM, EVERYDAY_CHANGES } from './everyday-changes';
import type { EverydayChange } from './everyday-changes';

// A program runs anew for every variant.
const load = createRequire(__filename);

/** What is synthesized of one form: run in a process of its own, since it changes the apps while they are made. */
interface Order {
  readonly example: string;
  readonly output: string;
  readonly context: Record<string, string>;
  /** Contexts of the ways to leave, by name. */
  readonly leaving: Record<string, Record<string, string>>;
}

/** Name of the parameter that somebody else already has, so that a deployment with it fails at its end. */
export const TAKEN_PARAMETER = '/rehearsal/taken';

if (require.main === module) {
  const order: Order = JSON.parse(process.argv[2]);
  process.stdout.write(JSON.stringify(synthesizeAll(order)));
}

function synthesizeAll({ example, output, context, leaving }: Order): string[] {
  const program = programOf(example);
  // Without paths nobody could say which construct a resource belongs to; the CDK command asks for them too.
  const base = { ...ownContext(program), ...context, 'aws:cdk:enable-path-metadata': true };
  run(program, join(output, 'base'), base);
  run(program, join(output, 'again'), base);
  const taken: EverydayChange[] = [];
  for (const change of EVERYDAY_CHANGES) {
    if (taken.length === CHANGES_PER_FORM) break;
    const applied = run(program, join(output, `change-${taken.length}`), { ...base, ...change.context }, change.apply);
    if (applied && differs(join(output, 'base'), join(output, `change-${taken.length}`))) taken.push(change);
  }
  const together = Object.assign({}, base, ...taken.map((change) => change.context ?? {}));
  run(program, join(output, 'failure'), together, (app) => taken.map((change) => change.apply?.(app)).length > 0 && failAtTheEnd(app));
  for (const [name, settings] of Object.entries(leaving)) run(program, join(output, `leave-${name}`), { ...base, ...settings });
  return taken.map(({ name }) => name);
}

/** Synthesizes an example as it stands into a directory; what its `cdk.json` sets holds where `context` sets nothing. */
export function runExample(example: string, outdir: string, context: Record<string, unknown>): void {
  run(programOf(example), outdir, { ...ownContext(programOf(example)), ...context });
}

function programOf(example: string): string {
  return join(__dirname, '..', '..', 'examples', 'typescript', example);
}

function ownContext(program: string): Record<string, unknown> {
  return existsSync(join(program, 'cdk.json')) ? JSON.parse(readFileSync(join(program, 'cdk.json'), 'utf8')).context : {};
}

/** Runs the example's own program, with the app changed just before it is synthesized. */
function run(program: string, outdir: string, context: Record<string, unknown>, change: (app: App) => boolean = () => true): boolean {
  Object.assign(process.env, { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) });
  for (const file of Object.keys(load.cache).filter((name) => name.startsWith(program))) delete load.cache[file];
  const synth = App.prototype.synth;
  let applied = true;
  App.prototype.synth = function changedFirst(this: App, ...words) {
    applied = change(this);
    return synth.apply(this, words);
  };
  try {
    load(join(program, 'app.ts'));
  } finally {
    App.prototype.synth = synth;
  }
  return applied;
}

function differs(one: string, other: string): boolean {
  const templates: string[] = Object.values(JSON.parse(readFileSync(join(one, 'manifest.json'), 'utf8')).artifacts)
    .flatMap((artifact: any) => artifact.properties?.templateFile ?? []);
  return templates.some((file) => readFileSync(join(one, file), 'utf8') !== readFileSync(join(other, file), 'utf8'));
}

/** In the last stack, after everything in it: a parameter under a name that is taken. */
function failAtTheEnd(app: App): boolean {
  const last = app.node.findAll().filter((one): one is Stack => Stack.isStack(one)).at(-1)!;
  const everything = last.node.findAll().filter((one): one is CfnResource => CfnResource.isCfnResource(one));
  const refused = new ssm.CfnParameter(last, 'Rehearsed', { name: TAKEN_PARAMETER, type: 'String', value: 'ours' });
  everything.forEach((one) => refused.addResourceDependency(one));
  return true;
}
