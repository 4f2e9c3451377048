import type { Resource } from './resource';
import { statedReferences } from './stated-references';
import type { StatedReferences } from './stated-references';
import type { TemplateModel } from './template-model';

/** The ids of the resources that a value inside a resource refers to, over stack borders. */
export function referencesIn(model: TemplateModel, resource: Resource, value: unknown): Set<string> {
  return resolved(model, resource, statedReferences(value));
}

/** The ids of the resources that the properties of a resource refer to, over stack borders. */
export function referencesOf(model: TemplateModel, resource: Resource): Set<string> {
  return resolved(model, resource, model.referencesOf(resource));
}

function resolved(model: TemplateModel, resource: Resource, { functions }: StatedReferences): Set<string> {
  const found = new Set<string>();
  for (const item of functions) {
    const named = typeof item.Ref === 'string' ? model.resourceIn(resource.stack, item.Ref) : undefined;
    if (named !== undefined) {
      found.add(named.id);
    } else {
      for (const part of model.text(resource, item)) {
        if (typeof part !== 'string' && 'target' in part) found.add(part.target);
      }
    }
  }
  return found;
}
