import { isConstruct, namesIn, propsStructOf } from './assembly';
import type { Callable, PublicType, PublicTypes } from './assembly';

/** One file below docs/api: a construct with what only it takes, or what the constructs of one purpose share. */
export interface Page {
  readonly file: string;
  readonly purpose: string;
  /** The construct it is about; a page without one is about what several share. */
  readonly construct?: PublicType;
  readonly types: PublicType[];
}

/** What the folders of `src` are for, in the order a user meets them. A folder that is not here follows under its own name. */
export const PURPOSES: ReadonlyArray<[folder: string, title: string]> = [
  ['network', 'Network'],
  ['cluster', 'Clusters and their capacity'],
  ['web-app', 'Web applications'],
  ['database', 'Databases'],
  ['storage', 'Shared files'],
  ['frontend', 'Front ends'],
  ['pipeline', 'Delivery'],
  ['monitoring', 'Monitoring'],
  ['checks', 'Checks at synthesis'],
  ['paths', 'What reaches what'],
];

export function titleOf(purpose: string): string {
  return PURPOSES.find(([folder]) => folder === purpose)?.[1] ?? purpose;
}

export function purposeOf({ locationInModule: { filename } }: PublicType): string {
  return filename.split('/')[1].replace(/\.ts$/, '');
}

/**
 * Every public type on exactly one page.
 *
 * What leads to a single construct of its own folder stands with that construct; what several of them take, or none, stands on the page of the folder.
 */
export function pagesOf(types: PublicTypes): Page[] {
  const constructs = sorted([...types.values()].filter(isConstruct));
  const reached = new Map(constructs.map((construct) => [construct, reachedFrom(construct, types)]));
  const own = new Map<PublicType | string, PublicType[]>(constructs.map((construct) => [construct, [construct]]));
  for (const type of sorted([...types.values()].filter((each) => !isConstruct(each)))) {
    const takers = constructs.filter((construct) => reached.get(construct)!.has(type.fqn));
    const near = takers.filter((construct) => purposeOf(construct) === purposeOf(type));
    const [single, ...others] = near.length > 0 ? near : takers;
    const home = single && others.length === 0 ? single : purposeOf(type);
    own.set(home, [...(own.get(home) ?? []), type]);
  }
  return [...own].map(([home, members]) => (typeof home === 'string'
    ? { file: `${home}.md`, purpose: home, types: inReadingOrder(members, types) }
    : { file: `${hyphenated(home.name)}.md`, purpose: purposeOf(home), construct: home, types: inReadingOrder(members, types) }));
}

/** The purposes that have pages, in the order of the table. */
export function purposesIn(pages: Page[]): Array<{ readonly title: string; readonly pages: Page[] }> {
  const folders = [...new Set([...PURPOSES.map(([folder]) => folder), ...pages.map(({ purpose }) => purpose).sort()])];
  return folders.map((folder) => ({
    title: titleOf(folder),
    pages: pages.filter(({ purpose }) => purpose === folder),
  })).filter(({ pages: own }) => own.length > 0);
}

/** What is made with `new` and what it takes, then values and behaviour, then everything they name; each by name. */
function inReadingOrder(members: PublicType[], types: PublicTypes): PublicType[] {
  const structs = members.flatMap((type) => propsStructOf(type, types) ?? []);
  const rank = (type: PublicType): number => [
    isConstruct(type), type.initializer !== undefined, structs.includes(type), type.kind === 'class', !type.datatype
      && type.kind === 'interface', type.kind === 'enum', true,
  ].indexOf(true);
  return sorted(members).sort((a, b) => rank(a) - rank(b));
}

/** The types a user comes to from a construct without passing through another construct. */
function reachedFrom(construct: PublicType, types: PublicTypes): Set<string> {
  const seen = new Set<string>();
  const visit = (type: PublicType): void => namesUsedBy(type).forEach((fqn) => {
    const next = types.get(fqn);
    if (!next || seen.has(fqn) || isConstruct(next)) return;
    seen.add(fqn);
    visit(next);
  });
  visit(construct);
  return seen;
}

function namesUsedBy({ base, interfaces, initializer, properties, methods }: PublicType): string[] {
  const calls: Callable[] = [...[initializer ?? []].flat(), ...(methods ?? [])];
  return [
    ...[base ?? []].flat(), ...(interfaces ?? []), ...(properties ?? []).flatMap(({ type }) => namesIn(type)),
    ...calls.flatMap(({ parameters, returns }) => [...(parameters ?? []).flatMap(({ type }) => namesIn(type)), ...namesIn(returns?.type)]),
  ];
}

function hyphenated(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

function sorted(types: PublicType[]): PublicType[] {
  return [...types].sort((a, b) => (a.name < b.name ? -1 : 1));
}
