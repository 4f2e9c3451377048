import { existsSync, readFileSync, readdirSync, statSync } from 'fs';
import { basename, join, relative } from 'path';
import { isDeepStrictEqual } from 'util';
import { asObject, isObject } from './json';
import type { Json } from './json';
import { logicalIdsOf } from './metadata';
import { addNestedStacks, isNestedStack, templateNamed } from './nested-stacks';
import { readTemplate } from './read-template';
import type { AssemblyContent, Problem, StackTemplate } from './stack-template';

const TEMPLATE_NAME = /(\.template)?\.(json|ya?ml|template)$/;

/** Folders below which no template of the app lies. */
const OTHER_FOLDERS = /^(node_modules|\..*)$/;

const DEEPEST = 6;

interface File {
  readonly file: string;
  readonly template: Json;
}

/**
 * Reads a folder of plain templates, or a single one, in JSON or YAML: each is a stack, but for those that another deploys as nested
 * stacks. False where there is none.
 */
export function readTemplateFolder(place: string, content: AssemblyContent): boolean {
  if (!existsSync(place)) return false;
  const alone = statSync(place).isFile();
  const directory = alone ? join(place, '..') : place;
  const unreadable: Problem[] = [];
  const files = (alone ? [place] : filesIn(place, DEEPEST)).flatMap((file) => templateIn(file, unreadable));
  // Other JSON and YAML that cannot be read is none of the app's.
  const broken = unreadable.filter(({ subject }) => alone || /\.template(\.|$)/.test(subject) || saysItIsTemplate(subject));
  content.problems.push(...broken);
  const nested = new Set(files.flatMap(({ template }) => nestedNames(template)));
  const own = files.filter(({ file }) => alone || (!nested.has(basename(file)) && !file.endsWith('.nested.template.json')));
  const read = withoutTranslations(own.length > 0 ? own : files);
  const known = new Set<string>();
  for (const { file, template } of read) {
    const whole = relative(directory, file).replace(/[\\/]/g, '-');
    const short = whole.replace(TEMPLATE_NAME, '');
    // Resources are told apart by their stack: no two may have one name.
    const id = known.has(short) ? whole : short;
    known.add(id);
    const stack: StackTemplate = { id, name: id, path: id, stage: directory, template, file, paths: new Map() };
    content.stacks.push(stack);
    addNestedStacks(directory, stack, logicalIdsOf({}), content);
  }
  return files.length + broken.length > 0;
}

/** Many keep a template in JSON beside the same one in YAML: both are one stack. */
function withoutTranslations(files: readonly File[]): File[] {
  const known = new Map<string, Json[]>();
  return files.filter(({ file, template }) => {
    const name = file.replace(TEMPLATE_NAME, '');
    const others = known.get(name) ?? [];
    known.set(name, [...others, template]);
    return !others.some((other) => isDeepStrictEqual(other, template));
  });
}

function filesIn(directory: string, depth: number): string[] {
  return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    const place = join(directory, entry.name);
    if (entry.isDirectory()) return depth > 0 && !OTHER_FOLDERS.test(entry.name) ? filesIn(place, depth - 1) : [];
    return TEMPLATE_NAME.test(entry.name) ? [place] : [];
  });
}

/** True for a file that speaks of CloudFormation's resources, whether it can be parsed or not. */
function saysItIsTemplate(file: string): boolean {
  try {
    return /AWSTemplateFormatVersion|\bAWS::[A-Za-z0-9]+::[A-Za-z0-9]+/.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}

function templateIn(file: string, problems: Problem[]): File[] {
  const template = readTemplate(file, problems);
  const isTemplate = isObject(template) && (isObject(template.Resources) || template.AWSTemplateFormatVersion !== undefined
    || /\.template(\.|$)/.test(file));
  return isTemplate ? [{ file, template }] : [];
}

function nestedNames(template: Json): string[] {
  return Object.values(asObject(template.Resources)).flatMap((body) => (
    isNestedStack(body) ? templateNamed(body) ?? [] : []
  ));
}
