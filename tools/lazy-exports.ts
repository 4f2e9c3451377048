import { readFileSync, writeFileSync } from 'fs';
import { resolve } from 'path';

const KEPT = /^(|"use strict";|Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);)$/;
const NAMES = /^exports\.\w+ = (exports\.\w+ = )*void 0;$/;
const REQUIRE = /^(?:var|const) (\w+) = require\("(\.[^"]+)"\);$/;
const GETTER = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/;

// The name is passed on, not written where it is defined: Node.js withdraws from `import` a name whose getter does more than it knows.
const DEFINE = 'const define = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });';

/**
 * An index, as the compiler wrote it, with every module loaded on the first use of one of its names, as in aws-cdk-lib: a program
 * loads what it uses. The list of names at the top stays, by which Node.js finds what `import` may name.
 *
 * Throws for an index of another shape, rather than let it load everything again.
 */
export function lazyExports(index: string): string {
  const modules = new Map<string, string>();
  const promised = new Set<string>();
  const defined = new Set<string>();
  const lines = index.split('\n').flatMap((line) => {
    const [, variable, path] = REQUIRE.exec(line) ?? [];
    const [, name, from, member] = GETTER.exec(line) ?? [];
    if (variable !== undefined) {
      modules.set(variable, path);
      return [];
    }
    if (modules.has(from)) {
      defined.add(name);
      return [`define("${name}", () => require("${modules.get(from)}").${member});`];
    }
    if (NAMES.test(line)) {
      const define = promised.size === 0 ? [DEFINE] : [];
      [...line.matchAll(/exports\.(\w+)/g)].forEach(([, promise]) => promised.add(promise));
      return [line, ...define];
    }
    return KEPT.test(line) ? [line] : fail(line);
  });
  const missing = [...promised].filter((name) => !defined.has(name));
  return missing.length > 0 || promised.size === 0 ? fail(`no module for ${missing.join(', ') || 'any name'}`) : lines.join('\n');
}

function fail(what: string): never {
  throw new Error(`lib/index.js has another shape than tools/lazy-exports.ts knows: ${what}`);
}

if (require.main === module) {
  const index = resolve(__dirname, '..', 'lib', 'index.js');
  writeFileSync(index, lazyExports(readFileSync(index, 'utf8')));
}
