import { existsSync } from 'fs';
import { basename, dirname, join, relative } from 'path';
import { asObject, dig, isObject } from './json';
import { nestedStackPath } from './metadata';
import type { LogicalIds } from './metadata';
import { readJson, readTemplate } from './read-template';
import type { AssemblyContent, Problem, StackTemplate } from './stack-template';

/** Adds the stacks nested in a stack, and those nested in them. One whose template is not in the assembly becomes a problem. */
export function addNestedStacks(directory: string, parent: StackTemplate, paths: LogicalIds, content: AssemblyContent): void {
  const nested = Object.entries(asObject(parent.template.Resources)).filter(([, body]) => isNestedStack(body));
  if (nested.length === 0) return;
  const sources = assetSources(directory, rootOf(parent), content.problems);
  for (const [logicalId, body] of nested) {
    const resourcePath = parent.paths.get(logicalId) ?? `${parent.path}/${logicalId}`;
    const path = nestedStackPath(resourcePath) ?? resourcePath;
    const file = templateFile(body, sources) ?? neighbour(parent, body);
    if (file === undefined || !existsSync(join(directory, file)) || isInside(join(directory, file), parent)) {
      content.problems.push({ subject: path, reason: 'the template of this nested stack is not in the assembly' });
      continue;
    }
    const template = readTemplate(join(directory, file), content.problems);
    if (!isObject(template)) continue;
    const stack: StackTemplate = {
      id: `${parent.id}/${logicalId}`,
      name: `${parent.name}-${logicalId}`,
      stage: parent.stage,
      path,
      account: parent.account,
      region: parent.region,
      template,
      file: join(directory, file),
      paths: paths.nested.get(path) ?? new Map<string, string>(),
      parent: { stack: parent, logicalId },
    };
    content.stacks.push(stack);
    addNestedStacks(directory, stack, paths, content);
  }
}

/** A stack of its own; an application of SAM becomes one when its transform runs, and names its template by a path where it is the user's own. */
export function isNestedStack(body: unknown): boolean {
  const { Type } = asObject(body);
  return Type === 'AWS::CloudFormation::Stack'
    || (Type === 'AWS::Serverless::Application' && typeof dig(body, 'Properties', 'Location') === 'string');
}

/** The asset's file as the template's metadata names it, or else the file whose asset hash the template's URL holds. */
function templateFile(body: unknown, sources: Map<string, string>): string | undefined {
  const named = dig(body, 'Metadata', 'aws:asset:path');
  if (typeof named === 'string') return basename(named);
  const url = JSON.stringify(dig(body, 'Properties', 'TemplateURL') ?? '');
  const hash = /([0-9a-f]{64})\.json/.exec(url)?.[1];
  return hash === undefined ? undefined : sources.get(hash);
}

/** The file's name at the end of the template's address, however the address begins. */
export function templateNamed(body: unknown): string | undefined {
  const stated = dig(body, 'Metadata', 'aws:asset:path') ?? dig(body, 'Properties', 'TemplateURL') ?? dig(body, 'Properties', 'Location');
  const text = typeof stated === 'string' ? stated : lastText(stated);
  return /([^/\\]+\.(json|ya?ml|template))$/.exec(text ?? '')?.[1];
}

/** The end of a joined or substituted address. */
function lastText(value: unknown): string | undefined {
  const flat = JSON.stringify(value ?? '').match(/[^"\\]+\.(json|ya?ml|template)(?=")/g);
  return flat?.[flat.length - 1];
}

/** Of a plain template: the file of that name beside it. */
function neighbour(parent: StackTemplate, body: unknown): string | undefined {
  const name = templateNamed(body);
  const own = parent.file === undefined || parent.stage === undefined ? undefined : relative(parent.stage, dirname(parent.file));
  return name === undefined || own === undefined ? undefined : [join(own, name), name].find((file) => existsSync(join(parent.stage!, file)));
}

/** A template that deploys itself would never end. */
function isInside(file: string, stack: StackTemplate): boolean {
  return stack.file === file || (stack.parent !== undefined && isInside(file, stack.parent.stack));
}

function assetSources(directory: string, root: StackTemplate, problems: Problem[]): Map<string, string> {
  const file = join(directory, `${root.id}.assets.json`);
  const assets = existsSync(file) ? readJson(file, problems) : undefined;
  const sources = new Map<string, string>();
  for (const [hash, asset] of Object.entries(asObject(asObject(assets).files))) {
    const path = dig(asset, 'source', 'path');
    if (typeof path === 'string') {
      sources.set(hash, path);
    }
  }
  return sources;
}

function rootOf(stack: StackTemplate): StackTemplate {
  return stack.parent === undefined ? stack : rootOf(stack.parent.stack);
}
