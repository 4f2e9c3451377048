const Module = require('module');
const { readFileSync, realpathSync } = require('fs');
const { join, sep } = require('path');
const { process: transform } = require('./transform');

const ROOT = join(__dirname, '..', '..');
const SOURCE = join(ROOT, 'src') + sep;
const INSTALLED = realpathSync(join(ROOT, 'node_modules')) + sep;
// What keeps the state of one test file is loaded anew for each.
const OF_JEST = /^(@jest|jest|expect|pretty-format)(\/|-|$)/;

let loading = 0;
const load = Module._load;
Module._load = function (...args) {
  loading++;
  try {
    return load.apply(this, args);
  } finally {
    loading--;
  }
};

// `src` alone is TypeScript among them.
require.extensions['.ts'] = (module, filename) => module._compile(transform(readFileSync(filename, 'utf8'), filename).code, filename);

/** Whether a module is loaded once for all the test files of a worker. */
const isShared = (path) => path.startsWith(SOURCE) || path.startsWith(INSTALLED) && !OF_JEST.test(path.slice(INSTALLED.length));

/** For who must see what each test file passes through in `src`, the making of its constants too. */
function forgetSources() {
  for (const path of Object.keys(require.cache)) if (path.startsWith(SOURCE)) delete require.cache[path];
}

/** What an installed module exports, if it was loaded: also those that their package keeps to itself. */
const loaded = (path) => require.cache[join(INSTALLED, path)]?.exports;

module.exports = { isShared, loaded, requireShared: require, isLoading: () => loading > 0, forgetSources };
