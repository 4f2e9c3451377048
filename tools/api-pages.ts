import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { isConstruct, propsOf, propsStructOf, publicTypes } from './api/assembly';
import type { PublicType, PublicTypes } from './api/assembly';
import { defaultOf, gist, table } from './api/markdown';
import type { LinkTo } from './api/markdown';
import { pagesOf, purposesIn, titleOf } from './api/placement';
import type { Page } from './api/placement';
import { typeSection } from './api/type-section';

const REPOSITORY = resolve(__dirname, '..');
const PAGES = 'docs/api';
const MADE = 'Made from the compiled assembly by `npm run api`.';

/** API.md and every page below docs/api, by their paths, as the compiled assembly gives them. */
export function apiDocuments(types: PublicTypes = publicTypes(REPOSITORY)): Map<string, string> {
  const pages = pagesOf(types);
  const documents = pages.map((page): [string, string] => [`${PAGES}/${page.file}`, fullPage(page, types, linksFrom(pages))]);
  return new Map([['API.md', overview(pages, types)], ...documents]);
}

/** The same documents as they are in the repository. */
export function committedApiDocuments(): Map<string, string> {
  const files = ['API.md', ...readdirSync(join(REPOSITORY, PAGES)).sort().map((name) => `${PAGES}/${name}`)];
  return new Map(files.map((file) => [file, readFileSync(join(REPOSITORY, file), 'utf8')]));
}

function linksFrom(pages: Page[], folder = ''): LinkTo {
  const files = new Map(pages.flatMap(({ file, types }) => types.map(({ fqn, name }) => [fqn, `${folder}${file}#${name.toLowerCase()}`])));
  return (fqn) => files.get(fqn);
}

function overview(pages: Page[], types: PublicTypes): string {
  const linkTo = linksFrom(pages, `${PAGES}/`);
  const purposes = purposesIn(pages);
  return [
    '# API', '',
    `Every construct with its props at a glance; the links lead to the full pages. ${MADE}`, '',
    'Python has the same names, with props as keyword arguments, props and methods in snake case: `minTasks` is `min_tasks`.', '',
    ...purposes.map(({ title }) => `- [${title}](#${title.toLowerCase().replace(/ /g, '-')})`), '',
    ...purposes.flatMap(({ title, pages: own }) => [
      `## ${title}`, '',
      ...table(['Name', 'What it is', 'Offers'], own.flatMap((page) => page.types).filter(({ datatype }) => !datatype).map((type) => (
        [`[${type.name}](${linkTo(type.fqn)})`, gist(type.docs), offersOf(type)]
      ))),
      ...own.flatMap((page) => page.types).filter((type) => propsStructOf(type, types)).flatMap((type) => glance(type, types)),
    ]),
  ].join('\n').trimEnd() + '\n';
}

/** The names behind the dot: values and methods, not what a construct lets one read. */
function offersOf({ name, methods = [], properties = [], members = [] }: PublicType): string {
  const ofType = [
    ...members,
    ...properties.filter((each) => each.static),
    ...methods.filter((each) => each.static),
  ].map((each) => `${name}.${each.name}`);
  return [...ofType, ...methods.filter((each) => !each.static).map((each) => `${each.name}()`)].map((each) => `\`${each}\``).join(' ');
}

function glance(type: PublicType, types: PublicTypes): string[] {
  const struct = propsStructOf(type, types)!;
  const title = isConstruct(type) ? `new ${type.name}(scope, id, props)` : `new ${type.name}(…, props)`;
  return [
    `### \`${title}\``, '',
    ...table(['Prop', 'What it is', 'Default'], propsOf(struct, types).map((prop) => [`\`${prop.name}\``, gist(prop.docs), defaultOf(prop)])),
  ];
}

function fullPage({ construct, purpose, types: members }: Page, types: PublicTypes, linkTo: LinkTo): string {
  return [
    ...(construct ? [] : [`# ${titleOf(purpose)}`, '', 'What several constructs take or give, and what stands for itself.', '']),
    ...members.flatMap((type) => [`${type === construct ? '#' : '##'} ${type.name}`, '', ...typeSection(type, types, linkTo)]),
    `[All of the API](../../API.md). ${MADE}`,
  ].join('\n').trimEnd() + '\n';
}

if (require.main === module) {
  rmSync(join(REPOSITORY, PAGES), { recursive: true, force: true });
  mkdirSync(join(REPOSITORY, PAGES), { recursive: true });
  apiDocuments().forEach((text, file) => writeFileSync(join(REPOSITORY, file), text));
}
