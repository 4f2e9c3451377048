import { basename } from 'path';
import { drawChange } from './change-drawing';
import { changesBetween } from './changes';
import type { Changes, State } from './changes';
import { writeChanges } from './markdown';
import type { ChangedConnection } from '../../paths/comparison';
import { NetworkModel } from '../../paths/judging/network-model';
import type { StackTemplate } from '../../template/stack-template';
import { readApp } from '../base/app';
import type { App } from '../base/app';
import { CannotDo, didYouMean } from '../base/problem';
import { Progress } from '../base/terminal';
import type { Terminal } from '../base/terminal';
import { mustBeDrawable, mustNotReplace, writeDrawing } from '../draw/write-drawing';

/** What `diff` was asked for. */
export interface DiffOptions {
  readonly format: string;
  readonly failOn: string;
  /** A page or a picture of the change. */
  readonly out?: string;
  readonly stage?: string;
}

const FAIL_ON: Record<string, (changes: Changes) => boolean> = {
  'opened-to-internet': ({ toInternet }) => toInternet.length > 0,
  'opened': ({ toInternet, opened }) => toInternet.length + opened.length > 0,
  'worse': ({ toInternet, zonesLost, findingsNew }) => toInternet.length + zonesLost.length + findingsNew.length > 0,
  'never': () => false,
};

/** Tells what a change does: what can now reach what, what a lost zone now stops, which findings come and go. */
export function diff(before: string, after: string, { format, failOn, out, stage }: DiffOptions, terminal: Terminal): number {
  const fails = FAIL_ON[failOn];
  if (fails === undefined) throw wrong('--fail-on', failOn, Object.keys(FAIL_ON));
  if (!['markdown', 'json'].includes(format)) throw wrong('--format', format, ['markdown', 'json']);
  if (out !== undefined) mustBeDrawable(out, terminal);
  const progress = new Progress(terminal);
  const [old, now] = sameName(...[before, after].map((path) => readApp([path], terminal.workingDirectory, stage)) as [App, App])
    .map((app): State => ({ app, model: new NetworkModel(app.content) }));
  if (out !== undefined) mustNotReplace(out, [old.app, now.app], terminal);
  progress.step('Comparing');
  const changes = changesBetween(old, now, terminal.now());
  terminal.out.write(format === 'json'
    ? `${JSON.stringify({
      ...changes,
      toInternet: changes.toInternet.map(plain),
      opened: changes.opened.map(plain),
      closed: changes.closed.map(plain),
    }, undefined, 2)}\n`
    : writeChanges(changes, old, now, terminal.workingDirectory));
  if (out !== undefined) writeDrawing(drawChange(changes, old, now, terminal), out, terminal);
  return fails(changes) ? 1 : 0;
}

function plain({ source, target, ports, certain, rules }: ChangedConnection): object {
  return { source: source.label, target: target.label, fromPort: ports.from, toPort: ports.to, verdict: certain ? 'reachable' : 'unknown', rules };
}

/** Two templates that are one each are two states of one stack, whatever their files are called. */
function sameName(before: App, after: App): [App, App] {
  const [old, now] = [before, after].map(({ content }) => content.stacks.filter(({ parent }) => parent === undefined));
  if (old.length !== 1 || now.length !== 1 || !isPlain(old[0]) || !isPlain(now[0]) || old[0].path === now[0].path) return [before, after];
  const name = now[0].path;
  const renamed = new Map<StackTemplate, StackTemplate>();
  for (const stack of before.content.stacks) {
    const parent = stack.parent === undefined ? undefined : { ...stack.parent, stack: renamed.get(stack.parent.stack)! };
    const path = stack.path === old[0].path ? name : `${name}${stack.path.slice(old[0].path.length)}`;
    renamed.set(stack, { ...stack, path, parent });
  }
  return [{ ...before, content: { ...before.content, stacks: [...renamed.values()] } }, after];
}

/** True for a template that was not written by the CDK: there, the construct paths tell what is the same. */
function isPlain({ paths, file, path }: StackTemplate): boolean {
  return paths.size === 0 && file !== undefined && basename(file).startsWith(basename(path));
}

function wrong(option: string, word: string, known: readonly string[]): CannotDo {
  return new CannotDo(`${option} is ${word}, but must be one of ${known.join(', ')}${didYouMean(word, known)}`);
}
