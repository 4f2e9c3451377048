import { readFileSync } from 'fs';
import { join } from 'path';
import { REPOSITORY, run } from './python';
import { lazyExports } from '../../tools/lazy-exports';

/** The folders of lib, of the second level where there is one, from which a fresh process loads files when it uses these names. */
function foldersLoadedBy(...names: string[]): string[] {
  const program = `
    const library = require(${JSON.stringify(REPOSITORY)});
    const used = ${JSON.stringify(names)}.map((name) => library[name].name);
    const lib = ${JSON.stringify(join(REPOSITORY, 'lib'))} + '/';
    const files = Object.keys(require.cache).filter((file) => file.startsWith(lib)).map((file) => file.slice(lib.length));
    console.log(JSON.stringify({ used, folders: [...new Set(files.map((file) => file.split('/').slice(0, -1).join('/')))] }));`;
  const { used, folders } = JSON.parse(run(process.execPath, ['-e', program]));
  expect(used).toEqual(names);
  return folders.filter((folder: string) => folder !== '');
}

const folderOf = (path: string) => path.split('/')[0];
const sourceNames = [...readFileSync(join(REPOSITORY, 'src', 'index.ts'), 'utf8').matchAll(/^export \{ (.*) \}/gm)]
  .flatMap(([, names]) => names.split(', ')).sort();

describe('the compiled package', () => {
  test('loads nothing before a name of it is used', () => {
    expect(foldersLoadedBy()).toEqual([]);
  });

  test('loads for HaChecks only what reads and judges templates', () => {
    const folders = new Set(foldersLoadedBy('HaChecks').map(folderOf));
    expect([...folders].sort()).toEqual(['app-model', 'checks', 'paths', 'private', 'template']);
  });

  test('loads for the program of the README no pipeline, no alarms, no checks and no managed database', () => {
    const folders = foldersLoadedBy('EcsCapacity', 'EfsBackedMysqlService', 'FrontendDomain', 'HaEcsCluster', 'HaEcsWebApp', 'HaNetwork', 'SecureAlbFrontend');
    expect(folders.filter((folder) => /^(pipeline|monitoring|checks|paths|app-model|template|web-app\/ec2|database\/managed)\b/.test(folder))).toEqual([]);
  });

  test('gives every name of the source to require', () => {
    const program = `console.log(Object.entries(require(${JSON.stringify(REPOSITORY)})).filter(([, value]) => value !== undefined).map(([name]) => name).sort().join())`;
    expect(run(process.execPath, ['-e', program]).trim().split(',')).toEqual(sourceNames);
  });

  test('gives every name of the source to import', () => {
    const url = JSON.stringify(`file://${join(REPOSITORY, 'lib', 'index.js')}`);
    const program = `import { ${sourceNames.join(', ')} } from ${url}; console.log([${sourceNames.join(', ')}].filter((value) => value === undefined).length)`;
    expect(run(process.execPath, ['--input-type=module', '-e', program])).toBe('0\n');
  });
});

describe('making the exports of an index lazy', () => {
  const INDEX = [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'exports.B = exports.A = void 0;',
    'var both_1 = require("./both");',
    'Object.defineProperty(exports, "A", { enumerable: true, get: function () { return both_1.A; } });',
    'Object.defineProperty(exports, "B", { enumerable: true, get: function () { return both_1.B; } });',
    '',
  ].join('\n');

  test('moves each require into the getter of each name', () => {
    expect(lazyExports(INDEX)).toBe([
      ...INDEX.split('\n').slice(0, 3),
      'const define = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });',
      'define("A", () => require("./both").A);',
      'define("B", () => require("./both").B);',
      '',
    ].join('\n'));
  });

  test('takes names that stand on several lines', () => {
    const lines = INDEX.replace('exports.B = exports.A = void 0;', 'exports.A = void 0;\nexports.B = void 0;');
    expect(lazyExports(lines).split('\n').slice(2)).toEqual([
      'exports.A = void 0;', ...lazyExports(INDEX).split('\n').slice(3, 4), 'exports.B = void 0;', ...lazyExports(INDEX).split('\n').slice(4),
    ]);
  });

  test.each([
    ['loads a module for its effects', `${INDEX}require("./effects");\n`],
    ['exports a name by assignment', INDEX.replace('exports.B = exports.A', 'exports.C = exports.B = exports.A')],
    ['exports nothing', '"use strict";\n'],
    ['is lazy already', lazyExports(INDEX)],
    ['re-exports a whole module', `${INDEX}__exportStar(require("./all"), exports);\n`],
  ])('fails for an index that %s', (_what, index) => {
    expect(() => lazyExports(index)).toThrow('has another shape');
  });
});
