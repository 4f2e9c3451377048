import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { run } from './python';
import { joinModules } from '../../tools/join-modules';

/** Two names that need a third module, one of them with a module of its own, and a name of no group. */
const LIBRARY = {
  'index': [
    '"use strict";',
    'exports.Shop = exports.Store = exports.Other = void 0;',
    'const define = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });',
    'define("Shop", () => require("./shop/shop").Shop);',
    'define("Store", () => require("./store").Store);',
    'define("Other", () => require("./other").Other);',
  ],
  'shop/shop': ['"use strict";', 'const part = require("./part");', 'const shared = require("../shared");', 'console.log("shop", require("path").basename(__dirname));',
    'exports.Shop = part.NAME + shared.NAME;'],
  'shop/part': ['"use strict";', 'exports.NAME = "part";', 'const shop = require("./shop");', 'console.log("part", typeof shop.Shop);'],
  'shared': ['"use strict";', '/**', ' * What both need.', ' */', '// Said once.', 'console.log("shared");', 'exports.NAME = "shared";'],
  'store': ['"use strict";', 'const load = require("./shared");', 'exports.Store = load.NAME;'],
  'other': ['"use strict";', 'exports.Other = require("./shared").NAME;'],
};
const GROUPS = { shops: ['Shop'], stores: ['Store'] };

describe('joining the modules of a library', () => {
  let lib: string;

  beforeEach(() => {
    lib = mkdtempSync(join(tmpdir(), 'library-'));
    for (const [module, lines] of Object.entries(LIBRARY)) {
      mkdirSync(dirname(join(lib, module)), { recursive: true });
      writeFileSync(join(lib, `${module}.js`), lines.join('\n'));
    }
  });

  afterEach(() => rmSync(lib, { recursive: true }));

  /** What a program prints that is given the joined library. */
  function printed(program: string): string[] {
    joinModules(lib, GROUPS);
    return run(process.execPath, ['-e', `const lib = ${JSON.stringify(lib)}; ${program}`]).trim().split('\n');
  }

  test('runs the modules in the order in which they are required, once, with their own folder, circles included', () => {
    const inOrder = ['part undefined', 'shared', 'shop shop', 'partshared shared'];
    expect(printed('const { Shop, Store } = require(lib); console.log(Shop, Store)')).toEqual(inOrder);
  });

  test('runs nothing for a name that is not used', () => {
    expect(printed('const { Store } = require(lib); console.log(Store)')).toEqual(['shared', 'shared']);
  });

  test('gives a module outside all groups what the joined ones made', () => {
    expect(printed('require(lib).Store; console.log(require(lib).Other)')).toEqual(['shared', 'shared']);
  });

  test('gives the same by the path of a module', () => {
    expect(printed('console.log(require(lib).Shop, require(lib + "/shop/shop").Shop)').slice(-1)).toEqual(['partshared partshared']);
  });

  test('puts what two groups need into a file of its own', () => {
    joinModules(lib, GROUPS);
    expect(readFileSync(join(lib, 'joined-shops-and-stores.js'), 'utf8').match(/^"\w+"(?=: \()/gm)).toEqual(['"shared"']);
  });

  test('leaves doc comments to the declarations, and keeps the others', () => {
    joinModules(lib, GROUPS);
    const joined = readFileSync(join(lib, 'joined-shops-and-stores.js'), 'utf8');
    expect([joined.includes('What both need'), joined.includes('// Said once.')]).toEqual([false, true]);
  });

  test('fails for a name that the index does not have', () => {
    expect(() => joinModules(lib, { shops: ['Market'] })).toThrow('The modules of lib cannot be joined: the index has no lazy Market');
  });

  test('fails for a library that is joined already', () => {
    joinModules(lib, GROUPS);
    expect(() => joinModules(lib, GROUPS)).toThrow('the index has no lazy Shop');
  });
});
