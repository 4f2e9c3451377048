import { mkdtempSync } from 'fs';
import { createRequire } from 'module';
import { tmpdir } from 'os';
import { join } from 'path';

/**
 * Runs the app.ts of each example, all in one process, and prints the cloud assembly of each or how it failed, as JSON. An example is named as
 * `wordpress`, or with settings as `wordpress form=same-task`.
 */
const load = createRequire(__filename);
const [parent, ...examples] = process.argv.slice(2);
const outcomes = Object.fromEntries(examples.map((named) => {
  const [example, ...settings] = named.split(' ');
  process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), `${example}-`));
  process.env.CDK_CONTEXT_JSON = JSON.stringify(Object.fromEntries(settings.map((setting) => setting.split('='))));
  for (const file of Object.keys(load.cache).filter((name) => name.startsWith(join(parent, example)))) delete load.cache[file];
  try {
    load(join(parent, example, 'app.ts'));
    return [named, { assembly: process.env.CDK_OUTDIR }];
  } catch (problem) {
    return [named, { failure: (problem as Error).stack }];
  }
}));
console.log(JSON.stringify(outcomes));
