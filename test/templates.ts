import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: any;
  readonly DependsOn?: string | string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export type Resources = Record<string, TemplateResource>;

/** The resources of a stack's template by logical id. */
export function resourcesOf(stack: Stack): Resources {
  return Template.fromStack(stack).toJSON().Resources ?? {};
}

/** The logical ids that a value refers to by Ref, GetAtt or Sub, at any depth. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) { return value.flatMap(referencesIn); }
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') { return [String(inner)]; }
    if (key === 'Fn::GetAtt') { return [String(Array.isArray(inner) ? inner[0] : String(inner).split('.')[0])]; }
    if (key === 'Fn::Sub') { return subReferences(inner); }
    return referencesIn(inner);
  });
}

/** The first cycle over references and DependsOn in a template, as the ids it runs through; undefined when there is none. */
export function dependencyCycle(resources: Resources): string[] | undefined {
  const finished = new Set<string>();
  const visit = (id: string, trail: string[]): string[] | undefined => {
    if (trail.includes(id)) { return [...trail.slice(trail.indexOf(id)), id]; }
    if (finished.has(id) || !resources[id]) { return undefined; }
    const needed = [...referencesIn(resources[id].Properties), ...[resources[id].DependsOn ?? []].flat()];
    for (const next of needed) {
      const cycle = visit(next, [...trail, id]);
      if (cycle) { return cycle; }
    }
    finished.add(id);
    return undefined;
  };
  return Object.keys(resources).map((id) => visit(id, [])).find((cycle) => cycle !== undefined);
}

function subReferences(inner: unknown): string[] {
  const [text, names] = Array.isArray(inner) ? inner : [inner, {}];
  const used = [...String(text).matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map(([, name]) => name).filter((name) => !(name in names));
  return [...used, ...referencesIn(names)];
}
