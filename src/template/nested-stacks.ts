import { existsSync } from 'fs';
import { basename, join } from 'path';
import { asObject, dig, isObject } from './json';
import { nestedStackPath } from './metadata';
import type { LogicalIds } from './metadata';
import { readJson } from './read-json';
import type { AssemblyContent, Problem, StackTemplate } from './stack-template';

/** Adds the stacks nested in a stack, and those nested in them. One whose template is not in the assembly becomes a problem. */
export function addNestedStacks(directory: string, parent: StackTemplate, paths: LogicalIds, content: AssemblyContent): void {
  const nested = Object.entries(asObject(parent.template.Resources)).filter(([, body]) => asObject(body).Type === 'AWS::CloudFormation::Stack');
  if (nested.length === 0) return;
  const sources = assetSources(directory, rootOf(parent), content.problems);
  for (const [logicalId, body] of nested) {
    const resourcePath = parent.paths.get(logicalId) ?? `${parent.path}/${logicalId}`;
    const path = nestedStackPath(resourcePath) ?? resourcePath;
    const file = templateFile(body, sources);
    if (file === undefined || !existsSync(join(directory, file))) {
      content.problems.push({ subject: path, reason: 'the template of this nested stack is not in the assembly' });
      continue;
    }
    const template = readJson(join(directory, file), content.problems);
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

/** The asset's file as the template's metadata names it, or else the file whose asset hash the template's URL holds. */
function templateFile(body: unknown, sources: Map<string, string>): string | undefined {
  const named = dig(body, 'Metadata', 'aws:asset:path');
  if (typeof named === 'string') return basename(named);
  const url = JSON.stringify(dig(body, 'Properties', 'TemplateURL') ?? '');
  const hash = /([0-9a-f]{64})\.json/.exec(url)?.[1];
  return hash === undefined ? undefined : sources.get(hash);
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
