import { readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

/** Modules that are loaded together, by the names of the package that lead to them. */
export type Groups = Readonly<Record<string, readonly string[]>>;

/** What the program of the README uses. */
export const README_PROGRAM = [
  'EcsCapacity', 'EfsBackedMysqlService', 'FrontendDomain', 'HaEcsCluster', 'HaEcsWebApp', 'HaNetwork', 'SecureAlbFrontend',
] as const;

const GROUPS: Groups = { constructs: README_PROGRAM, checks: ['HaChecks'] };

const LAZY_EXPORT = /^(define\("(\w+)", \(\) => )require\("\.\/([^"]+)"\)(\.\w+\);)$/gm;
/** Whole lines of them: what callers read stands in the declarations, and the package has to stay small. */
const DOC_COMMENT = /^[ \t]*\/\*\*(?:[^\n]*\*\/|[^\n]*\n(?:[ \t]*\*[^\n]*\n)*?[ \t]*\*\/)\n/gm;
const REQUIRE = /\brequire\("(\.[^"]+)"\)/g;

/**
 * Joins the modules of each group in one file, and leaves in the place of each a line that asks that file for it. To find, read and compile a file for
 * each module, and to find aws-cdk-lib again for each, was more than half of what loading the package took. But for doc comments, nothing else changes: a
 * module runs when it is first required, and once. What several groups need stands in a file of its own, so that no group brings another.
 *
 * `lib` is the compiled library, its index lazy already. Throws where a group names what the index does not have.
 */
export function joinModules(lib: string, groups: Groups = GROUPS): void {
  const homes = homesOf(lib, groups);
  const sources = new Map([...homes].map(([module]) => [module, readFileSync(join(lib, `${module}.js`), 'utf8')]));
  for (const home of new Set(homes.values())) {
    const modules = [...homes].filter(([, other]) => other === home).map(([module]) => module);
    writeFileSync(join(lib, `${home}.js`), joinedFile(modules.map((module) => [module, linked(module, sources.get(module)!, homes)])));
    for (const module of modules) {
      writeFileSync(join(lib, `${module}.js`), `"use strict";\nmodule.exports = ${from(home, dirname(module))}("${module}");\n`);
    }
  }
  const index = readFileSync(join(lib, 'index.js'), 'utf8');
  writeFileSync(join(lib, 'index.js'), index.replace(LAZY_EXPORT, (line, start, _name, module, end) => {
    const home = homes.get(module);
    return home === undefined ? line : `${start}${from(home, '.')}("${module}")${end}`;
  }));
}

/** In which file each module is put; modules are paths below `lib`, without extension. */
function homesOf(lib: string, groups: Groups): Map<string, string> {
  const entries = new Map([...readFileSync(join(lib, 'index.js'), 'utf8').matchAll(LAZY_EXPORT)].map(([, , name, module]) => [name, module]));
  const homes = new Map<string, string>();
  for (const [group, names] of Object.entries(groups)) {
    for (const module of reachedFrom(lib, names.map((name) => entries.get(name) ?? fail(`the index has no lazy ${name}`)))) {
      const home = homes.get(module);
      homes.set(module, home === undefined ? `joined-${group}` : `${home}-and-${group}`);
    }
  }
  return homes;
}

/** The modules, and all that they require, however far. */
function reachedFrom(lib: string, modules: string[], reached = new Set<string>()): Set<string> {
  for (const module of modules.filter((one) => !reached.has(one))) {
    reached.add(module);
    const required = [...readFileSync(join(lib, `${module}.js`), 'utf8').matchAll(REQUIRE)].map(([, path]) => moduleAt(module, path));
    reachedFrom(lib, required, reached);
  }
  return reached;
}

function moduleAt(requiring: string, path: string): string {
  return relative('/', resolve('/', dirname(requiring), path));
}

/** The source of a module that asks the joined files, not the lines that stand in the places of the modules. */
function linked(module: string, source: string, homes: ReadonlyMap<string, string>): string {
  return source.replace(DOC_COMMENT, '').replace(REQUIRE, (_call, path) => {
    const required = moduleAt(module, path);
    return homes.get(required) === homes.get(module) ? `joinedModule("${required}")` : `${from(homes.get(required)!, '.')}("${required}")`;
  });
}

function from(home: string, folder: string): string {
  const path = relative(join('/', folder), `/${home}`);
  return `require("${path.startsWith('.') ? path : `./${path}`}")`;
}

// The brackets around a function tell V8 that it is to be called, so that it reads it once.
function joinedFile(modules: Array<[name: string, source: string]>): string {
  return `"use strict";
// Written by tools/join-modules.ts: each module as it was compiled, under its path.
const path = require("path");
const found = new Map();
// To Node.js every require of a package is a search among all that the package exports, also where it was found before.
const requireOnce = (name) => {
    if (!found.has(name)) found.set(name, require(name));
    return found.get(name);
};
const modules = {
${modules.map(([name, source]) => `"${name}": (function (module, exports, require, __dirname) {\n${source}}),\n`).join('')}};
function joinedModule(name) {
    if (joinedModule.cache[name] === undefined) {
        const module = joinedModule.cache[name] = { exports: {} };
        modules[name](module, module.exports, requireOnce, path.join(__dirname, path.dirname(name)));
    }
    return joinedModule.cache[name].exports;
}
joinedModule.cache = {};
module.exports = joinedModule;
`;
}

function fail(what: string): never {
  throw new Error(`The modules of lib cannot be joined: ${what}`);
}

if (require.main === module) joinModules(resolve(__dirname, '..', 'lib'));
