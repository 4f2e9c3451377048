import { isObject } from './json';
import type { Json } from './json';

/** What a template value holds of references, as they stand there. */
export interface StatedReferences {
  /** What `Ref`, `Fn::GetAtt` and `Fn::Sub` name, be it a resource, a parameter or nothing. */
  readonly names: ReadonlySet<string>;
  /** The functions that lead to a resource by themselves, such as `{ "Ref": "Vpc" }`. */
  readonly functions: readonly Json[];
}

const REFERRING = new Set(['Ref', 'Fn::GetAtt', 'Fn::Sub', 'Fn::ImportValue', 'Fn::GetStackOutput']);

/** Goes through a value once, for all who ask what it refers to. */
export function statedReferences(value: unknown): StatedReferences {
  const names = new Set<string>();
  const functions: Json[] = [];
  read(value, names, functions);
  return { names, functions };
}

/** Where a function stands inside another that leads to a resource, the outer one decides what is referred to. */
function read(value: unknown, names: Set<string>, functions: Json[] | undefined): void {
  if (Array.isArray(value)) {
    value.forEach((item) => read(item, names, functions));
    return;
  }
  if (!isObject(value)) return;
  const keys = Object.keys(value);
  const refers = functions !== undefined && keys.length === 1 && REFERRING.has(keys[0]);
  if (refers) functions.push(value);
  for (const key of keys) {
    const item = value[key];
    if (key === 'Ref' && typeof item === 'string') {
      names.add(item);
    } else if (key === 'Fn::GetAtt') {
      names.add(String(Array.isArray(item) ? item[0] : item).split('.')[0]);
    } else {
      if (key === 'Fn::Sub') {
        for (const [, name] of (typeof item === 'string' ? item : JSON.stringify(item)).matchAll(/\$\{([A-Za-z0-9]+)/g)) names.add(name);
      }
      read(item, names, refers ? undefined : functions);
    }
  }
}
