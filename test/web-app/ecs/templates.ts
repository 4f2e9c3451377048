import type { Template } from 'aws-cdk-lib/assertions';

/** One resource as CloudFormation will read it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: any;
  readonly DependsOn?: string[];
}

/** The resources of one type by logical id. */
export function resources(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as Record<string, Resource>;
}

/** The only resource of a type; fails when there are none or several. */
export function only(template: Template, type: string): Resource {
  const found = Object.values(resources(template, type));
  expect(found).toHaveLength(1);
  return found[0];
}

/** The container of the application's task definition that has the name. */
export function containerNamed(template: Template, name: string): any {
  return only(template, 'AWS::ECS::TaskDefinition').Properties.ContainerDefinitions.find((container: any) => container.Name === name);
}

/** The logical ids on a circle of references, or none. */
export function circle(template: Template): string[] {
  const all = template.toJSON().Resources as Record<string, Resource>;
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, trail: string[]): string[] => {
    if (state.get(id) === 'done') return [];
    if (state.get(id) === 'open') return [...trail.slice(trail.indexOf(id)), id];
    state.set(id, 'open');
    for (const next of referencesOf(all[id]).filter((name) => name in all)) {
      const found = visit(next, [...trail, id]);
      if (found.length > 0) return found;
    }
    state.set(id, 'done');
    return [];
  };
  return Object.keys(all).flatMap((id) => visit(id, []));
}

function referencesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::GetAtt') return [Array.isArray(inner) ? inner[0] : String(inner).split('.')[0]];
    if (key === 'DependsOn') return [inner].flat() as string[];
    return referencesOf(inner);
  });
}
