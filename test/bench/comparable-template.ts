import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** A resource in which whatever it refers to is named by its type, so that resources of different programs can be compared. */
export interface ComparableResource {
  readonly stack: string;
  readonly type: string;
  readonly properties: unknown;
  /** The types of the resources it waits for. */
  readonly dependsOn: string[];
}

/** The resources of the stacks of one app, of which the later ones import from the earlier ones. */
export function comparableTemplate(stacks: Stack[]): ComparableResource[] {
  const exported = new Map<string, unknown>();
  return stacks.flatMap((stack) => {
    const template = Template.fromStack(stack).toJSON();
    const resources: Record<string, any> = template.Resources ?? {};
    const typeOf = (id: string): string => resources[id]?.Type ?? template.Parameters?.[id]?.Type ?? id;
    for (const [id, output] of Object.entries<any>(template.Outputs ?? {})) {
      exported.set(output.Export?.Name ?? `${stack.stackName}.${id}`, withTypes(output.Value, typeOf, exported));
    }
    return Object.values(resources).map((resource) => ({
      stack: stack.node.id,
      type: resource.Type,
      properties: withTypes(resource.Properties, typeOf, exported),
      dependsOn: [resource.DependsOn ?? []].flat().map(typeOf),
    }));
  });
}

function withTypes(value: unknown, typeOf: (id: string) => string, exported: Map<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((inner) => withTypes(inner, typeOf, exported));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, inner]) => {
    if (key === 'Ref') return [key, typeOf(inner)];
    if (key === 'Fn::GetAtt') return [key, [typeOf(inner[0]), inner[1]]];
    if (key === 'Fn::ImportValue') return ['Imported', exported.get(inner)];
    if (key === 'Fn::GetStackOutput') return ['Read', exported.get(`${inner.StackName}.${inner.OutputName}`)];
    return [key, withTypes(inner, typeOf, exported)];
  }));
}
