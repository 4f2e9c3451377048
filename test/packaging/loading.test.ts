import { readFileSync } from 'fs';
import { join } from 'path';
import { REPOSITORY, run } from './python';
import { README_PROGRAM } from '../../tools/join-modules';
import { lazyExports } from '../../tools/lazy-exports';

/** What a fresh process, in which aws-cdk-lib is there, loads when it uses these names of the package. */
interface Loaded {
  /** The files below lib. */
  readonly files: string[];
  /** The modules below lib that ran, of their own file or of a joined one. */
  readonly modules: string[];
  /** How often Node.js searched the exports of aws-cdk-lib. */
  readonly searches: number;
}

function loadedBy(...names: string[]): Loaded {
  const program = `
    require('aws-cdk-lib');
    const { _resolveFilename: resolve } = require('module');
    let searches = 0;
    require('module')._resolveFilename = function (request, ...rest) {
      if (request === 'aws-cdk-lib') searches++;
      return resolve.call(this, request, ...rest);
    };
    const library = require(${JSON.stringify(REPOSITORY)});
    const used = ${JSON.stringify(names)}.map((name) => library[name].name);
    const lib = ${JSON.stringify(join(REPOSITORY, 'lib'))} + '/';
    const files = Object.keys(require.cache).filter((file) => file.startsWith(lib)).map((file) => file.slice(lib.length));
    const joined = files.filter((file) => file.startsWith('joined-'));
    const alone = files.filter((file) => !joined.includes(file)).map((file) => file.replace(/[.]js$/, ''));
    const modules = [...new Set([...alone, ...joined.flatMap((file) => Object.keys(require(lib + file).cache))])];
    console.log(JSON.stringify({ used, files, modules, searches }));`;
  const { used, ...loaded } = JSON.parse(run(process.execPath, ['-e', program]));
  expect(used).toEqual(names);
  return loaded;
}

/** The folders below lib, of the second level where there is one, of which modules run. */
function foldersLoadedBy(...names: string[]): string[] {
  const folders = new Set(loadedBy(...names).modules.map((module) => module.split('/').slice(0, -1).join('/')));
  return [...folders].filter((folder) => folder !== '');
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
    const folders = foldersLoadedBy(...README_PROGRAM);
    expect(folders.filter((folder) => /^(pipeline|monitoring|checks|paths|app-model|template|web-app\/ec2|database\/managed)\b/.test(folder))).toEqual([]);
  });

  test('reads three files for the program of the README: the index, what constructs need, and what checks need too', () => {
    expect(loadedBy(...README_PROGRAM).files.sort()).toEqual(['index.js', 'joined-constructs-and-checks.js', 'joined-constructs.js']);
  });

  test('reads three files for HaChecks', () => {
    expect(loadedBy('HaChecks').files.sort()).toEqual(['index.js', 'joined-checks.js', 'joined-constructs-and-checks.js']);
  });

  test('searches aws-cdk-lib once for each of its files, not for each of its modules', () => {
    const { modules, searches } = loadedBy(...README_PROGRAM);
    expect({ searches, ofMany: modules.length > 100 }).toEqual({ searches: 2, ofMany: true });
  });

  test('gives by the path of a module what the index gives', () => {
    const program = `
      const { HaEcsCluster } = require(${JSON.stringify(REPOSITORY)});
      console.log(require(${JSON.stringify(join(REPOSITORY, 'lib', 'cluster', 'ha-ecs-cluster'))}).HaEcsCluster === HaEcsCluster)`;
    expect(run(process.execPath, ['-e', program])).toBe('true\n');
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
