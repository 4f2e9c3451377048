import { resolve } from 'path';
import { Stage } from 'aws-cdk-lib';
import type { IPolicyValidationContext } from 'aws-cdk-lib';
import { readAssembly } from '../template/assembly-reader';
import { isObject } from '../template/json';
import { readTemplate } from '../template/read-template';
import type { AssemblyContent, StackTemplate } from '../template/stack-template';

/**
 * Reads all templates of the app that a plugin was called for. The CDK calls a plugin once for each environment with the stacks of that
 * environment only; references lead across, so the whole assembly is read, and what is not in it is added from the call.
 */
export function readContent(context: IPolicyValidationContext): AssemblyContent {
  const content = readOutput(context);
  const known = new Set(content.stacks.map(({ file }) => resolve(file ?? '')));
  const files = (context.templatePaths ?? []).map((templatePath) => ({ stackConstructPath: undefined, templatePath }));
  const listed = (context.stackTemplates ?? []).length > 0 ? context.stackTemplates : files;
  for (const { stackConstructPath, templatePath } of listed) {
    if (known.has(resolve(templatePath))) continue;
    const problems: AssemblyContent['problems'] = [];
    const template = readTemplate(templatePath, problems);
    if (isObject(template)) {
      const path = stackConstructPath ?? templatePath;
      content.stacks.push({ id: path, name: path, path, template, file: templatePath, paths: new Map() });
    } else if (!content.problems.some(({ subject }) => problems.some((problem) => problem.subject === subject))) {
      content.problems.push(...problems, ...(problems.length === 0 ? [{ subject: templatePath, reason: 'it is not a JSON object' }] : []));
    }
  }
  return content;
}

/** The templates of a call. Older ways to call a plugin list nothing but their files. */
export function listedIn({ stackTemplates, templatePaths }: IPolicyValidationContext): string[] {
  const listed = (stackTemplates ?? []).map(({ templatePath }) => templatePath);
  return (listed.length > 0 ? listed : templatePaths ?? []).map((file) => resolve(file));
}

/**
 * The stacks whose findings belong to a call: those it lists, and those of its own environment that it should have listed, because no other
 * call will. A plugin of one stage is not asked about other stages.
 */
export function tellableIn(
  files: readonly string[], context: IPolicyValidationContext, templates: readonly StackTemplate[],
): (stack: StackTemplate) => boolean {
  const listed = templates.filter(({ file }) => file !== undefined && files.includes(resolve(file)));
  if (listed.length === 0) return () => true;
  const environments = new Set(listed.map(environmentOf));
  const stages = listed.map(({ stage }) => stage).filter((stage) => stage !== undefined);
  const around = stages.find((stage) => stages.every((other) => isWithin(other, stage)));
  const asked = new Set((context.templatePaths ?? []).map((file) => resolve(file)));
  return (stack) => listed.includes(stack)
    || (stack.file !== undefined && asked.has(resolve(stack.file)))
    || (environments.has(environmentOf(stack)) && around !== undefined && isWithin(stack.stage ?? '', around));
}

function environmentOf({ account, region }: StackTemplate): string {
  return `${account}/${region}`;
}

function isWithin(stage: string, other: string): boolean {
  return stage === other || stage.startsWith(`${other}/`) || stage.startsWith(`${other}\\`);
}

function readOutput(context: IPolicyValidationContext): AssemblyContent {
  const { root } = context.appConstruct.node;
  try {
    return readAssembly(Stage.isStage(root) ? root.outdir : '');
  } catch {
    return { stacks: [], declarations: [], annotations: [], problems: [] };
  }
}
