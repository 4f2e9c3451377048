// Jest loads its own parts as they are, so this folder is JavaScript.
const { createHash } = require('crypto');
const { readFileSync } = require('fs');
const { transformSync, version } = require('esbuild');

// `tsc` judges the types of the tests; here they are only taken off, by the fastest program that can.
const OPTIONS = { loader: 'ts', format: 'cjs', platform: 'node', target: 'node20', sourcemap: 'inline', tsconfigRaw: '{"compilerOptions":{"target":"ES2022"}}' };
const KEY = createHash('sha1').update(JSON.stringify(OPTIONS)).update(version).update(readFileSync(__filename)).digest('hex');

module.exports = {
  process: (source, sourcefile) => ({ code: transformSync(source, { ...OPTIONS, sourcefile }).code }),
  getCacheKey: (source, path) => createHash('sha1').update(KEY).update('\0').update(path).update('\0').update(source).digest('hex'),
};
