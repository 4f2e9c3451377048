import { join, resolve } from 'path';
import { publicTypes } from '../../tools/api/assembly';
import { pagesOf } from '../../tools/api/placement';
import { apiDocuments, committedApiDocuments } from '../../tools/api-pages';

const types = publicTypes(resolve(__dirname, '..', '..'));
const documents = apiDocuments(types);
const committed = committedApiDocuments();

test('API.md and docs/api are what `npm run api` makes of this assembly', () => {
  const files = [...new Set([...documents.keys(), ...committed.keys()])];
  expect(files.filter((file) => documents.get(file) !== committed.get(file))).toEqual([]);
});

test('every public type is on exactly one page', () => {
  const placed = pagesOf(types).flatMap((page) => page.types.map(({ fqn }) => fqn)).sort();
  expect(placed).toEqual([...types.keys()].sort());
});

test('every page has a file of its own', () => {
  const files = pagesOf(types).map(({ file }) => file);
  expect(new Set(files).size).toBe(files.length);
});

test('API.md leads to every page', () => {
  const overview = documents.get('API.md')!;
  expect(pagesOf(types).filter(({ file }) => !overview.includes(`(docs/api/${file}#`)).map(({ file }) => file)).toEqual([]);
});

test('every link within the documents leads to a heading that is there', () => {
  const headings = new Map([...documents].map(([file, text]) => [file, [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) => anchorOf(title))]));
  const broken = [...documents].flatMap(([file, text]) => [...text.matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)]
    .filter(([, path, anchor]) => {
      const target = path ? join(file, '..', path) : file;
      return !headings.has(target) || (anchor && !headings.get(target)!.includes(anchor));
    })
    .map(([link]) => `${file}: ${link}`));
  expect(broken).toEqual([]);
});

test('API.md can be read in one sitting: at most 1,500 lines', () => {
  expect(documents.get('API.md')!.split('\n').length).toBeLessThanOrEqual(1500);
});

test('every table has as many cells in each row as in its head', () => {
  const ragged = [...documents].flatMap(([file, text]) => text.split('\n\n').filter((block) => block.startsWith('| ')).flatMap((block) => {
    const widths = block.trim().split('\n').map((line) => line.split(/(?<!\\)\|/).length);
    return widths.every((width) => width === widths[0]) ? [] : [`${file}: ${block.slice(0, 80)}`];
  }));
  expect(ragged).toEqual([]);
});

/** As GitHub makes it of a heading. */
function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9 _-]/g, '').replace(/ /g, '-');
}
