import { isObject } from './json';
import type { Resource } from './resource';
import type { TemplateModel } from './template-model';

/** The functions that lead to a resource by themselves; what others hold is looked through. */
const REFERRING = new Set(['Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::ImportValue', 'Fn::GetStackOutput']);

/** The ids of the resources that a value inside a resource refers to, over stack borders. */
export function referencesIn(model: TemplateModel, resource: Resource, value: unknown): Set<string> {
  const found = new Set<string>();
  const read = (item: unknown): void => {
    if (Array.isArray(item)) {
      item.forEach(read);
    } else if (isObject(item)) {
      const keys = Object.keys(item);
      if (keys.length === 1 && REFERRING.has(keys[0])) {
        for (const part of model.text(resource, item)) {
          if (typeof part !== 'string' && 'target' in part) found.add(part.target);
        }
        return;
      }
      keys.forEach((key) => read(item[key]));
    }
  };
  read(value);
  return found;
}
