import { readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';

/** As much of a jsii assembly as is read here. */
export interface Assembly {
  readonly types: Record<string, AssemblyType>;
}
interface AssemblyType {
  readonly name: string;
  readonly namespace?: string;
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: string[];
  readonly properties?: readonly Property[];
  readonly methods?: ReadonlyArray<Callable & { readonly name: string; readonly static?: boolean }>;
  readonly initializer?: Callable;
}
interface Property {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
}
interface Callable {
  readonly parameters?: ReadonlyArray<{ readonly type: TypeReference }>;
}
interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

const OWN = 'cdk-ha-ecs.';
const WIDTH = 150;

/** What every construct and every resource has: it tells no type from another. */
const TELLS_NOTHING = /^(node|env|stack|toString|with|applyRemovalPolicy|\w+Ref|isConstruct)$/;

/** So many members tell a type from the others. */
const MARKS = 2;

/** TypeScript with the shape of every struct, and what tells the classes, interfaces and enums that stand in them. */
export function writeShapes(own: Assembly, cdkRoot: string, root: string): string {
  const cdk: Assembly = JSON.parse(gunzipSync(readFileSync(join(cdkRoot, '.jsii.gz'))).toString());
  const find = (fqn: string): AssemblyType | undefined => own.types[fqn] ?? cdk.types[fqn];
  const types = Object.values(own.types).sort((one, other) => one.name.localeCompare(other.name));
  const structs = inputStructs(types, find);
  const shapes = structs.map((struct) => [struct.name, allProperties(struct, find).map(({ name, type, optional }) => (
    `${name}${optional ? '' : '!'} ${typeText(type)}`)).join('|')] as const);

  const mentioned = new Set<string>();
  types.forEach((type) => [
    ...type.properties ?? [],
    ...[...type.methods ?? [], ...type.initializer ? [type.initializer] : []].flatMap(({ parameters = [] }) => parameters),
  ].forEach(({ type: each }) => referencesIn(each).forEach((fqn) => mentioned.add(fqn))));
  const met = [...mentioned].sort().flatMap((fqn) => find(fqn) ?? []);
  const enums = met.filter(({ kind, fqn }) => kind === 'enum' && fqn.startsWith(OWN));
  const made = met.filter((type) => type.kind === 'class' && type.fqn.startsWith(OWN) && type.initializer === undefined);
  const told = met.filter((type) => type.kind !== 'enum' && !type.datatype && marksOf(type, find).length > 0);
  const foreignEnums = met.filter(({ kind, fqn }) => kind === 'enum' && !fqn.startsWith(OWN));
  return `/*
 * Written by \`npm run shapes\` from the compiled assembly; a test holds it current. Do not edit it.
 */

/** The props of every struct: the name, with ! where it has to be given, and the type; [] is a list, {} a map. */
export const SHAPES: Readonly<Record<string, string>> = {
${lines(shapes)}
};

/** Members by which a value is known to be of a type. */
export const MARKS: Readonly<Record<string, string>> = {
${lines(told.map((type) => [shortName(type.fqn), marksOf(type, find).join(' ')]))}
};

/** The static methods that make a value of a class. */
export const MADE_BY: Readonly<Record<string, string>> = {
${lines(made.map((type) => [type.name, makersOf(type).join(' ')]))}
};

/** Enums: the members of ours; those of the CDK grow with its version, and have here what they are made of. */
export const ENUMS: Readonly<Record<string, string>> = {
${lines([
  ...enums.map((type) => [type.name, enumText(root, type)] as const),
  ...foreignEnums.map((type) => [shortName(type.fqn), foreignKind(cdkRoot, type)] as const),
])}
};
`;
}

/** The structs that a caller may pass: what is only returned needs no judging. */
function inputStructs(types: readonly AssemblyType[], find: (fqn: string) => AssemblyType | undefined): AssemblyType[] {
  const met = new Set<string>();
  const visit = (type: TypeReference): void => {
    for (const fqn of referencesIn(type)) {
      const struct = find(fqn);
      if (met.has(fqn) || !fqn.startsWith(OWN) || !struct?.datatype) continue;
      met.add(fqn);
      allProperties(struct, find).forEach((property) => visit(property.type));
    }
  };
  types.flatMap((type) => [...type.methods ?? [], ...type.initializer ? [type.initializer] : []])
    .flatMap(({ parameters = [] }) => parameters).forEach((parameter) => visit(parameter.type));
  return types.filter(({ fqn }) => met.has(fqn));
}

function lines(entries: ReadonlyArray<readonly [string, string]>): string {
  const plain = entries.every(([name]) => /^\w+$/.test(name));
  return entries.map(([name, text]) => `  ${plain ? name : `'${name}'`}: '${text}',`)
    .map((line) => (line.length > WIDTH ? broken(line) : line)).join('\n');
}

/** A long text over several lines, at the bars between props. */
function broken(line: string): string {
  const [, name, text] = /^ {2}(\S+): '(.*)',$/.exec(line)!;
  const rows = text.split('|').reduce<string[]>((found, part) => {
    const last = found[found.length - 1];
    const room = WIDTH - 12 - (found.length === 1 ? name.length : 0);
    return last !== undefined && last.length + part.length < room ? [...found.slice(0, -1), `${last}|${part}`] : [...found, part];
  }, []);
  return `  ${name}: '${rows.join("|'\n    + '")}',`;
}

/** The own props and those of every base. */
function allProperties(struct: AssemblyType, find: (fqn: string) => AssemblyType | undefined): NonNullable<AssemblyType['properties']> {
  const bases = (struct.interfaces ?? []).flatMap((fqn) => {
    const base = find(fqn);
    return base ? allProperties(base, find) : [];
  });
  const found = new Map([...bases, ...struct.properties ?? []].map((property) => [property.name, property]));
  return [...found.values()];
}

function typeText({ primitive, fqn, collection }: TypeReference): string {
  if (collection) return collection.kind === 'array' ? `[${typeText(collection.elementtype)}]` : `{${typeText(collection.elementtype)}}`;
  return primitive ?? (fqn ? shortName(fqn) : 'any');
}

function referencesIn({ fqn, collection }: TypeReference): string[] {
  return collection ? referencesIn(collection.elementtype) : fqn === undefined ? [] : [fqn];
}

/** As a program writes it: `aws_ec2.IVpc`, `Duration`, `HaNetworkProps`. */
function shortName(fqn: string): string {
  return fqn.replace(/^[\w-]+\./, '');
}

function marksOf(type: AssemblyType, find: (fqn: string) => AssemblyType | undefined): string[] {
  const own = [
    ...(type.properties ?? []).filter((each) => !each.static && !each.optional).map(({ name }) => name),
    ...(type.methods ?? []).filter((each) => !each.static).map(({ name }) => name),
  ].filter((name) => !TELLS_NOTHING.test(name)).slice(0, MARKS);
  if (own.length > 0) return own;
  for (const base of [...type.interfaces ?? [], ...type.base ? [type.base] : []]) {
    const above = find(base);
    const marks = above ? marksOf(above, find) : [];
    if (marks.length > 0) return marks;
  }
  return [];
}

function makersOf(type: AssemblyType): string[] {
  return [
    ...(type.methods ?? []).filter((each) => each.static).map(({ name }) => `${name}()`),
    ...(type.properties ?? []).filter((each) => each.static).map(({ name }) => name),
  ];
}

/** What the members of an enum of the CDK are. */
function foreignKind(cdkRoot: string, type: AssemblyType): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const library = require(cdkRoot) as Record<string, any>;
  const [module, name] = shortName(type.fqn).includes('.') ? shortName(type.fqn).split('.') : ['', shortName(type.fqn)];
  const members: unknown[] = Object.values(module === '' ? library[name] : library[module][name]);
  return members.some((member) => typeof member === 'number') ? 'number' : 'string';
}

/** The assembly has the names of an enum only; the program passes the values. */
function enumText(root: string, type: AssemblyType): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const library = require(join(root, 'src', 'index')) as Record<string, Record<string, string>>;
  return Object.entries(library[type.name]).map(([name, value]) => `${name}=${value}`).join(' ');
}
