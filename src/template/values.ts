import { asObject, dig } from './json';
import type { Resource } from './resource';
import type { TemplateModel } from './template-model';
import { literalOf } from './text';
import type { Text } from './text';

/** What a property says, or an empty text where it is not there. */
export function textAt(model: TemplateModel, resource: Resource, ...keys: string[]): Text {
  const value = dig(resource.properties, ...keys);
  return value === undefined ? [] : model.text(resource, value);
}

/** The property as a string, where the template decides it. */
export function literalAt(model: TemplateModel, resource: Resource, ...keys: string[]): string | undefined {
  const value = dig(resource.properties, ...keys);
  return value === undefined ? undefined : literalOf(model.text(resource, value));
}

/** The property as a whole number, where the template decides it. */
export function numberAt(model: TemplateModel, resource: Resource, ...keys: string[]): number | undefined {
  return numberOf(model, resource, dig(resource.properties, ...keys));
}

/** A value inside a resource as a whole number, where the template decides it. */
export function numberOf(model: TemplateModel, resource: Resource, value: unknown): number | undefined {
  return value === undefined ? undefined : model.resolver.number(value, resource.stack);
}

/** True where the property is stated, yet its value is only known at deployment. */
export function isUndecided(model: TemplateModel, resource: Resource, ...keys: string[]): boolean {
  return dig(resource.properties, ...keys) !== undefined && literalAt(model, resource, ...keys) === undefined;
}

/** True for the boolean and for the string, both of which CloudFormation takes. */
export function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}

/** The default of a template parameter that a value refers to, or the path inside a dynamic reference: where the AMI parameter's name stands. */
export function parameterDefault(resource: Resource, value: unknown): string | undefined {
  const name = asObject(value).Ref;
  const found = typeof name === 'string' ? dig(resource.stack.template, 'Parameters', name, 'Default') : value;
  return typeof found === 'string' ? found : undefined;
}

/** The path of the L2 around a resource: what people call it. */
export function nameOf({ path, stack }: Resource): string {
  const name = path.replace(/\/(Resource|Default|Service|ASG|Subnet|SecurityGroup)$/, '');
  // In a plain template that is the whole name of the resource.
  return name === stack.path ? path : name;
}

/** `3 tasks`, `1 task`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
