import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { REPOSITORY } from '../packaging/python';

interface Line {
  readonly gives: string;
  readonly tests: string;
}

const lines: Line[] = readFileSync(join(REPOSITORY, 'docs', 'systems.md'), 'utf8').split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (---|What was there)/.test(line))
  .map((line) => line.split(' | '))
  .map(([, gives, tests]) => ({ gives, tests: tests.replace(/ \|$/, '') }));

/** `folder/file`: "a title", "another title" */
const titles = lines.flatMap(({ tests }) => [...tests.matchAll(/`([^`]+)`: ("[^"]+"(?:, "[^"]+")*)/g)])
  .flatMap(([, file, list]) => [...list.matchAll(/"([^"]+)"/g)].map(([, title]) => [file, title]));

const fileOf = (test: string) => join(REPOSITORY, 'test', `${test}.test.ts`);

test('every line of docs/systems.md says what gives it', () => {
  expect(lines.length).toBeGreaterThan(70);
  expect(lines.filter(({ gives, tests }) => !gives || !tests)).toEqual([]);
});

test('every line without a test says why it is so', () => {
  expect(lines.filter(({ gives, tests }) => !/`/.test(tests) && !['as above', 'all'].includes(tests) && gives.length < 40)).toEqual([]);
});

test('every test file that docs/systems.md names is there', () => {
  const files = lines.flatMap(({ tests }) => [...tests.matchAll(/`([a-z0-9-]+(?:\/[a-z0-9-]+)+)`/g)]).map(([, file]) => file);
  expect([...new Set(files)].filter((file) => !existsSync(fileOf(file)))).toEqual([]);
});

test('every title that docs/systems.md quotes is there', () => {
  expect(titles.length).toBeGreaterThan(60);
  expect(titles.filter(([file, title]) => {
    const source = readFileSync(fileOf(file), 'utf8').replace(/\\/g, '');
    return ![`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => source.includes(quoted));
  })).toEqual([]);
});
