import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';

const SOURCE = resolve(__dirname, '..', 'src');

// ESLint has no rule for the inside of a comment.
test('every @default has a line of its own', () => {
  const files = readdirSync(SOURCE, { recursive: true }).map(String).filter((name) => name.endsWith('.ts'));
  const wrong = files.flatMap((name) => readFileSync(join(SOURCE, name), 'utf8').split('\n')
    .map((line, index) => ({ line, place: `${name}:${index + 1}` }))
    .filter(({ line }) => /^\s*(\/\*\*|\*).*@default/.test(line) && !/^\s*\* @default/.test(line))
    .map(({ place }) => place));
  expect(wrong).toEqual([]);
});
