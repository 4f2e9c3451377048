import { isObject } from './json';
import type { Resource } from './resource';
import type { TemplateModel } from './template-model';

/** The ids of the resources that a value inside a resource refers to, over stack borders. */
export function referencesIn(model: TemplateModel, resource: Resource, value: unknown): Set<string> {
  const found = new Set<string>();
  const read = (item: unknown): void => {
    if (Array.isArray(item)) {
      item.forEach(read);
    } else if (isObject(item)) {
      const keys = Object.keys(item);
      if (keys.length === 1 && /^(Ref|Fn::(GetAtt|Sub|ImportValue|GetStackOutput))$/.test(keys[0])) {
        for (const part of model.text(resource, item)) {
          if (typeof part !== 'string' && 'target' in part) found.add(part.target);
        }
        return;
      }
      Object.values(item).forEach(read);
    }
  };
  read(value);
  return found;
}
