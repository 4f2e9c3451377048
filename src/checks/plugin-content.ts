import { resolve } from 'path';
import { Stage } from 'aws-cdk-lib';
import type { IPolicyValidationContext } from 'aws-cdk-lib';
import { readAssembly } from '../template/assembly-reader';
import { isObject } from '../template/json';
import { readJson } from '../template/read-template';
import type { AssemblyContent } from '../template/stack-template';

/**
 * Reads all templates of the app that a plugin was called for. The CDK calls a plugin once for each environment with the stacks of that
 * environment only; references lead across, so the whole assembly is read, and what is not in it is added from the call.
 */
export function readContent(context: IPolicyValidationContext): AssemblyContent {
  const content = readOutput(context);
  const known = new Set(content.stacks.map(({ file }) => resolve(file ?? '')));
  for (const { stackConstructPath, templatePath } of context.stackTemplates ?? []) {
    if (known.has(resolve(templatePath))) continue;
    const problems: AssemblyContent['problems'] = [];
    const template = readJson(templatePath, problems);
    if (isObject(template)) {
      const path = stackConstructPath ?? templatePath;
      content.stacks.push({ id: path, name: path, path, template, file: templatePath, paths: new Map() });
    } else if (!content.problems.some(({ subject }) => problems.some((problem) => problem.subject === subject))) {
      content.problems.push(...problems, ...(problems.length === 0 ? [{ subject: templatePath, reason: 'it is not a JSON object' }] : []));
    }
  }
  return content;
}

function readOutput(context: IPolicyValidationContext): AssemblyContent {
  const { root } = context.appConstruct.node;
  try {
    return readAssembly(Stage.isStage(root) ? root.outdir : '');
  } catch {
    return { stacks: [], declarations: [], problems: [] };
  }
}
