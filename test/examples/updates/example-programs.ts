import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { App } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import * as ts from 'typescript';
import * as library from '../../../src';

const EXAMPLES = join(__dirname, '..', '..', '..', 'examples', 'typescript');

/** Text of an example that is replaced by another one: what a person would change in an editor. */
export interface Edit {
  /** Without `.ts`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** An example as its source is, or with some lines of it changed. */
export interface Program {
  readonly folder: string;
  readonly file: string;
  readonly function: string;
  readonly context?: Record<string, string>;
  readonly edits?: Edit[];
}

/** A template by the name of its stack, in the order in which `cdk deploy --all` deploys them. */
export type Templates = ReadonlyMap<string, any>;

/** What the program synthesizes; throws what synthesis throws, and where an edit finds nothing to change. */
export function templatesOf(program: Program): Templates {
  const app = new App({ context: { 'aws:cdk:disable-stack-trace': true, 'aws:cdk:disable-path-metadata': true, ...program.context }, analyticsReporting: false, treeMetadata: false });
  const define: (scope: Construct) => void = load(program, join(EXAMPLES, program.folder, program.file), new Map())[program.function];
  define(app);
  return new Map(app.synth().stacks.map((stack) => [stack.stackName, stack.template]));
}

const compiled = new Map<string, string>();

function load(program: Program, path: string, loaded: Map<string, any>): any {
  if (loaded.has(path)) return loaded.get(path);
  const exports = {};
  loaded.set(path, exports);
  const requireFrom = (name: string) => {
    if (name === 'cdk-ha-ecs') return library;
    // What the example requires is what this test has loaded already.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return name.startsWith('.') ? load(program, join(dirname(path), name), loaded) : require(name);
  };
  new Function('exports', 'require', '__dirname', javaScript(edited(program, path)))(exports, requireFrom, dirname(path));
  return exports;
}

function edited(program: Program, path: string): string {
  const edits = (program.edits ?? []).filter(({ file }) => join(EXAMPLES, program.folder, file) === path);
  return edits.reduce((text, { file, from, to }) => {
    if (text.split(from).length !== 2) throw new Error(`${program.folder}/${file}.ts has not exactly one '${from}'`);
    return text.replace(from, () => to);
  }, readFileSync(`${path}.ts`, 'utf8'));
}

/** Programs of different edits share all files but one. */
function javaScript(source: string): string {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  compiled.set(source, outputText);
  return outputText;
}
