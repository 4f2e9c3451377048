import { readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';

/** What the pages need of a compiled jsii assembly. */
export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly example?: string;
  readonly returns?: string;
  readonly see?: string;
  readonly deprecated?: string;
}

export interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
  readonly union?: { readonly types: TypeReference[] };
}

export interface Value {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly variadic?: boolean;
  readonly docs?: Docs;
}

export interface Callable {
  readonly name?: string;
  readonly static?: boolean;
  readonly parameters?: Value[];
  readonly returns?: { readonly type: TypeReference };
  readonly docs?: Docs;
}

export interface PublicType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: string[];
  readonly initializer?: Callable;
  readonly properties?: Value[];
  readonly methods?: Callable[];
  readonly members?: Array<{ readonly name: string; readonly docs?: Docs }>;
  readonly locationInModule: { readonly filename: string };
  readonly docs?: Docs;
}

/** The public types of the compiled package, by their full names. */
export type PublicTypes = ReadonlyMap<string, PublicType>;

export function publicTypes(repository: string): PublicTypes {
  return new Map(Object.entries(readAssembly(repository).types));
}

/** The compiled assembly, which the package holds compressed: it is a quarter of what the package would unpack to. */
export function readAssembly(repository: string): { readonly types: Record<string, PublicType> } {
  const { schema, filename, ...own } = JSON.parse(readFileSync(join(repository, '.jsii'), 'utf8'));
  return schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(readFileSync(join(repository, filename))).toString('utf8')) : own;
}

/** A construct is what is made in a scope. */
export function isConstruct({ initializer }: PublicType): boolean {
  return initializer?.parameters?.[0]?.type.fqn === 'constructs.Construct';
}

/** The props of a struct with those it inherits of ours, required ones first as they are declared. */
export function propsOf(struct: PublicType, types: PublicTypes): Value[] {
  const all = [...(struct.properties ?? []), ...parentsOf(struct, types).flatMap((parent) => propsOf(parent, types))];
  const single = [...new Map(all.reverse().map((each) => [each.name, each])).values()].reverse();
  return [...single.filter(({ optional }) => !optional), ...single.filter(({ optional }) => optional)];
}

/** What a struct, class or interface takes over from outside this package, by full name. */
export function foreignParentsOf(type: PublicType, types: PublicTypes): string[] {
  return [...[type.base ?? []].flat(), ...(type.interfaces ?? [])].filter((fqn) => !types.has(fqn) && !fqn.startsWith('constructs.'));
}

export function parentsOf(type: PublicType, types: PublicTypes): PublicType[] {
  return [...[type.base ?? []].flat(), ...(type.interfaces ?? [])].flatMap((fqn) => types.get(fqn) ?? []);
}

/** The struct a constructor takes as its last argument, which is what a user fills in. */
export function propsStructOf(type: PublicType, types: PublicTypes): PublicType | undefined {
  const struct = types.get(type.initializer?.parameters?.at(-1)?.type.fqn ?? '');
  return struct?.datatype ? struct : undefined;
}

/** Structs that a user only gets: nothing public takes them. */
export function resultsOnly(types: PublicTypes): Set<string> {
  const taken = new Set<string>();
  const take = (fqn: string): void => {
    const struct = types.get(fqn);
    if (!struct?.datatype || taken.has(fqn)) return;
    taken.add(fqn);
    propsOf(struct, types).flatMap(({ type }) => namesIn(type)).forEach(take);
  };
  const calls = [...types.values()].flatMap(({ initializer, methods }) => [...[initializer ?? []].flat(), ...(methods ?? [])]);
  calls.flatMap(({ parameters }) => parameters ?? []).flatMap(({ type }) => namesIn(type)).forEach(take);
  return new Set([...types.values()].filter(({ datatype, fqn }) => datatype && !taken.has(fqn)).map(({ fqn }) => fqn));
}

/** The full names a type reference speaks of. */
export function namesIn(type: TypeReference | undefined): string[] {
  if (!type) return [];
  return [...[type.fqn ?? []].flat(), ...namesIn(type.collection?.elementtype), ...(type.union?.types ?? []).flatMap(namesIn)];
}
