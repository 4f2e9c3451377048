import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { REPOSITORY, run } from '../packaging/python';

jest.setTimeout(5 * 60_000);

describe('the packed tarball', () => {
  let folder: string;
  let tarball: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'package-linters-'));
    const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]));
    tarball = join(folder, filename);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const linter = (name: string, ...args: string[]) => run(join(REPOSITORY, 'node_modules', '.bin', name), [...args, tarball]);

  test('has nothing that publint would change', () => {
    expect(linter('publint', 'run', '--strict')).toMatch(/All good!/);
  });

  test('has types that every kind of module resolution finds', () => {
    const { analysis } = JSON.parse(linter('attw', '--format', 'json'));
    expect(analysis.problems).toEqual([]);
    expect(Object.keys(analysis.entrypoints['.'].resolutions).sort()).toEqual(['bundler', 'node10', 'node16-cjs', 'node16-esm']);
  });
});
