import { readFileSync } from 'fs';
import { join } from 'path';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly Metadata?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Record<string, TemplateResource>;
  readonly Parameters?: Record<string, { readonly Type: string; readonly Default?: string }>;
  readonly Outputs?: Record<string, unknown>;
}

/** The templates of an assembly by stack name. */
export function templatesOf(assembly: string): Record<string, Template> {
  const { artifacts } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8'));
  const stacks = Object.entries<any>(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return Object.fromEntries(stacks.map(([id, { properties }]) => (
    [properties.stackName ?? id, JSON.parse(readFileSync(join(assembly, properties.templateFile), 'utf8'))]
  )));
}

/** Construct path of a resource, without the stack's own resource name at its end. */
export function pathOf(resource: TemplateResource): string {
  return String(resource.Metadata?.['aws:cdk:path'] ?? '');
}

/** Names of public parameters that the templates take machine images from. */
export function imageParameters(templates: Record<string, Template>): string[] {
  const all = Object.values(templates).flatMap(({ Parameters }) => Object.values(Parameters ?? {}));
  return [...new Set(all.map(({ Default }) => Default ?? '').filter((name) => name.startsWith('/aws/service/')))];
}
