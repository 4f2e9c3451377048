import { namesRole } from './principals';
import { Roles } from './roles';
import { matchesAction, readStatements } from './statement';
import { asObject } from '../../template/json';
import type { Resource } from '../../template/resource';
import type { TemplateModel } from '../../template/template-model';

/** True where a role surely may do none of the actions with a key: neither its own policies nor the key's let it. */
export function isLockedOut(model: TemplateModel, role: Resource, key: Resource, actions: readonly string[]): boolean {
  if (Roles.of(model).lacks(role, actions, key).length < actions.length) return false;
  return !readStatements(model, key, asObject(key.properties).KeyPolicy)
    .some((one) => one.effect !== 'Deny' && actions.some((action) => matchesAction(one, action) !== 'no')
      && (one.excepted || namesRole(model, one, role) !== 'no'));
}
