import { existsSync, readdirSync, statSync } from 'fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'path';
import { CannotDo, didYouMean, reasonOf } from './problem';
import { readAssembly } from '../../template/assembly-reader';
import type { AssemblyContent, StackTemplate } from '../../template/stack-template';

/** What the command was pointed at: one app. */
export interface App {
  readonly content: AssemblyContent;
  /** What file names in reports are relative to. */
  readonly directory: string;
  /** As the user wrote it. */
  readonly name: string;
}

/** What is read where no path is given, as the CDK writes it. */
export const DEFAULT_PATH = 'cdk.out';

/**
 * Reads the places as one app: cloud assemblies, folders of templates, templates.
 *
 * Throws `CannotDo` with one sentence where there is nothing to judge.
 */
export function readApp(paths: readonly string[], workingDirectory: string, stage?: string): App {
  const places = [...new Set((paths.length === 0 ? [DEFAULT_PATH] : paths).map((path) => readable(path, workingDirectory)))];
  const contents = places.map((place) => readPlace(place, workingDirectory));
  const directory = places.length === 1 ? folderOf(places[0]) : workingDirectory;
  const content = contents.length === 1 ? contents[0] : merged(contents, places.map((place) => shown(place, workingDirectory)));
  return { content: stage === undefined ? content : ofStage(content, stage), directory, name: namesOf(places, workingDirectory) };
}

/** A path as a person would write it from where he stands. */
export function shown(path: string, workingDirectory: string): string {
  const near = relative(workingDirectory, path);
  return near !== '' && !near.startsWith('..') ? near.replace(/\\/g, '/') : path;
}

/** Throws `CannotDo` with the nearest name where there is nothing at the path. */
export function readable(path: string, workingDirectory: string): string {
  const place = resolve(workingDirectory, path);
  if (existsSync(place)) return place;
  const advice = howToSynthesize(path);
  throw new CannotDo(`there is nothing at ${path}${advice === '' ? didYouMean(path, namesNear(place, workingDirectory)) : advice}`);
}

function namesNear(place: string, workingDirectory: string): string[] {
  const parent = nearestFolder(place);
  try {
    return readdirSync(parent).filter((name) => !name.startsWith('.')).map((name) => join(relative(workingDirectory, parent), name));
  } catch {
    return [];
  }
}

function howToSynthesize(path: string): string {
  return path === DEFAULT_PATH ? ': run "cdk synth" first, or name the folder or the templates that are to be read' : '';
}

function nearestFolder(place: string): string {
  const parent = dirname(place);
  return existsSync(parent) && statSync(parent).isDirectory() ? parent : nearestFolder(parent);
}

/** Each place that was named has to hold something: a judgement that leaves one out says less than it was asked for. */
function readPlace(place: string, workingDirectory: string): AssemblyContent {
  const content = contentOf(place, workingDirectory);
  if (content.stacks.length > 0) return content;
  const [problem] = content.problems;
  throw new CannotDo(problem === undefined ? `${shown(place, workingDirectory) || place} holds no stack`
    : `${shown(problem.subject, workingDirectory)}: ${problem.reason}`);
}

function contentOf(place: string, workingDirectory: string): AssemblyContent {
  try {
    const content = readAssembly(place);
    const problems = content.problems.map(({ subject, reason }) => (
      { subject: isAbsolute(subject) ? shown(subject, workingDirectory) : subject, reason }
    ));
    return { ...content, problems };
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code !== undefined) throw new CannotDo(`${shown(path ?? place, workingDirectory)} cannot be read: ${reasonOf(error)}`);
    const what = statSync(place).isDirectory() ? 'holds no template' : 'is no CloudFormation template';
    throw new CannotDo(`${shown(place, workingDirectory)} ${what}: `
      + 'a cloud assembly that "cdk synth" wrote, or templates in JSON or YAML, are needed');
  }
}

/** Names of stacks are told apart by the place they came from, where two are the same. */
function merged(contents: readonly AssemblyContent[], names: readonly string[]): AssemblyContent {
  const seen = new Set<string>();
  const renamed = contents.map((content, index) => {
    const clash = content.stacks.some(({ id }) => seen.has(id));
    content.stacks.forEach(({ id }) => seen.add(id));
    return clash ? prefixed(content, names[index].replace(/(\.template)?\.(json|ya?ml|template)$/, '')) : content;
  });
  return {
    stacks: renamed.flatMap(({ stacks }) => stacks),
    declarations: renamed.flatMap(({ declarations }) => declarations),
    annotations: renamed.flatMap(({ annotations }) => annotations),
    problems: renamed.flatMap(({ problems }) => problems),
    acknowledged: renamed.flatMap(({ acknowledged }) => acknowledged ?? []),
    origins: new Map(renamed.flatMap(({ origins }) => [...origins ?? []])),
  };
}

function prefixed(content: AssemblyContent, prefix: string): AssemblyContent {
  const renamed = new Map<StackTemplate, StackTemplate>();
  for (const stack of content.stacks) {
    const parent = stack.parent === undefined ? undefined : { ...stack.parent, stack: renamed.get(stack.parent.stack)! };
    const path = stack.id === stack.path ? `${prefix}/${stack.path}` : stack.path;
    renamed.set(stack, { ...stack, id: `${prefix}/${stack.id}`, path, parent });
  }
  return { ...content, stacks: [...renamed.values()] };
}

function ofStage(content: AssemblyContent, stage: string): AssemblyContent {
  const within = ({ path }: { readonly path: string }) => path === stage || path.startsWith(`${stage}/`);
  const stacks = content.stacks.filter((stack) => within(stack) || within({ path: rootOf(stack).path }));
  if (stacks.length === 0) {
    const known = new Set(content.stacks.flatMap(({ path }) => [path, path.split('/')[0]]));
    throw new CannotDo(`there is no stage or stack ${stage}${didYouMean(stage, known)}`);
  }
  return {
    ...content,
    stacks,
    declarations: content.declarations.filter(({ declaredBy }) => within({ path: declaredBy })),
    annotations: content.annotations.filter(within),
    acknowledged: content.acknowledged?.filter(within),
  };
}

function rootOf(stack: StackTemplate): StackTemplate {
  return stack.parent === undefined ? stack : rootOf(stack.parent.stack);
}

function folderOf(place: string): string {
  return statSync(place).isDirectory() ? place : dirname(place);
}

function namesOf(places: readonly string[], workingDirectory: string): string {
  return places.map((place) => shown(place, workingDirectory) || basename(place)).join(', ');
}
