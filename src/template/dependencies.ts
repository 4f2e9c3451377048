import { asList, dig } from './json';
import { referencesOf } from './references';
import type { Resource } from './resource';
import type { TemplateModel } from './template-model';

/** The order in which CloudFormation makes the resources of a stack: what is made before what, by DependsOn or by reference. */
export class Dependencies {
  private readonly direct = new Map<string, ReadonlySet<string>>();
  private readonly closures = new Map<string, ReadonlySet<string>>();

  public constructor(private readonly model: TemplateModel) {}

  /**
   * True where `later` is made after `earlier`, and so deleted before it. Stacks deploy one after the other: a resource of a stack that the
   * other's stack refers to is always earlier. What a nested stack waits for, all that is in it waits for.
   */
  public isAfter(later: Resource, earlier: Resource): boolean {
    if (this.before(later).has(earlier.id) || (later.stack !== earlier.stack && this.stacksBefore(later).has(earlier.stack.id))) return true;
    const waiting = [later, ...this.nestingOf(later)];
    const awaited = [earlier, ...this.nestingOf(earlier)].filter((one) => !waiting.includes(one));
    return (waiting.length > 1 || awaited.length > 1) && waiting.some((one) => [...this.before(one)].some((id) => (
      awaited.some((other) => other.id === id || this.nestingOf(this.model.resource(id)).includes(other))
    )));
  }

  /** The nested stacks in which a resource lies, from the inside out. */
  private nestingOf(resource: Resource | undefined): Resource[] {
    const parent = resource?.stack.parent;
    const around = parent === undefined ? undefined : this.model.resource(`${parent.stack.id}/${parent.logicalId}`);
    return around === undefined ? [] : [around, ...this.nestingOf(around)];
  }

  private before(resource: Resource): ReadonlySet<string> {
    const known = this.closures.get(resource.id);
    if (known !== undefined) return known;
    const found = new Set<string>();
    const open = [resource.id];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const next of this.directly(id)) {
        if (!found.has(next)) {
          found.add(next);
          open.push(next);
        }
      }
    }
    this.closures.set(resource.id, found);
    return found;
  }

  /** A resource waits for whole stacks: those on which its own stack depends in any of its resources. */
  private stacksBefore(resource: Resource): ReadonlySet<string> {
    const key = `stack ${resource.stack.id}`;
    const known = this.closures.get(key);
    if (known !== undefined) return known;
    const stacks = new Set<string>();
    for (const one of this.model.inStack(resource.stack)) {
      for (const id of this.directly(one.id)) {
        const found = this.model.resource(id);
        if (found !== undefined && found.stack !== resource.stack) {
          stacks.add(found.stack.id);
        }
      }
    }
    this.closures.set(key, stacks);
    return stacks;
  }

  private directly(id: string): ReadonlySet<string> {
    const known = this.direct.get(id);
    if (known !== undefined) return known;
    const resource = this.model.resource(id);
    const found = new Set<string>();
    this.direct.set(id, found);
    if (resource !== undefined) {
      for (const logicalId of asList(dig(resource.stack.template, 'Resources', resource.logicalId, 'DependsOn'))) {
        found.add(this.model.resourceIn(resource.stack, String(logicalId))?.id ?? `${resource.stack.id}/${String(logicalId)}`);
      }
      referencesOf(this.model, resource).forEach((target) => found.add(target));
    }
    return found;
  }
}
