import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from '../packaging/python';

jest.setTimeout(20 * 60_000);

const EXTENSIONS: Record<string, string> = { dotnet: '.cs', java: '.java', go: '.go' };

describe.each(Object.keys(EXTENSIONS))('the code for %s', (language) => {
  let folder: string;
  let files: string[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `binding-${language}-`));
    run('npx', ['jsii-pacmak', '-t', language, '--code-only', '--outdir', folder, '--rosetta-unknown-snippets', 'fail']);
    files = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith(EXTENSIONS[language]));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('has a file for each construct that the README shows', () => {
    for (const construct of ['HaEcsWebApp', 'SecureAlbFrontend', 'RdsMysqlDatabase']) {
      expect(files.filter((name) => name.split('/').at(-1) === `${construct}${EXTENSIONS[language]}`).length).toBe(1);
    }
  });

  test('shows no example in TypeScript', () => {
    expect(files.filter((name) => /^\W*declare const \w+: \w/m.test(readFileSync(join(folder, name), 'utf8')))).toEqual([]);
  });
});
