import { existsSync } from 'fs';
import { join } from 'path';
import { asObject, isObject } from './json';
import type { Json } from './json';
import { logicalIdsOf, readAcknowledged, readAnnotations, readDeclarations } from './metadata';
import { addNestedStacks } from './nested-stacks';
import { readOrigins } from './origins';
import { readJson, readTemplate } from './read-template';
import type { Acknowledged, Annotation, AssemblyContent, Declaration, Problem, StackTemplate } from './stack-template';
import { readTemplateFolder } from './template-folder';

/**
 * Reads a synthesized app: every stack of the assembly, of the assemblies of its stages, and every nested stack. Files that cannot be
 * read become problems, not exceptions; only a directory that holds no app at all is refused. A folder of plain templates, or one of them,
 * is an app as well.
 */
export function readAssembly(directory: string, caller = 'NetworkPaths.fromAssembly'): AssemblyContent {
  const metadata: Json[] = [];
  let origins: Map<string, string> | undefined;
  const content = {
    stacks: [] as StackTemplate[],
    declarations: [] as Declaration[],
    annotations: [] as Annotation[],
    problems: [] as Problem[],
    acknowledged: [] as Acknowledged[],
    // A synthesis that finds nothing asks for no line of the program.
    get origins() { return origins ??= new Map(metadata.flatMap((one) => [...readOrigins(one)])); },
  };
  if (existsSync(join(directory, 'manifest.json'))) {
    readManifest(directory, content, metadata);
    return content;
  }
  if (!readTemplateFolder(directory, content)) {
    throw new Error(`${caller}: directory is ${directory}, but must be a cloud assembly with a manifest.json, or hold templates: `
      + 'run app.synth() or "cdk synth" first and pass its output directory, such as cdk.out');
  }
  return content;
}

function readManifest(directory: string, content: AssemblyContent, read: Json[]): void {
  const manifest = readJson(join(directory, 'manifest.json'), content.problems);
  for (const [id, artifact] of Object.entries(asObject(asObject(manifest).artifacts))) {
    const { type, properties } = asObject(artifact);
    const nestedDirectory = asObject(properties).directoryName;
    if (type === 'aws:cloudformation:stack') {
      read.push(addStack(directory, id, asObject(artifact), content));
    } else if (type === 'cdk:cloud-assembly' && typeof nestedDirectory === 'string') {
      readManifest(join(directory, nestedDirectory), content, read);
    }
  }
}

/** Adds a stack with what is nested in it, and returns what the assembly says about its constructs. */
function addStack(directory: string, id: string, artifact: Json, content: AssemblyContent): Json {
  const properties = asObject(artifact.properties);
  const file = join(directory, String(properties.templateFile));
  const template = readTemplate(file, content.problems);
  const metadata = metadataOf(directory, artifact, content.problems);
  content.declarations.push(...readDeclarations(metadata));
  content.acknowledged?.push(...readAcknowledged(metadata));
  content.annotations.push(...readAnnotations(metadata));
  if (!isObject(template)) return metadata;
  const paths = logicalIdsOf(metadata);
  const displayName = typeof artifact.displayName === 'string' ? artifact.displayName : id;
  const stack: StackTemplate = {
    id,
    name: typeof properties.stackName === 'string' ? properties.stackName : id,
    stage: directory,
    path: displayName.replace(/ \(.*\)$/, ''),
    ...environmentOf(artifact.environment),
    template,
    file,
    paths: paths.top,
  };
  content.stacks.push(stack);
  addNestedStacks(directory, stack, paths, content);
  return metadata;
}

/** Newer assemblies keep the metadata in a file of its own. */
function metadataOf(directory: string, artifact: Json, problems: Problem[]): Json {
  const extra = artifact.additionalMetadataFile;
  const external = typeof extra === 'string' ? asObject(readJson(join(directory, extra), problems)) : {};
  return { ...asObject(artifact.metadata), ...external };
}

function environmentOf(environment: unknown): { account?: string; region?: string } {
  const [, account, region] = /^aws:\/\/([^/]*)\/(.*)$/.exec(String(environment)) ?? [];
  return {
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
  };
}
