import { mkdtempSync } from 'fs';
import { createRequire } from 'module';
import { tmpdir } from 'os';
import { join } from 'path';

/** Runs the app.ts of each example, all in one process, and prints the cloud assembly of each or how it failed, as JSON. */
const load = createRequire(__filename);
const [parent, ...examples] = process.argv.slice(2);
const outcomes = Object.fromEntries(examples.map((example) => {
  process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), `${example}-`));
  try {
    load(join(parent, example, 'app.ts'));
    return [example, { assembly: process.env.CDK_OUTDIR }];
  } catch (problem) {
    return [example, { failure: (problem as Error).stack }];
  }
}));
console.log(JSON.stringify(outcomes));
