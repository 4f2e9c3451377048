import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { REPOSITORY } from '../packaging/python';

const document = readFileSync(join(REPOSITORY, 'docs', 'systems.md'), 'utf8');
/** `test/a.test.ts`: "a title" */
const citations = [...document.matchAll(/`(test\/[^`]+\.test\.ts)`: "([^"]+)"/g)].map(([, file, title]) => [file, title]);

test.each([...new Set(citations.map(([file]) => file))])('what docs/systems.md says of %s is there', (file) => {
  expect(existsSync(join(REPOSITORY, file))).toBe(true);
  const source = readFileSync(join(REPOSITORY, file), 'utf8').replace(/\\/g, '');
  expect(citations.filter(([cited, title]) => cited === file && !new RegExp(`['"\`]${escaped(title)}['"\`]`).test(source))).toEqual([]);
});

test('every line of the tables says what gives it, and the test or why there is none', () => {
  const lines = document.split('\n').filter((line) => /^\| (?!Requirement)/.test(line));
  expect(lines.length).toBeGreaterThan(25);
  expect(lines.filter((line) => !/^\| [^|]+ \| [^|]+ \| [^|]{10,} \|$/.test(line))).toEqual([]);
  expect(lines.filter((line) => !line.includes('`test/') && !/[Dd]eliberately/.test(line))).toEqual([]);
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]]/g, '\\$&');
}
