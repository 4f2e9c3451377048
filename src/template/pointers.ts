import { asList, dig } from './json';
import type { Resource } from './resource';
import type { TemplateModel } from './template-model';

/** The resources of a type by what a property of theirs points at: made once, because a search for each target would grow with the square. */
export class Pointers {
  private readonly indices = new Map<string, Map<string, Resource[]>>();

  public constructor(private readonly model: TemplateModel) {}

  /** Resources of the type whose property (or one entry of it, where it is a list) points at the target. */
  public to(target: Resource | undefined, type: string, ...keys: string[]): readonly Resource[] {
    const key = [type, ...keys].join(' ');
    const index = this.indices.get(key) ?? this.read(type, keys);
    this.indices.set(key, index);
    return index.get(target?.id ?? '') ?? [];
  }

  private read(type: string, keys: string[]): Map<string, Resource[]> {
    const index = new Map<string, Resource[]>();
    for (const resource of this.model.ofType(type)) {
      const targets = new Set(asList(dig(resource.properties, ...keys)).map((value) => this.model.pointee(resource, value)?.id));
      for (const id of targets) {
        if (id !== undefined) {
          index.set(id, [...(index.get(id) ?? []), resource]);
        }
      }
    }
    return index;
  }
}
