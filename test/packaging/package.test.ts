import { readFileSync } from 'fs';
import { join } from 'path';
import { REPOSITORY, run } from './python';

jest.setTimeout(5 * 60_000);

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: Array<{ readonly path: string }>;
}

const MEGABYTE = 1_000_000;
const manifest = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
const named: string[] = manifest.bundledDependencies ?? manifest.bundleDependencies ?? [];
const neededBy = (name: string) => Object.keys(JSON.parse(readFileSync(join(REPOSITORY, 'node_modules', name, 'package.json'), 'utf8')).dependencies ?? {});
const bundled = [...named, ...named.flatMap(neededBy)];
const isBundled = (path: string) => bundled.some((name) => path.startsWith(`node_modules/${name}/`));

describe('the published package', () => {
  let packed: Packed;
  let own: string[];

  beforeAll(() => {
    [packed] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']));
    own = packed.files.map((file) => file.path).filter((path) => !isBundled(path));
  });

  test('is under one megabyte packed', () => {
    expect(packed.size).toBeLessThan(MEGABYTE);
  });

  test('is under three megabytes unpacked', () => {
    expect(packed.unpackedSize).toBeLessThan(3 * MEGABYTE);
  });

  test('holds the compiled library, its assembly and what npm asks for, and nothing else', () => {
    expect(own.filter((path) => !/^lib\/.*\.(js|d\.ts)$/.test(path)).sort()).toEqual(['.jsii', '.jsii.gz', 'LICENSE', 'README.md', 'bin/cdk-ha-ecs', 'package.json']);
  });

  test('holds the code and the types that it leads to', () => {
    expect(own).toEqual(expect.arrayContaining([manifest.main, manifest.types]));
  });

  test('holds the code of every type declaration', () => {
    const files = new Set(own);
    expect(own.filter((path) => path.endsWith('.d.ts') && !files.has(path.replace(/\.d\.ts$/, '.js')))).toEqual([]);
  });

  test('names no folder of the machine it was packed on', () => {
    expect(own.filter((path) => readFileSync(join(REPOSITORY, path), 'utf8').includes(REPOSITORY))).toEqual([]);
  });

  test('holds no source map', () => {
    expect(own.filter((path) => path.endsWith('.js') && readFileSync(join(REPOSITORY, path), 'utf8').includes('sourceMappingURL'))).toEqual([]);
  });
});
