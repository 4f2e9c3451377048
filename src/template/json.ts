/** A JSON object of which nothing is known yet. */
export type Json = Record<string, unknown>;

/** The object, or an empty one: malformed templates are read as far as they go and never throw. */
export function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** True for a JSON object; lists and null are none. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list, or an empty one. A single value where CloudFormation wants a list is a list of one, as CloudFormation reads it. */
export function asList(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The value deep inside, or undefined where the way there ends early; `AWS::NoValue` counts as absent. */
export function dig(value: unknown, ...keys: string[]): unknown {
  let current: unknown = value;
  for (const key of keys) {
    current = isObject(current) ? current[key] : undefined;
  }
  return isNoValue(current) ? undefined : current;
}

/** True for the pseudo value by which a template says "as if this property were not here". */
export function isNoValue(value: unknown): boolean {
  return isObject(value) && value.Ref === 'AWS::NoValue';
}

/** The one intrinsic function of an object such as `{ "Fn::Join": [...] }`, or undefined for anything else. */
export function intrinsicOf(value: unknown): [string, unknown] | undefined {
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  const isFunction = keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
  return isFunction ? [keys[0], value[keys[0]]] : undefined;
}
