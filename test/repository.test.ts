import { execFileSync } from 'child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { keptFiles } from './repository';

const repository = mkdtempSync(join(tmpdir(), 'repository-'));
const git = (...args: string[]) => execFileSync('git', args, { cwd: repository });
const names = () => keptFiles(repository).map(({ name }) => name).sort();

beforeAll(() => {
  git('init', '--quiet');
  copyFileSync(resolve(__dirname, '..', '.gitignore'), join(repository, '.gitignore'));
  for (const name of ['kept.ts', 'deleted.ts']) writeFileSync(join(repository, name), '');
  git('add', '.');
  rmSync(join(repository, 'deleted.ts'));
  symlinkSync('/elsewhere', join(repository, 'link'));
});

afterAll(() => rmSync(repository, { recursive: true }));

test('what will be committed counts, what was deleted does not', () => {
  expect(names()).toEqual(['.gitignore', 'kept.ts', 'link']);
});

test('a link says where it leads, whether there is something or not', () => {
  expect(keptFiles(repository)).toContainEqual({ name: 'link', text: '/elsewhere' });
});

test('node_modules is not kept, whether it is a folder or a link to one', () => {
  symlinkSync(tmpdir(), join(repository, 'node_modules'));
  expect(names()).not.toContain('node_modules');
});
