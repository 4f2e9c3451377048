import { asObject, isObject } from './json';
import type { Json } from './json';
import { oncePer } from './once-per';
import { Resolver } from './resolver';
import type { Resource } from './resource';
import type { AssemblyContent, Problem, StackTemplate } from './stack-template';
import type { StatedReferences } from './stated-references';
import { statedReferences } from './stated-references';
import { referenceOf } from './text';
import type { Text } from './text';

/**
 * Every resource of every template of an app, with its references followed over stack borders. Knows CloudFormation, not networks.
 */
export class TemplateModel {
  public readonly stacks: readonly StackTemplate[];
  public readonly problems: Problem[];
  public readonly resolver: Resolver;
  private readonly byId = new Map<string, Resource>();
  private readonly byStack = new Map<StackTemplate, Map<string, Resource>>();
  private readonly byType = new Map<string, Resource[]>();
  private readonly asked = new Set<string>();

  public constructor(public readonly content: AssemblyContent) {
    this.stacks = content.stacks;
    this.problems = [...content.problems];
    for (const stack of content.stacks) {
      this.readStack(stack);
    }
    this.resolver = new Resolver(content.stacks, (stack, logicalId) => this.resourceIn(stack, logicalId));
  }

  /** The resource of that id, if any template has it. */
  public resource(id: string): Resource | undefined {
    return this.byId.get(id);
  }

  /** The resource of that logical id in a stack. Cheaper than by an id that must be put together first. */
  public resourceIn(stack: StackTemplate, logicalId: string): Resource | undefined {
    return this.byStack.get(stack)?.get(logicalId);
  }

  /** What the properties of a resource refer to, as they state it: gone through once for all who ask. */
  public referencesOf(resource: Resource): StatedReferences {
    return referencesOf(resource);
  }

  /** The stacks that have a resource of that logical id. */
  public stacksWith(logicalId: string): StackTemplate[] {
    return this.stacks.filter((stack) => this.resourceIn(stack, logicalId) !== undefined);
  }

  /** All resources of the types, in template order. */
  public ofType(...types: string[]): readonly Resource[] {
    types.forEach((type) => this.asked.add(type));
    if (types.length === 1) return this.byType.get(types[0]) ?? [];
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** How many resources there are of each type that nobody has asked for, by type or by following a reference. */
  public unasked(): ReadonlyMap<string, number> {
    return new Map([...this.byType].filter(([type]) => !this.asked.has(type)).map(([type, resources]) => [type, resources.length]));
  }

  /** The first resource of that construct path. */
  public atPath(path: string): Resource | undefined {
    return byPath(this).get(path);
  }

  /** The resources of a stack. */
  public inStack(stack: StackTemplate): Iterable<Resource> {
    return this.byStack.get(stack)?.values() ?? [];
  }

  /** All resources. */
  public all(): Resource[] {
    return [...this.byId.values()];
  }

  /** What a value inside a resource says, as a string. */
  public text(resource: Resource, value: unknown): Text {
    return this.resolver.text(value, resource.stack);
  }

  /** What a value inside a resource says, as a list of strings. */
  public texts(resource: Resource, value: unknown): Text[] {
    return this.resolver.texts(value, resource.stack);
  }

  /** The resource that a value points at by its id or by an attribute such as an ARN. */
  public pointee(resource: Resource, value: unknown): Resource | undefined {
    if (value === undefined) return undefined;
    const reference = referenceOf(this.text(resource, value));
    const found = reference === undefined ? undefined : this.byId.get(reference.target);
    if (found !== undefined) this.asked.add(found.type);
    return found;
  }

  /** True where a value, however it is glued together, mentions the resource. */
  public mentions(resource: Resource, value: unknown, target: Resource): boolean {
    if (value === undefined) return false;
    return this.text(resource, value).some((part) => typeof part !== 'string' && 'target' in part && part.target === target.id);
  }

  private readStack(stack: StackTemplate): void {
    const resources = stack.template.Resources;
    if (!isObject(resources)) {
      this.problems.push({ subject: stack.path, reason: 'its template has no Resources object' });
      return;
    }
    const own = new Map<string, Resource>();
    this.byStack.set(stack, own);
    for (const [logicalId, body] of Object.entries(resources)) {
      if (logicalId.startsWith('Fn::ForEach::')) {
        this.problems.push({
          subject: `${stack.path}/${logicalId}`,
          reason: 'Fn::ForEach goes over a list that is known at deployment: what it makes is not judged',
        });
        continue;
      }
      if (!isObject(body) || typeof body.Type !== 'string') {
        this.problems.push({ subject: stack.paths.get(logicalId) ?? `${stack.path}/${logicalId}`, reason: 'the resource has no Type' });
        continue;
      }
      const resource = resourceOf(stack, logicalId, body, body.Type);
      own.set(logicalId, resource);
      this.add(resource);
    }
  }

  private add(resource: Resource): void {
    this.byId.set(resource.id, resource);
    const sameType = this.byType.get(resource.type);
    if (sameType === undefined) {
      this.byType.set(resource.type, [resource]);
    } else {
      sameType.push(resource);
    }
  }
}

const referencesOf = oncePer(({ properties }: Resource) => statedReferences(properties));

const byPath = oncePer((model: TemplateModel) => {
  const found = new Map<string, Resource>();
  for (const resource of model.all()) {
    if (!found.has(resource.path)) found.set(resource.path, resource);
  }
  return found;
});

function resourceOf(stack: StackTemplate, logicalId: string, body: Json, type: string): Resource {
  const metadataPath = asObject(body.Metadata)['aws:cdk:path'];
  return {
    id: `${stack.id}/${logicalId}`,
    logicalId,
    stack,
    type,
    properties: asObject(body.Properties),
    path: stack.paths.get(logicalId) ?? (typeof metadataPath === 'string' ? metadataPath : `${stack.path}/${logicalId}`),
    conditional: body.Condition !== undefined,
  };
}
